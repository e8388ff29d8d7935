"""Counts made again from their source rows: one set-based statement a table, whatever the number of rows or offices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import Base
from core.upsert import insert_for

OfficeDay = tuple[int, date]
# Pairs of office and day in one statement: SQLite takes an expression of depth 1000 at most.
BATCH = 400
Rows = sa.Select[Any] | sa.CompoundSelect[Any]


def month_of(day: sa.SQLColumnExpression[date]) -> sa.ColumnElement[str]:
    """The month "2026-10" of a day, on either database."""
    return sa.func.substr(sa.cast(day, sa.Text), 1, 7)


@dataclass(frozen=True)
class Figures:
    """Daily figures, and those of months, which are their sums. `days` and `months` are the columns of time, of which
    the first says what is recounted; `keys` the others of the key; `sums` what is counted, of which the first is 0 only
    where there is nothing.
    """

    daily: type[Base]
    monthly: type[Base]
    days: tuple[str, ...]
    months: tuple[str, ...]
    keys: tuple[str, ...]
    sums: tuple[str, ...]

    @property
    def day_keys(self) -> tuple[str, ...]:
        """The key of a daily row."""
        return "office_id", *self.days, *self.keys

    @property
    def month_keys(self) -> tuple[str, ...]:
        """The key of a month's row."""
        return "office_id", *self.months, *self.keys

    def by_month(self, days: sa.FromClause) -> sa.Select[Any]:
        """The sums of daily rows by month, in the columns of the monthly ones."""
        months = (month_of(days.c[name]) for name in self.days)
        keys = (days.c.office_id, *months, *(days.c[name] for name in self.keys))
        return sa.select(*keys, *(sa.func.sum(days.c[name]) for name in self.sums)).group_by(*keys)


# The days that are to be recounted, in a table of the connection alone, so that any number of them is one condition.
DAYS = sa.Table(
    "recounted_day",
    sa.MetaData(),
    sa.Column("office_id", sa.Integer),
    sa.Column("day", sa.Date),
    sa.Column("month", sa.Text),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)


def choose(session: Session, days: Collection[OfficeDay]) -> None:
    """From now on, in this transaction, `is_chosen` speaks of these days."""
    rows = [{"office_id": office_id, "day": day, "month": str(Month.of_day(day))} for office_id, day in days]
    empty(session, DAYS)
    session.connection().execute(sa.insert(DAYS), rows)
    if session.get_bind().dialect.name == "postgresql":  # which would else guess how many there are
        session.connection().execute(sa.text("ANALYZE recounted_day"))


def is_chosen(office: sa.SQLColumnExpression[int], day: sa.SQLColumnExpression[date]) -> sa.ColumnElement[bool]:
    """Whether a row's day is one of those chosen."""
    return sa.tuple_(office, day).in_(sa.select(DAYS.c.office_id, DAYS.c.day))


def is_month_of_chosen(
    office: sa.SQLColumnExpression[int], month: sa.SQLColumnExpression[str]
) -> sa.ColumnElement[bool]:
    """Whether a row's month holds one of the days chosen."""
    return sa.tuple_(office, month).in_(sa.select(DAYS.c.office_id, DAYS.c.month))


def recount_all(session: Session, figures: Figures, source: Rows) -> int:
    """Make all daily rows what `source` says, and all months with them; how many rows there are now."""
    written = replace(session, figures.daily, (*figures.day_keys, *figures.sums), source)
    months = figures.by_month(figures.daily.__table__)
    return written + replace(session, figures.monthly, (*figures.month_keys, *figures.sums), months)


def recount_chosen(session: Session, figures: Figures, source: Rows) -> int:
    """Make the daily rows of the chosen days what `source` says of them, and their months with them; how many rows
    were written. Only what differs is written: a day has many rows, and a late rating touches few.
    """
    daily, monthly = sa.inspect(figures.daily).columns, sa.inspect(figures.monthly).columns
    changed = is_chosen(daily["office_id"], daily[figures.days[0]])
    change = _difference(session, figures, source, changed)
    whole = sa.select(*change.c).where(sa.true())
    written = add(session, figures.daily, figures.day_keys, figures.sums, whole)
    written += add(session, figures.monthly, figures.month_keys, figures.sums, figures.by_month(change))
    remove_empty(session, figures.daily, figures.sums, changed)
    of_them = is_month_of_chosen(monthly["office_id"], monthly[figures.months[0]])
    remove_empty(session, figures.monthly, figures.sums, of_them)
    return written


def _difference(session: Session, figures: Figures, source: Rows, changed: sa.ColumnElement[bool]) -> sa.Table:
    """What is to be added to the daily rows, in a table of this connection alone: `source` less what is there."""
    there, fresh, table = sa.inspect(figures.daily).columns, source.subquery(), _change(figures)
    gone = [there[name] for name in figures.day_keys] + [-there[name] for name in figures.sums]
    both = sa.union_all(sa.select(*fresh.c), sa.select(*gone).where(changed)).subquery()
    keys = list(both.c)[: len(figures.day_keys)]
    sums = [sa.func.sum(each) for each in list(both.c)[len(keys) :]]
    found = sa.select(*keys, *sums).group_by(*keys).having(sa.or_(*(each != 0 for each in sums)))
    empty(session, table)
    session.connection().execute(sa.insert(table).from_select([*figures.day_keys, *figures.sums], found))
    return table


@cache
def _change(figures: Figures) -> sa.Table:
    """Made once, so that the statements which name it need not be put into words anew each night."""
    there = sa.inspect(figures.daily).columns
    columns = (sa.Column(name, there[name].type) for name in (*figures.day_keys, *figures.sums))
    name = f"{figures.daily.__tablename__}_change"
    return sa.Table(name, sa.MetaData(), *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DROP")


def empty(session: Session, table: sa.Table) -> None:
    """Have an empty table of this connection: it goes with the transaction, or lies there until the next."""
    session.connection().execute(sa.schema.CreateTable(table, if_not_exists=True))
    session.connection().execute(sa.delete(table))


def replace(session: Session, model: type[Base], columns: Sequence[str], source: Rows) -> int:
    """Make the model's rows what `source` says; how many there are now."""
    session.execute(sa.delete(model))
    return _fill(session, model, columns, source)


def _fill(session: Session, model: type[Base], columns: Sequence[str], source: Rows) -> int:
    new = sa.insert(model).from_select(list(columns), source).execution_options(preserve_rowcount=True)
    return session.connection().execute(new).rowcount


def add(session: Session, model: type[Base], keys: Sequence[str], sums: Sequence[str], source: Rows) -> int:
    """Add to the rows that are there, or put new ones in; how many."""
    new = insert_for(session, model).from_select([*keys, *sums], source)
    there = sa.inspect(model).columns
    more = {name: there[name] + new.excluded[name] for name in sums}
    added = new.on_conflict_do_update(index_elements=list(keys), set_=more)
    return session.connection().execute(added.execution_options(preserve_rowcount=True)).rowcount


def remove_empty(session: Session, model: type[Base], sums: Sequence[str], within: sa.ColumnElement[bool]) -> None:
    """Take away the rows whose sums are all 0."""
    there = sa.inspect(model).columns
    session.execute(sa.delete(model).where(within, *(there[name] == 0 for name in sums)))


def pairs(
    office: sa.SQLColumnExpression[int], value: sa.SQLColumnExpression[Any], chosen: Collection[tuple[int, Any]]
) -> sa.ColumnElement[bool]:
    """One of the pairs; each half is asked for by itself too, because SQLite finds no index for a pair."""
    offices, values = {pair[0] for pair in chosen}, {pair[1] for pair in chosen}
    return sa.and_(office.in_(offices), value.in_(values), sa.tuple_(office, value).in_(chosen))
