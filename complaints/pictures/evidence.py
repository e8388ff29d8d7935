"""What about a proof photo asks for an explanation: seen before, or taken at another time or place than the visit."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from complaints.terms import PhotoKind

# Bits of 64 by which two looks may differ and still be the same picture: in their shapes, or in their steps from light
# to dark. Measured on drawn streets (tests/complaints/pictures/test_evidence.py): copies that were pressed harder, made
# smaller, cropped a little or brightened differ by 8 shapes at most; those stamped with a camera's label by up to 18,
# but by 5 steps at most, 8 if brightened too. 150 different streets differ by 16 shapes and 14 steps at least.
MOST_SHAPES = 10
MOST_STEPS = 8
HALF = 64
STEPS = (1 << HALF) - 1
MOST_METRES = 300  # a phone among houses is often 50 m off, and a resident's pin seldom better
CLOCK_SLACK = timedelta(minutes=10)  # phones' clocks go wrong by minutes
EARTH_RADIUS_M = 6_371_000


class FindingKind(StrEnum):
    """What was found; stored by value."""

    SAME_FILE = "same_file"
    SIMILAR = "similar"
    RESIDENTS_OWN = "residents_own"
    TIME_OFF = "time_off"
    PLACE_OFF = "place_off"


FINDING_LABELS: dict[FindingKind, str] = {
    FindingKind.SAME_FILE: "Foto ini sudah pernah dipakai sebagai bukti",
    FindingKind.SIMILAR: "Foto ini sangat mirip dengan bukti lain",
    FindingKind.RESIDENTS_OWN: "Foto ini sama atau sangat mirip dengan foto warga",
    FindingKind.TIME_OFF: "Foto ini diambil di luar waktu penanganan",
    FindingKind.PLACE_OFF: "Foto ini diambil jauh dari lokasi laporan",
}
# A photo that was there before: its id, its file's hash, its look and its kind. A bare row, the id as text: there
# are as many as the office ever had, and a proof is compared with each.
EarlierPhoto = tuple[str, str, str, str]
SEEN_BEFORE = frozenset({FindingKind.SAME_FILE, FindingKind.SIMILAR, FindingKind.RESIDENTS_OWN})


@dataclass(frozen=True)
class ProofFacts:
    """A new proof, as far as it can be judged; None: the photo doesn't say, which is no finding."""

    file_hash: str
    look: str
    taken_at: datetime | None = None
    metres_off: int | None = None


@dataclass(frozen=True)
class Visit:
    """When a proof can have been taken: after the report came and its handling began, and not after now."""

    received_at: datetime
    begun_at: datetime | None
    until: datetime

    @property
    def since(self) -> datetime:
        """The beginning."""
        return max(self.received_at, self.begun_at or self.received_at)


@dataclass(frozen=True)
class Found:
    """One finding. `other`: the photo that it resembles; `distance` in bits, minutes or metres, by its kind."""

    kind: FindingKind
    other: UUID | None = None
    distance: int = 0


def findings(proof: ProofFacts, copied: Iterable[Found], visit: Visit) -> list[Found]:
    """Everything about a proof that asks for an explanation; `copied`: as `copies` found."""
    return [*nearest(copied), *_time_off(proof.taken_at, visit), *_place_off(proof.metres_off)]


def copies(proof: ProofFacts, earlier: Iterable[EarlierPhoto]) -> Iterator[Found]:
    """The photos that this one is a copy of."""
    look = int(proof.look, 16)
    for key, file_hash, other_look, kind in earlier:
        apart = look ^ int(other_look, 16)
        shapes, steps = (apart >> HALF).bit_count(), (apart & STEPS).bit_count()
        is_same = file_hash == proof.file_hash
        if shapes <= MOST_SHAPES or steps <= MOST_STEPS or is_same:
            yield Found(_copied(kind, is_same=is_same), UUID(key), 0 if is_same else min(shapes, steps))


def nearest(copied: Iterable[Found]) -> list[Found]:
    """One of each kind at most. The very file again is not also said to be similar to others."""
    best: dict[FindingKind, Found] = {}
    for found in copied:
        known = best.get(found.kind)
        if known is None or found.distance < known.distance:
            best[found.kind] = found
    if FindingKind.SAME_FILE in best:
        best.pop(FindingKind.SIMILAR, None)
    return [best[kind] for kind in FindingKind if kind in best]


def metres_between(here: tuple[float, float], there: tuple[float, float]) -> int:
    """The way between two positions (latitude, longitude in degrees) over the ground, in whole metres."""
    (lat, lng), (other_lat, other_lng) = (tuple(map(math.radians, place)) for place in (here, there))
    up, along = math.sin((other_lat - lat) / 2), math.sin((other_lng - lng) / 2)
    return round(2 * EARTH_RADIUS_M * math.asin(math.sqrt(up**2 + math.cos(lat) * math.cos(other_lat) * along**2)))


def _copied(kind: str, *, is_same: bool) -> FindingKind:
    if kind == PhotoKind.RESIDENT:
        return FindingKind.RESIDENTS_OWN
    return FindingKind.SAME_FILE if is_same else FindingKind.SIMILAR


def _time_off(taken_at: datetime | None, visit: Visit) -> list[Found]:
    if taken_at is None:
        return []
    off = max(visit.since - taken_at, taken_at - visit.until)
    return [Found(FindingKind.TIME_OFF, distance=off // timedelta(minutes=1))] if off > CLOCK_SLACK else []


def _place_off(metres: int | None) -> list[Found]:
    return [Found(FindingKind.PLACE_OFF, distance=metres)] if metres is not None and metres > MOST_METRES else []
