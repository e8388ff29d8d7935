"""What a proof photo is asked to explain, and that nothing is asked without cause."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from complaints.pictures.evidence import (
    CLOCK_SLACK,
    FINDING_LABELS,
    MOST_METRES,
    MOST_SHAPES,
    MOST_STEPS,
    EarlierPhoto,
    FindingKind,
    Found,
    ProofFacts,
    Visit,
    copies,
    findings,
    metres_between,
)
from complaints.terms import PhotoKind
from complaints.workflow import unexplained
from core.imaging import look_of
from tests.complaints import drawn

ONE, OTHER = UUID(int=1), UUID(int=2)
CAME = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
VISIT = Visit(CAME, CAME + timedelta(hours=2), CAME + timedelta(hours=5))
SHAPES, STEPS = "f0f0f0f0f0f0f0f0", "0123456789abcdef"
OTHER_SHAPES, OTHER_STEPS = "0f0f0f0f0f0f0f0f", "fedcba9876543210"
LOOK = SHAPES + STEPS
NEAR = "f0f0f0f0f0f0f0f1" + STEPS
NEARER_NOT = "f0f0f0f0f0f0f0ff" + "0123456789abcd00"
FAR = OTHER_SHAPES + OTHER_STEPS
SCENES = 16


def proof(**values: Any) -> ProofFacts:
    return ProofFacts(**({"file_hash": "new", "look": LOOK} | values))


def earlier(key: UUID = ONE, *, file_hash: str = "old", look: str = FAR, residents: bool = False) -> EarlierPhoto:
    return str(key), file_hash, look, (PhotoKind.RESIDENT if residents else PhotoKind.PROOF).value


def bits_apart(look: str, other: str) -> tuple[int, int]:
    """In how many bits two looks differ: of shapes, and of steps."""
    apart = int(look, 16) ^ int(other, 16)
    return (apart >> 64).bit_count(), (apart % 2**64).bit_count()


def found(photo: ProofFacts, *others: EarlierPhoto) -> list[Found]:
    return findings(photo, copies(photo, others), VISIT)


def test_a_new_photo_of_its_own_is_not_questioned() -> None:
    assert found(proof(), earlier()) == []


def test_the_same_file_is_found_whatever_it_looks_like() -> None:
    assert found(proof(), earlier(file_hash="new")) == [Found(FindingKind.SAME_FILE, ONE)]


def test_a_copy_of_another_proof_is_found() -> None:
    assert found(proof(), earlier(look=NEAR)) == [Found(FindingKind.SIMILAR, ONE, 0)]


@pytest.mark.parametrize(
    ("look", "distance"),
    [
        ("f0f0f0f0f0f0fc0f" + OTHER_STEPS, 10),
        ("f0f0f0f0f0f0fe0f" + OTHER_STEPS, None),
        (OTHER_SHAPES + "0123456789abcd10", 8),
        (OTHER_SHAPES + "0123456789abcc10", None),
    ],
)
def test_either_half_of_a_look_gives_a_copy_away(look: str, distance: int | None) -> None:
    expected = [] if distance is None else [Found(FindingKind.SIMILAR, ONE, distance)]
    assert found(proof(), earlier(look=look)) == expected


def test_the_nearest_of_several_is_shown() -> None:
    assert found(proof(), earlier(OTHER, look=NEARER_NOT), earlier(look=NEAR)) == [Found(FindingKind.SIMILAR, ONE, 0)]


def test_the_same_file_is_not_also_said_to_be_similar() -> None:
    kinds = [each.kind for each in found(proof(), earlier(look=NEAR), earlier(OTHER, file_hash="new"))]
    assert kinds == [FindingKind.SAME_FILE]


@pytest.mark.parametrize("copy", [{"file_hash": "new"}, {"look": NEAR}])
def test_a_residents_own_photo_is_no_proof(copy: dict[str, Any]) -> None:
    kinds = [each.kind for each in found(proof(), earlier(residents=True, **copy))]
    assert kinds == [FindingKind.RESIDENTS_OWN]


@pytest.mark.parametrize(
    ("taken", "minutes"),
    [
        (VISIT.since, None),
        (VISIT.until, None),
        (VISIT.since - CLOCK_SLACK, None),
        (VISIT.until + CLOCK_SLACK, None),
        (VISIT.since - timedelta(minutes=11), 11),
        (VISIT.until + timedelta(minutes=11), 11),
        (CAME - timedelta(days=30), 30 * 24 * 60 + 120),
        (None, None),
    ],
)
def test_a_photo_is_taken_during_the_visit_where_it_says_when(taken: datetime | None, minutes: int | None) -> None:
    expected = [] if minutes is None else [Found(FindingKind.TIME_OFF, distance=minutes)]
    assert found(proof(taken_at=taken)) == expected


def test_before_handling_began_the_receipt_is_what_counts() -> None:
    assert Visit(CAME, None, CAME).since == CAME


@pytest.mark.parametrize("metres", [0, MOST_METRES, None])
def test_a_photo_taken_near_the_report_or_without_position_is_not_questioned(metres: int | None) -> None:
    assert found(proof(metres_off=metres)) == []


def test_a_photo_taken_far_away_is_found() -> None:
    assert found(proof(metres_off=MOST_METRES + 1)) == [Found(FindingKind.PLACE_OFF, distance=MOST_METRES + 1)]


def test_distances_over_the_ground_are_in_metres() -> None:
    assert metres_between((-8.25, 113.75), (-8.25, 113.75)) == 0
    assert metres_between((-8.25, 113.75), (-8.26, 113.75)) == 1112
    assert metres_between((-8.25, 113.75), (-8.25, 113.76)) == 1100


def test_blank_words_explain_nothing() -> None:
    assert unexplained([ONE, OTHER], {ONE: " \n", OTHER: "Pos yang sama, hari lain."}) == [ONE]


def test_every_finding_has_its_words() -> None:
    assert set(FINDING_LABELS) == set(FindingKind)


@pytest.fixture(scope="module")
def street() -> list[Image.Image]:
    return [drawn.scene(seed) for seed in range(SCENES)]


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "pressed by a messenger": drawn.pressed,
    "cropped a little": drawn.cropped,
    "brightened": drawn.brightened,
    "all three": lambda picture: drawn.pressed(drawn.brightened(drawn.cropped(picture))),
    "stamped with a label": drawn.stamped,
    "stamped, then brightened and pressed": lambda picture: drawn.pressed(drawn.brightened(drawn.stamped(picture))),
}


@pytest.mark.parametrize("change", COPIES.values(), ids=COPIES)
def test_an_edited_copy_is_found(street: list[Image.Image], change: Callable[[Image.Image], Image.Image]) -> None:
    for picture in street:
        assert found(proof(look=look_of(change(picture))), earlier(look=look_of(picture)))


def test_a_stamped_copy_is_given_away_by_its_steps_alone(street: list[Image.Image]) -> None:
    apart = [bits_apart(look_of(drawn.stamped(picture)), look_of(picture)) for picture in street]
    assert max(shapes for shapes, _steps in apart) > MOST_SHAPES
    assert max(steps for _shapes, steps in apart) <= MOST_STEPS - 3


def test_different_scenes_look_different_by_far(street: list[Image.Image]) -> None:
    apart = [bits_apart(one, other) for one, other in combinations(map(look_of, street), 2)]
    assert min(shapes for shapes, _steps in apart) > MOST_SHAPES + 6
    assert min(steps for _shapes, steps in apart) > MOST_STEPS + 6
