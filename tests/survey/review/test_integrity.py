"""Which ratings are flagged, as tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.review import integrity
from survey.review.integrity import Flag, Given, Rules

START = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
ONE_EACH = dict.fromkeys(OFFICIAL_ORDER, 1)
RULES = Rules({"skm-2017": ONE_EACH, "panjang": {**ONE_EACH, ElementKey.WAKTU: 2}})
MIXED = (3, 4, 3, 3, 2, 3, 4, 3, 3)
OTHER = (4, 4, 3, 3, 2, 3, 4, 3, 3)
STRAIGHT = (3,) * 9
RATING = Given(
    id=UUID(int=0), point="MBS-1", service="ktp", edition="skm-2017", at=START,
    day=date(2026, 10, 1), source="web", fill_s=40, is_excluded=False, sums=MIXED,
)  # fmt: skip


def after(seconds: Sequence[int], **values: Any) -> list[Given]:
    """Ratings so many seconds after the start, no two neighbours alike."""
    rows = enumerate(seconds)
    return [
        replace(RATING, at=START + timedelta(seconds=s), **{"sums": (MIXED, OTHER)[n % 2], **values}) for n, s in rows
    ]


@pytest.mark.parametrize(
    ("seconds", "found"),
    [
        (range(0, 60, 9), 0),  # seven
        (range(8), 8),
        (range(0, 8 * 85, 85), 8),  # the eighth after 595 s
        ([*range(7), 600], 8),  # exactly ten minutes
        ([*range(7), 601], 0),
        ([*range(8), 5000], 8),  # the ninth is by itself
        (range(0, 20 * 60, 60), 20),  # a chain of windows
    ],
)
def test_many_in_a_short_time_are_a_burst(seconds: Sequence[int], found: int) -> None:
    assert len(integrity.in_bursts(after(seconds))) == found


@pytest.mark.parametrize("source", ["paper", "import"])
@pytest.mark.parametrize("point", ["MBS-1", ""])
def test_what_somebody_wrote_down_is_no_burst(source: str, point: str) -> None:
    assert integrity.in_bursts(after(range(60), source=source, point=point)) == set()


@pytest.mark.parametrize(
    ("seconds", "services", "sources", "found"),
    [
        (range(9), ["skck"], ["api"], 0),
        (range(10), ["skck"], ["api"], 10),
        ([*range(9), 601], ["skck"], ["api"], 0),
        (range(18), ["skck", "ktp"], ["api"], 0),  # nine of each
        (range(20), ["skck"], ["api", "web"], 20),  # ten of each
        (range(24), ["skck", "ktp", "kk"], ["web"], 0),
        (range(25), ["skck", "ktp", "kk"], ["web"], 25),
        (range(0, 50 * 60, 60), ["skck"], ["web"], 50),  # one a minute: ten in nine
        (range(0, 50 * 70, 70), ["skck"], ["web"], 0),
    ],
)
def test_without_a_point_they_are_looked_at_by_way_and_service(
    seconds: Sequence[int], services: Sequence[str], sources: Sequence[str], found: int
) -> None:
    rows = [
        replace(each, service=services[n % len(services)], source=sources[n % len(sources)])
        for n, each in enumerate(after(seconds, point=""))
    ]
    assert len(integrity.in_bursts(rows)) == found


def test_paper_between_bursting_ratings_is_left_alone() -> None:
    rows = after(range(9))
    rows[4] = replace(rows[4], source="paper")
    assert integrity.in_bursts(rows) == {0, 1, 2, 3, 5, 6, 7, 8}


@pytest.mark.parametrize(
    ("letters", "found"),
    [("aaa", 0), ("aaaa", 4), ("aabaa", 0), ("baaaab", 4), ("aaaabbbb", 8), ("aaaabaaa", 4)],
)
def test_equal_ratings_in_a_row_are_counted_from_four(letters: str, found: int) -> None:
    rows = [replace(RATING, sums={"a": MIXED, "b": OTHER}[letter]) for letter in letters]
    assert len(integrity.in_rows(rows)) == found


def test_a_file_has_no_order_and_another_edition_other_questions() -> None:
    assert integrity.in_rows([replace(RATING, source="import")] * 9) == set()
    assert integrity.in_rows([RATING, RATING, replace(RATING, edition="panjang"), RATING]) == set()


@pytest.mark.parametrize(("seconds", "fast"), [(None, False), (0, True), (7, True), (8, False)])
def test_less_than_eight_seconds_are_fast(seconds: int | None, fast: bool) -> None:
    assert integrity.is_fast(replace(RATING, fill_s=seconds)) is fast


@pytest.mark.parametrize(
    ("edition", "sums", "straight"),
    [
        ("skm-2017", STRAIGHT, True),
        ("skm-2017", (3,) * 8 + (4,), False),
        ("panjang", (3, 3, 6, 3, 3, 3, 3, 3, 3), True),
        ("panjang", STRAIGHT, False),
    ],
)
def test_straight_is_the_same_mean_everywhere(edition: str, sums: tuple[int, ...], straight: bool) -> None:
    assert RULES.is_straight(replace(RATING, edition=edition, sums=sums)) is straight


def test_points_and_days_are_looked_at_by_themselves() -> None:
    rows = [replace(RATING, point=f"MBS-{n // 3}", day=date(2026, 10, 1 + n % 3 // 2)) for n in range(12)]
    assert {flag for each in RULES.flagged(rows) for flag in each.flags} == set()


def test_a_rating_may_have_every_flag() -> None:
    found = list(RULES.flagged([replace(RATING, sums=STRAIGHT, fill_s=3)] * 8))
    assert [each.flags for each in found] == [frozenset(Flag)] * 8
