"""Keeps the monthly sums of ratings, by service, by group and by answer.

Each rating says how the sums hold it. The night therefore adds and takes off only what has changed, and a rating is
never in them twice.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.db import Base
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.figures.groups import Dimension
from survey.figures.models import RatingAnswerMonth, RatingGroupMonth, RatingMonth
from survey.models import Counted, Rating, RatingReview

ELEMENTS = tuple(key.value for key in OFFICIAL_ORDER)
SUMS = ("respondents", *ELEMENTS, "squares")
# The columns of a rating that are read as text: each dimension's, and so the service.
VALUES = tuple(each.column for each in Dimension)
TABLES: tuple[tuple[type[Base], tuple[str, ...], tuple[str, ...]], ...] = (  # each with its key, and what it sums
    (RatingMonth, ("office_id", "month", "service_code", "edition_code"), SUMS),
    (RatingGroupMonth, ("office_id", "month", "dimension", "value", "edition_code"), SUMS),
    (RatingAnswerMonth, ("office_id", "month", "edition_code", "answer"), ELEMENTS),
)
Rows = sa.Select[tuple[object, ...]]
HELD: sa.ColumnElement[str] = sa.inspect(Rating).columns["counted"]
# Ratings that the sums hold otherwise than they should, in a table of the connection alone. `inside` and `outside` say
# what is to be done with those in the index and with those taken out of it: 1 adds, -1 takes off. `counted` is then so.
CHANGED = sa.Table(
    "changed_rating",
    sa.MetaData(),
    *(sa.Column(name, sa.inspect(Rating).columns[name].type) for name in ("office_id", "id", "counted")),
    *(sa.Column(name, sa.Text) for name in ("month", "edition_code", *VALUES)),
    *(sa.Column(name, sa.SmallInteger) for name in ("inside", "outside", *ELEMENTS)),
    sa.Column("square", sa.BigInteger),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)


def recount_chosen(session: Session) -> int:
    """Make the sums right for all ratings of the chosen days (rollup.choose); how many rows were written."""
    should = _should_count()
    changed = _rows(HELD, should).where(rollup.is_chosen(Rating.office_id, Rating.day))
    rollup.empty(session, CHANGED)
    found = changed.where(should != HELD)
    session.connection().execute(sa.insert(CHANGED).from_select([*found.selected_columns.keys()], found))
    same = sa.and_(Rating.office_id == CHANGED.c.office_id, Rating.id == CHANGED.c.id)
    session.connection().execute(sa.update(Rating).values(counted=CHANGED.c.counted).where(same))
    written = 0
    for (model, keys, sums), source in zip(TABLES, _of_changed(), strict=True):
        written += rollup.add(session, model, keys, sums, source)
        rollup.remove_empty(session, model, sums, _is_of_chosen(model))
    return written


def recount_all(session: Session) -> int:
    """Make all sums again; how many rows there are. What comes in meanwhile is not counted, and says so."""
    should = _should_count()
    session.connection().execute(sa.update(Rating).values(counted=should).where(should != HELD))
    never = sa.literal(Counted.NOT.value, sa.Text)
    held = _rows(never, HELD).where(never != HELD).cte("held").prefix_with("MATERIALIZED")
    return sum(
        rollup.replace(session, model, (*keys, *sums), source)
        for (model, keys, sums), source in zip(TABLES, _sources(held), strict=True)
    )


def rating_sums(*, recorded_by: datetime | None = None) -> Rows:
    """Ratings in the index, counted and summed by office, day, service and edition, in the order of SUMS.

    With `recorded_by`: as it stood at that moment.
    """
    keys = (Rating.office_id, Rating.day, Rating.service_code, Rating.edition_code)
    kept = sa.not_(is_excluded(recorded_by))
    return sa.select(*keys, *_sums()).where(standing(recorded_by), kept).group_by(*keys)


def group_sums(dimension: Dimension, *, recorded_by: datetime | None = None) -> Rows:
    """The same by the groups of one dimension, by day."""
    value = _text(getattr(Rating, dimension.column))
    out = is_excluded(recorded_by)
    chosen = out if dimension == Dimension.EXCLUDED else sa.not_(out)
    name = sa.literal(dimension.value).label("dimension")
    rows = sa.select(Rating.office_id, Rating.day, name, value.label("value"), Rating.edition_code, *_sums()).where(
        standing(recorded_by), chosen
    )
    return rows.group_by(Rating.office_id, Rating.day, value, Rating.edition_code)


def answer_counts(element: ElementKey, *, recorded_by: datetime) -> sa.Select[Any]:
    """How many of those in the index then gave each answer to an element, by office, month and edition."""
    keys = (Rating.office_id, rollup.month_of(Rating.day), Rating.edition_code, getattr(Rating, element.value))
    rows = sa.select(sa.literal(element.value), *keys[1:], sa.func.count())
    return rows.where(standing(recorded_by), sa.not_(is_excluded(recorded_by))).group_by(*keys)


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


def _should_count() -> sa.ColumnElement[str]:
    """How the sums should hold a rating, as it is now."""
    is_out = (sa.not_(standing(None)), Counted.NOT.value), (Rating.is_excluded, Counted.OUT.value)
    return sa.case(*is_out, else_=Counted.IN.value)


def _rows(was: sa.ColumnElement[str], now: sa.ColumnElement[str]) -> sa.Select[*tuple[Any, ...]]:
    """Ratings in the columns of CHANGED, on their way from being held so to being held so."""
    keys = (Rating.office_id, Rating.id, now.label("counted"), rollup.month_of(Rating.day).label("month"))
    values = (_text(getattr(Rating, name)).label(name) for name in VALUES)
    ways = (
        (_is(now, Counted.IN) - _is(was, Counted.IN)).label("inside"),
        (_is(now, Counted.OUT) - _is(was, Counted.OUT)).label("outside"),
    )
    elements = (getattr(Rating, key) for key in ELEMENTS)
    return sa.select(*keys, Rating.edition_code, *values, *ways, *elements, _square().label("square"))


def _is(state: sa.ColumnElement[str], wanted: Counted) -> sa.Case[int]:
    return sa.case((state == wanted.value, 1), else_=0)


def _sources(rows: sa.FromClause) -> tuple[rollup.Rows, ...]:
    """What ratings in the columns of CHANGED add up to, in the order of TABLES."""
    return _by_service(rows), sa.union_all(*(_by_group(rows, each) for each in Dimension)), _by_answer(rows)


@cache
def _of_changed() -> tuple[rollup.Rows, ...]:
    """Built once: so large a statement takes as long to build as to run."""
    return _sources(CHANGED)


def _by_service(rows: sa.FromClause) -> sa.Select[Any]:
    keys = (rows.c.office_id, rows.c.month, rows.c.service_code, rows.c.edition_code)
    return sa.select(*keys, *_total(rows, rows.c.inside)).where(rows.c.inside != 0).group_by(*keys)


def _by_group(rows: sa.FromClause, dimension: Dimension) -> sa.Select[Any]:
    times = rows.c.outside if dimension == Dimension.EXCLUDED else rows.c.inside
    value, name = rows.c[dimension.column], sa.literal(dimension.value)
    keys = (rows.c.office_id, rows.c.month, value, rows.c.edition_code)
    found = sa.select(*keys[:2], name, *keys[2:], *_total(rows, times))
    return found.where(times != 0).group_by(*keys)


def _total(rows: sa.FromClause, times: sa.ColumnElement[int]) -> Sequence[sa.ColumnElement[int]]:
    return [sa.func.sum(times), *(sa.func.sum(times * rows.c[name]) for name in (*ELEMENTS, "square"))]


def _by_answer(rows: sa.FromClause) -> sa.Select[Any]:
    columns = [rows.c[name] for name in ELEMENTS]
    every = sa.union_all(*(sa.select(each.label("answer")) for each in columns)).subquery()
    given = sa.select(every.c.answer).distinct().cte("given").prefix_with("MATERIALIZED")  # few: found out once
    keys = (rows.c.office_id, rows.c.month, rows.c.edition_code, given.c.answer)
    counts = (sa.func.sum(sa.case((each == given.c.answer, rows.c.inside), else_=0)) for each in columns)
    return sa.select(*keys, *counts).where(rows.c.inside != 0, given.c.answer.in_(columns)).group_by(*keys)


def _is_of_chosen(model: type[Base]) -> sa.ColumnElement[bool]:
    columns = sa.inspect(model).columns
    return rollup.is_month_of_chosen(columns["office_id"], columns["month"])


def _sums() -> tuple[sa.ColumnElement[Any], ...]:
    total = (sa.func.sum(getattr(Rating, key)).label(key) for key in ELEMENTS)
    return sa.func.count().label("respondents"), *total, sa.func.sum(_square()).label("squares")


def _square() -> sa.ColumnElement[int]:
    return sa.cast(Rating.points, sa.BigInteger) * Rating.points


def _text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """What puts a rating into one of a dimension's groups; "" where nobody said."""
    return sa.func.coalesce(sa.cast(column, sa.Text), "")
