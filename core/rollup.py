"""Counts made again from their source rows: one set-based statement a table, whatever the number of rows or offices."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import Base

OfficeDay = tuple[int, date]
# Pairs of office and day in one statement: SQLite takes an expression of depth 1000 at most.
BATCH = 400


def month_of(day: sa.SQLColumnExpression[date]) -> sa.ColumnElement[str]:
    """The month "2026-10" of a day, on either database."""
    return sa.func.substr(sa.cast(day, sa.Text), 1, 7)


def replace(
    session: Session,
    model: type[Base],
    columns: Sequence[str],
    source: sa.Select[tuple[object, ...]],
    where: sa.ColumnElement[bool] | None,
) -> int:
    """Put the rows of `source` in the place of those `where` speaks of (None: all); how many there are now."""
    old = sa.delete(model)
    session.execute(old if where is None else old.where(where))
    return fill(session, model, columns, source)


def fill(session: Session, model: type[Base], columns: Sequence[str], source: sa.Select[tuple[object, ...]]) -> int:
    """Add the rows of `source`; how many."""
    new = sa.insert(model).from_select(list(columns), source).execution_options(preserve_rowcount=True)
    return session.connection().execute(new).rowcount


def at_days(day: sa.SQLColumnExpression[date], days: Collection[OfficeDay] | None) -> sa.ColumnElement[bool] | None:
    """Rows of these days; None for all."""
    return None if days is None else pairs(sa.column("office_id", sa.Integer), day, days)


def of_months(month: sa.SQLColumnExpression[str], days: Collection[OfficeDay] | None) -> sa.ColumnElement[bool] | None:
    """Rows of the months of these days; None for all."""
    if days is None:
        return None
    chosen = {(office_id, str(Month.of_day(day))) for office_id, day in days}
    return pairs(sa.column("office_id", sa.Integer), month, chosen)


def pairs(
    office: sa.SQLColumnExpression[int], value: sa.SQLColumnExpression[Any], chosen: Collection[tuple[int, Any]]
) -> sa.ColumnElement[bool]:
    """One of the pairs; each half is asked for by itself too, because SQLite finds no index for a pair."""
    offices, values = {pair[0] for pair in chosen}, {pair[1] for pair in chosen}
    return sa.and_(office.in_(offices), value.in_(values), sa.tuple_(office, value).in_(chosen))


def in_months(
    office: sa.SQLColumnExpression[int], column: sa.SQLColumnExpression[date], days: Collection[OfficeDay]
) -> sa.ColumnElement[bool]:
    """Rows of the whole months in which the days lie, asked by day so that the key serves."""
    months = {(office_id, Month.of_day(day)) for office_id, day in days}
    ranges = (sa.and_(office == office_id, column >= m.first_day, column < m.day_after) for office_id, m in months)
    return sa.or_(*ranges)
