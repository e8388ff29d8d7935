"""The ratings behind a figure, without what respondents said of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.periods import Period
from survey.elements import OFFICIAL_ORDER
from survey.figures.recount import is_excluded, standing
from survey.models import Rating

PAGE = 100


@dataclass(frozen=True)
class Chosen:
    """Which ratings: of these services, points or ways of coming in (None: of all), with those taken out or without."""

    services: frozenset[str] | None = None
    point: str | None = None
    source: str | None = None
    visits: frozenset[str] | None = None
    with_excluded: bool = False


ALL = Chosen()


@dataclass(frozen=True)
class RatingRow:
    """One respondent: `sums` are those of each element's items, in official order."""

    id: UUID
    day: date
    service_code: str
    edition_code: str
    sums: tuple[int, ...]
    is_excluded: bool


def ratings(
    session: Session,
    office_id: int,
    period: Period,
    chosen: Chosen,
    recorded_by: datetime,
    limit: int,
    after: UUID | None,
) -> Sequence[RatingRow]:
    """By day, at most `limit`, those after the rating `after`, as they counted at that moment."""
    out = is_excluded(recorded_by)
    elements = (getattr(Rating, key.value) for key in OFFICIAL_ORDER)
    found = (
        sa.select(Rating.id, Rating.day, Rating.service_code, Rating.edition_code, out.label("is_excluded"), *elements)
        .where(Rating.office_id == office_id, standing(recorded_by), *_conditions(chosen))
        .where(Rating.day >= period.first.first_day, Rating.day < period.last.day_after)
        .order_by(Rating.day, Rating.id)
        .limit(limit)
    )
    if not chosen.with_excluded:
        found = found.where(sa.not_(out))
    if after is not None:
        last = sa.select(Rating.day).where(Rating.office_id == office_id, Rating.id == after).scalar_subquery()
        found = found.where(sa.tuple_(Rating.day, Rating.id) > sa.tuple_(last, sa.literal(after, sa.Uuid())))
    return [
        RatingRow(rating, day, service, edition, tuple(sums), bool(excluded))
        for rating, day, service, edition, excluded, *sums in session.execute(found)
    ]


def _conditions(chosen: Chosen) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[Any]] = []
    if chosen.services is not None:
        wanted.append(Rating.service_code.in_(chosen.services))
    if chosen.point is not None:
        wanted.append(sa.func.coalesce(Rating.point_code, "") == chosen.point)
    if chosen.source is not None:
        wanted.append(Rating.source == chosen.source)
    if chosen.visits is not None:
        wanted.append(Rating.visit.in_(chosen.visits))
    return wanted
