"""The ratings behind a figure, without what respondents said of themselves, and without when they came.

They stand in the order of the id which respondents' own devices drew by lot: whoever served somebody, and knows the
day, must not find that visitor's answers by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.periods import Period
from survey.elements import OFFICIAL_ORDER
from survey.figures.recount import is_excluded, standing
from survey.models import Rating

PAGE = 100
# Never empty; said so that databases read the period by its days, and not all periods in this order.
drawn = sa.func.coalesce(Rating.submission_id, Rating.id)


@dataclass(frozen=True)
class Chosen:
    """Which ratings: of these services, points or ways of coming in (None: of all), with those taken out or without.

    Never those with proof of a visit alone: the officer who gave out a code would find the rating by it.
    """

    services: frozenset[str] | None = None
    point: str | None = None
    source: str | None = None
    with_excluded: bool = False


ALL = Chosen()


@dataclass(frozen=True)
class RatingRow:
    """One respondent: `sums` are those of each element's items, in official order."""

    submission_id: UUID
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
    """At most `limit`, those after the submission `after`, as they counted at that moment."""
    out = is_excluded(recorded_by)
    elements = (getattr(Rating, key.value) for key in OFFICIAL_ORDER)
    found = (
        sa.select(Rating.submission_id, Rating.service_code, Rating.edition_code, out.label("is_excluded"), *elements)
        .where(Rating.office_id == office_id, standing(recorded_by), *_conditions(chosen))
        .where(Rating.day >= period.first.first_day, Rating.day < period.last.day_after)
        .order_by(drawn)
        .limit(limit)
    )
    if not chosen.with_excluded:
        found = found.where(sa.not_(out))
    if after is not None:
        found = found.where(drawn > after)
    return [
        RatingRow(submission, service, edition, tuple(sums), bool(excluded))
        for submission, service, edition, excluded, *sums in session.execute(found)
    ]


def _conditions(chosen: Chosen) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[Any]] = []
    if chosen.services is not None:
        wanted.append(Rating.service_code.in_(chosen.services))
    if chosen.point is not None:
        wanted.append(sa.func.coalesce(Rating.point_code, "") == chosen.point)
    if chosen.source is not None:
        wanted.append(Rating.source == chosen.source)
    return wanted
