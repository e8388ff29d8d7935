"""Recounts the sums of ratings of whole days and of their months, by service and by group."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.rollup import OfficeDay
from survey.elements import OFFICIAL_ORDER
from survey.figures.groups import Dimension
from survey.figures.models import RatingDay, RatingGroupDay, RatingGroupMonth, RatingMonth
from survey.models import Rating, RatingReview

SERVICE_KEYS = ("service_code", "edition_code")
GROUP_KEYS = ("dimension", "value", "edition_code")
SUMS = ("respondents", *(key.value for key in OFFICIAL_ORDER), "squares")
Rows = sa.Select[tuple[object, ...]]


def recount(session: Session, days: Collection[OfficeDay] | None) -> int:
    """Make the sums of these days, and of their months, again; None makes all. How many rows there are now."""
    by_service = _daily(rating_sums(), days)
    rows = rollup.replace(
        session, RatingDay, ("office_id", "day", *SERVICE_KEYS, *SUMS), by_service, rollup.at_days(RatingDay.day, days)
    )
    rows += _by_month(session, RatingDay, RatingMonth, SERVICE_KEYS, days)
    return rows + _groups(session, days) + _by_month(session, RatingGroupDay, RatingGroupMonth, GROUP_KEYS, days)


def rating_sums(*, recorded_by: datetime | None = None) -> Rows:
    """Ratings in the index, counted and summed by office, day, service and edition, in the columns of RatingDay.

    With `recorded_by`: as it stood at that moment.
    """
    keys = (Rating.office_id, Rating.day, Rating.service_code, Rating.edition_code)
    kept = sa.not_(is_excluded(recorded_by))
    return sa.select(*keys, *_sums()).where(standing(recorded_by), kept).group_by(*keys)


def group_sums(dimension: Dimension, *, recorded_by: datetime | None = None) -> Rows:
    """The same by the groups of one dimension, in the columns of RatingGroupDay."""
    value = _value(dimension)
    out = is_excluded(recorded_by)
    chosen = out if dimension == Dimension.EXCLUDED else sa.not_(out)
    name = sa.literal(dimension.value).label("dimension")
    rows = sa.select(Rating.office_id, Rating.day, name, value.label("value"), Rating.edition_code, *_sums()).where(
        standing(recorded_by), chosen
    )
    return rows.group_by(Rating.office_id, Rating.day, value, Rating.edition_code)


def standing(recorded_by: datetime | None) -> sa.ColumnElement[bool]:
    """Not withdrawn; with `recorded_by`, recorded by then and not withdrawn by then."""
    if recorded_by is None:
        return Rating.withdrawn_at.is_(None)
    not_yet = sa.or_(Rating.withdrawn_at.is_(None), Rating.withdrawn_at > recorded_by)
    return sa.and_(Rating.recorded_at <= recorded_by, not_yet)


def is_excluded(recorded_by: datetime | None) -> sa.ColumnElement[bool]:
    """Whether a named person took the rating out; with `recorded_by`, what the last review recorded by then said."""
    if recorded_by is None:
        return sa.and_(Rating.is_excluded)
    last = (
        sa.select(RatingReview.is_excluded)
        .where(
            RatingReview.office_id == Rating.office_id,
            RatingReview.rating_id == Rating.id,
            RatingReview.reviewed_at <= recorded_by,
        )
        .order_by(RatingReview.reviewed_at.desc(), RatingReview.id.desc())
        .limit(1)
        .correlate(Rating)
        .scalar_subquery()
    )
    return sa.func.coalesce(last, sa.false())


def _sums() -> tuple[sa.ColumnElement[Any], ...]:
    total = (sa.func.sum(getattr(Rating, key.value)).label(key.value) for key in OFFICIAL_ORDER)
    squares = sa.func.sum(sa.cast(Rating.points, sa.BigInteger) * Rating.points)
    return sa.func.count().label("respondents"), *total, squares.label("squares")


def _value(dimension: Dimension) -> sa.ColumnElement[str]:
    """What puts a rating into one of the dimension's groups, as text; "" where nobody said."""
    column: sa.ColumnElement[Any] = getattr(Rating, dimension.column)
    return sa.func.coalesce(sa.cast(column, sa.Text), "")


def _daily(source: Rows, days: Collection[OfficeDay] | None) -> Rows:
    return source if days is None else source.where(rollup.pairs(Rating.office_id, Rating.day, days))


def _groups(session: Session, days: Collection[OfficeDay] | None) -> int:
    old, at = sa.delete(RatingGroupDay), rollup.at_days(RatingGroupDay.day, days)
    session.execute(old if at is None else old.where(at))
    columns = ("office_id", "day", *GROUP_KEYS, *SUMS)
    return sum(rollup.fill(session, RatingGroupDay, columns, _daily(group_sums(each), days)) for each in Dimension)


def _by_month(
    session: Session,
    daily: type[RatingDay] | type[RatingGroupDay],
    monthly: type[RatingMonth] | type[RatingGroupMonth],
    names: tuple[str, ...],
    days: Collection[OfficeDay] | None,
) -> int:
    month = rollup.month_of(daily.day)
    keys = (daily.office_id, month, *(getattr(daily, name) for name in names))
    source = sa.select(*keys, *(sa.func.sum(getattr(daily, name)) for name in SUMS)).group_by(*keys)
    if days is not None:
        source = source.where(rollup.in_months(daily.office_id, daily.day, days))
    columns = ("office_id", "month", *names, *SUMS)
    return rollup.replace(session, monthly, columns, source, rollup.of_months(monthly.month, days))
