"""Reports like the one about to be sent: the same kind, near, recent, open, and of a kind that may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import DEGREES, Category, Complaint
from complaints.workflow import OPEN
from core.distance import box_around, metres_between
from core.ids import first_id
from offices.models import Village

NEAR_METRES = 250
# All that is told of where a report lies is measured from places rounded so, about 110 m: who asks from many places
# learns no more than that, as everybody may from the list for other programs.
ROUNDED = Decimal("0.001")
RECENT = timedelta(days=30)
MOST = 5


@dataclass(frozen=True)
class Place:
    """Where something is: a desa's code, a position, both or neither."""

    village: str | None
    lat: Decimal | None
    lng: Decimal | None

    def rounded(self) -> Self:
        """The same with its position rounded: half up, not to even, so that all squares are of one size."""
        if self.lat is None or self.lng is None:
            return self
        lat, lng = (each.quantize(ROUNDED, ROUND_HALF_UP) for each in (self.lat, self.lng))
        return replace(self, lat=lat, lng=lng)


@dataclass(frozen=True)
class Similar:
    """What may be said of somebody's report; `id` is for us alone."""

    id: UUID
    village: str | None
    received_on: date


@dataclass(frozen=True)
class Candidate:
    """A report that may be near."""

    similar: Similar
    place: Place


def metres_apart(mine: Place, other: Place) -> float | None:
    """Between their rounded positions; None where either has none."""
    mine, other = mine.rounded(), other.rounded()
    if mine.lat is None or mine.lng is None or other.lat is None or other.lng is None:
        return None
    return metres_between(float(mine.lat), float(mine.lng), float(other.lat), float(other.lng))


def near(mine: Place, other: Place) -> bool:
    """Within NEAR_METRES by their rounded positions where both have one, else in the same desa."""
    metres = metres_apart(mine, other)
    if metres is None:
        return mine.village is not None and mine.village == other.village
    return metres <= NEAR_METRES


def chosen(mine: Place, candidates: Iterable[Candidate]) -> list[Similar]:
    """The nearest, then those of which only the desa is known; newest first among equals; MOST at most."""
    found = [each for each in candidates if near(mine, each.place)]
    found.sort(key=lambda each: each.similar.received_on, reverse=True)
    found.sort(key=lambda each: _order(metres_apart(mine, each.place)))
    return [each.similar for each in found[:MOST]]


def similar(
    session: Session, office_id: int, category: str, place: Place, *, but: UUID | None = None, now: datetime
) -> list[Similar]:
    """Open reports like this one, without the one that came with the submission id `but`.

    Only of categories that the office shows to all, so that nobody can find out whether they were reported; for the
    same reason never those whose reporter asked to be kept from the one reported, nor any that is held for review.
    """
    where = _where(place)
    if where is None:
        return []
    chosen_rows = (
        sa.select(
            Complaint.id, Village.name, Complaint.received_on, Complaint.village_code, Complaint.lat, Complaint.lng
        )
        .join(Category, sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code))
        .outerjoin(Village, sa.and_(Village.office_id == Complaint.office_id, Village.code == Complaint.village_code))
        .where(
            Complaint.office_id == office_id,
            Complaint.category_code == category,
            Complaint.id >= first_id(now - RECENT),  # ordered by time and indexed; nothing is recorded before it came
            Complaint.received_at >= now - RECENT,
            Complaint.status.in_([status.value for status in OPEN]),
            sa.not_(Complaint.is_held),
            sa.not_(Complaint.is_confidential),
            Category.is_public,
            where,
        )
    )
    if but is not None:
        chosen_rows = chosen_rows.where(Complaint.submission_id != but)
    rows = session.execute(chosen_rows)
    return chosen(place, [Candidate(Similar(row[0], row[1], row[2]), Place(row[3], row[4], row[5])) for row in rows])


def _order(metres: float | None) -> float:
    return float("inf") if metres is None else metres


def _where(place: Place) -> sa.ColumnElement[bool] | None:
    """Which rows can be near by their rounded positions; None when nothing is known of the place."""
    place = place.rounded()
    same_village = Complaint.village_code == place.village
    if place.lat is None or place.lng is None:
        return same_village if place.village is not None else None
    box = box_around(float(place.lat), float(place.lng), NEAR_METRES)
    inside = sa.and_(
        Complaint.lat.between(_degrees(box.south) - ROUNDED, _degrees(box.north) + ROUNDED),
        Complaint.lng.between(_degrees(box.west) - ROUNDED, _degrees(box.east) + ROUNDED),
    )
    if place.village is None:
        return inside
    return sa.or_(inside, sa.and_(Complaint.lat.is_(None), same_village))


def _degrees(millionths: int) -> Decimal:
    return Decimal(millionths).scaleb(-DEGREES.places)
