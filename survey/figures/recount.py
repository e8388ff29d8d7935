"""Recounts the sums of ratings of whole days and of their months, by service and by group."""

from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.rollup import Figures
from survey.elements import OFFICIAL_ORDER
from survey.figures.groups import ELEMENT_DIMENSIONS, Dimension
from survey.figures.models import RatingDay, RatingGroupDay, RatingGroupMonth, RatingMonth
from survey.models import Rating, RatingReview

SUMS = ("respondents", *(key.value for key in OFFICIAL_ORDER), "squares")
Rows = sa.Select[tuple[object, ...]]


BY_SERVICE = Figures(RatingDay, RatingMonth, ("day",), ("month",), ("service_code", "edition_code"), SUMS)
BY_GROUP = Figures(RatingGroupDay, RatingGroupMonth, ("day",), ("month",), ("dimension", "value", "edition_code"), SUMS)


def recount_chosen(session: Session) -> int:
    """Make the sums of the chosen days (rollup.choose), and of their months, again; how many rows were written."""
    rows = rollup.recount_chosen(session, BY_SERVICE, _every_service(of_chosen=True))
    return rows + rollup.recount_chosen(session, BY_GROUP, _every_group(of_chosen=True))


def recount_all(session: Session) -> int:
    """Make all sums again; how many rows there are."""
    rows = rollup.recount_all(session, BY_SERVICE, _every_service(of_chosen=False))
    return rows + rollup.recount_all(session, BY_GROUP, _every_group(of_chosen=False))


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
    return sa.func.count().label("respondents"), *total, sa.func.sum(_square()).label("squares")


def _square() -> sa.ColumnElement[int]:
    return sa.cast(Rating.points, sa.BigInteger) * Rating.points


def _value(dimension: Dimension) -> sa.ColumnElement[str]:
    """What puts a rating into one of the dimension's groups, as text; "" where nobody said."""
    column: sa.ColumnElement[Any] = getattr(Rating, dimension.column)
    return sa.func.coalesce(sa.cast(column, sa.Text), "")


@cache
def _every_service(*, of_chosen: bool) -> Rows:
    return rating_sums().where(_which(of_chosen=of_chosen))


@cache
def _every_group(*, of_chosen: bool) -> sa.CompoundSelect[Any]:
    """The sums of ratings by the groups of every dimension, in the columns of RatingGroupDay. Ratings are read once;
    and so large a statement is built once.
    """
    values = (_value(each).label(f"by_{each}") for each in Dimension if each not in ELEMENT_DIMENSIONS)
    sums = (getattr(Rating, key.value) for key in OFFICIAL_ORDER)
    keys = (Rating.office_id, Rating.day, Rating.edition_code, Rating.is_excluded)
    read = sa.select(*keys, *values, *sums, _square().label("square"))
    rows = read.where(standing(None), _which(of_chosen=of_chosen)).cte("rated").prefix_with("MATERIALIZED")
    return sa.union_all(*(_groups(rows, each) for each in Dimension))


def _which(*, of_chosen: bool) -> sa.ColumnElement[bool]:
    return rollup.is_chosen(Rating.office_id, Rating.day) if of_chosen else sa.true()


def _groups(rows: sa.CTE, dimension: Dimension) -> sa.Select[Any]:
    is_element = dimension in ELEMENT_DIMENSIONS  # whole numbers are sorted sooner than their texts
    value = rows.c[dimension.column] if is_element else rows.c[f"by_{dimension}"]
    out = rows.c.is_excluded if dimension == Dimension.EXCLUDED else sa.not_(rows.c.is_excluded)
    sums = (sa.func.sum(rows.c[key.value]) for key in OFFICIAL_ORDER)
    keys = (rows.c.office_id, rows.c.day, value, rows.c.edition_code)
    name = sa.literal(dimension.value).label("dimension")
    counted = (sa.func.count(), *sums, sa.func.sum(rows.c.square))
    text = sa.cast(value, sa.Text) if is_element else value
    return sa.select(*keys[:2], name, text, rows.c.edition_code, *counted).where(out).group_by(*keys)
