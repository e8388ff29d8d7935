"""Named reads of the survey's sums. With `recorded_by` they count from the ratings, as it stood at that moment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.calendar import Month
from core.periods import Period
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.figures.groups import Dimension
from survey.figures.models import RatingAnswerMonth, RatingGroupMonth, RatingMonth
from survey.figures.recount import answer_counts, group_sums, rating_sums
from survey.models import Rating, RatingReview

COUNTS = ("respondents", "squares", *OFFICIAL_ORDER)


@dataclass(frozen=True)
class Rated:
    """Ratings of a month, service and edition; `counts`: respondents, squares, then one sum an element."""

    month: str
    service_code: str
    edition_code: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Grouped:
    """Ratings of a whole period, group and edition; `counts` as in Rated."""

    dimension: Dimension
    value: str
    edition_code: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class GroupedMonth(Grouped):
    """The same of one month."""

    month: str


@dataclass(frozen=True)
class Answers:
    """How many in the month gave answers to the element's items that add up to `value`; those in the index alone."""

    element: ElementKey
    month: str
    edition_code: str
    value: int
    respondents: int


def newest_month(session: Session, office_id: int, before: Month) -> Month | None:
    """The last month before this one that has figures."""
    newest = sa.select(sa.func.max(RatingMonth.month)).where(
        RatingMonth.office_id == office_id, RatingMonth.month < str(before)
    )
    found = session.scalar(newest)
    return Month.parse(found) if found else None


def service_rows(
    session: Session, office_id: int, period: Period, recorded_by: datetime | None = None
) -> Sequence[Rated]:
    """The ratings of the period, month by month."""
    table = _service_months(period, recorded_by)
    keys = (table.c.month, table.c.service_code, table.c.edition_code)
    found = session.execute(_summed(table, keys, office_id, period))
    return [Rated(month, service, edition, tuple(map(int, counts))) for month, service, edition, *counts in found]


def group_rows(
    session: Session, office_id: int, period: Period, recorded_by: datetime | None = None
) -> Sequence[Grouped]:
    """The ratings of the period in the groups of every dimension."""
    table = _group_months(period, recorded_by)
    keys = (table.c.dimension, table.c.value, table.c.edition_code)
    found = session.execute(_summed(table, keys, office_id, period))
    return [
        Grouped(Dimension(dimension), value, edition, tuple(map(int, counts)))
        for dimension, value, edition, *counts in found
    ]


def group_month_rows(
    session: Session,
    office_id: int,
    period: Period,
    dimensions: Collection[Dimension],
    recorded_by: datetime | None = None,
) -> Sequence[GroupedMonth]:
    """The ratings of the period, month by month, in the groups of these dimensions."""
    table = _group_months(period, recorded_by, dimensions)
    keys = (table.c.month, table.c.dimension, table.c.value, table.c.edition_code)
    chosen = _summed(table, keys, office_id, period).where(table.c.dimension.in_([each.value for each in dimensions]))
    return [
        GroupedMonth(Dimension(dimension), value, edition, tuple(map(int, counts)), month)
        for month, dimension, value, edition, *counts in session.execute(chosen)
    ]


def answers(session: Session, office_id: int, period: Period, recorded_by: datetime | None = None) -> Sequence[Answers]:
    """How the period's ratings answered each element, month by month."""
    if recorded_by is None:
        return _answers_kept(session, office_id, period)
    of_office = (Rating.office_id == office_id, _within(period))
    counted = (answer_counts(key, recorded_by=recorded_by).where(*of_office) for key in OFFICIAL_ORDER)
    return [Answers(ElementKey(key), *row) for key, *row in session.execute(sa.union_all(*counted))]


def _answers_kept(session: Session, office_id: int, period: Period) -> Sequence[Answers]:
    kept, months = RatingAnswerMonth, (str(period.first), str(period.last))
    rows = session.scalars(sa.select(kept).where(kept.office_id == office_id, kept.month.between(*months)))
    counts = ((row, key, getattr(row, key.value)) for row in rows for key in OFFICIAL_ORDER)
    return [Answers(key, row.month, row.edition_code, row.answer, count) for row, key, count in counts if count]


def _summed(
    table: sa.FromClause, keys: Sequence[sa.ColumnElement[Any]], office_id: int, period: Period
) -> sa.Select[tuple[Any, ...]]:
    counts = (sa.func.sum(table.c[name]) for name in COUNTS)
    within = table.c.month.between(str(period.first), str(period.last))
    return sa.select(*keys, *counts).where(table.c.office_id == office_id, within).group_by(*keys)


def _service_months(period: Period, recorded_by: datetime | None) -> sa.FromClause:
    if recorded_by is None:
        return RatingMonth.__table__
    return _by_month(rating_sums(recorded_by=recorded_by).where(_within(period)).subquery())


def _group_months(
    period: Period, recorded_by: datetime | None, dimensions: Collection[Dimension] = tuple(Dimension)
) -> sa.FromClause:
    if recorded_by is None:
        return RatingGroupMonth.__table__
    days = (group_sums(each, recorded_by=recorded_by).where(_within(period)) for each in dimensions)
    return _by_month(sa.union_all(*days).subquery())


def _by_month(days: sa.Subquery) -> sa.FromClause:
    return sa.select(days, rollup.month_of(days.c.day).label("month")).subquery()


def reviewed_since(session: Session, office_id: int, period: Period, moment: datetime | None) -> int:
    """How many of the period's ratings somebody has taken out or put back after they were counted."""
    if moment is None:
        return 0
    same = sa.and_(Rating.office_id == RatingReview.office_id, Rating.id == RatingReview.rating_id)
    chosen = sa.select(sa.func.count(RatingReview.rating_id.distinct())).join(Rating, same)
    standing = (Rating.office_id == office_id, Rating.withdrawn_at.is_(None), _within(period))
    return session.scalars(chosen.where(*standing, RatingReview.reviewed_at > moment)).one()


def _within(period: Period) -> sa.ColumnElement[bool]:
    return sa.and_(Rating.day >= period.first.first_day, Rating.day < period.last.day_after)
