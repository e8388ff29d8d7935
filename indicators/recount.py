"""Recounts daily and monthly figures: one set-based statement a table, whatever the number of rows or offices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint, Event
from core.batches import batches
from core.calendar import Month
from core.db import Base
from indicators.models import ComplaintDay, ComplaintMonth, RatingDay, RatingMonth
from offices.dirty import Figures
from offices.models import DirtyDay, Office
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating

OfficeDay = tuple[int, date]
# Pairs of office and day in one statement: SQLite takes an expression of depth 1000 at most.
BATCH = 400
RATING_KEYS = ("service_code", "edition_code")
RATING_SUMS = ("respondents", *(key.value for key in OFFICIAL_ORDER), "squares")
MOVE_KEYS = ("move", "category_code", "village_code", "source", "exclusion")
MOVE_SUMS = ("moves", "first_closes", "confirmed", "disputed")


@dataclass(frozen=True)
class Recounted:
    """What a recount did: days whose figures were made again, and rows that hold them now."""

    days: int
    rows: int


def take_marks(session: Session) -> dict[Figures, set[OfficeDay]]:
    """Take all marks away and say what they marked. First thing in the recount's transaction: a change that
    comes in meanwhile leaves a mark of its own, for the next night.
    """
    taken = session.execute(sa.delete(DirtyDay).returning(DirtyDay.kind, DirtyDay.office_id, DirtyDay.day)).all()
    return {kind: {(row.office_id, row.day) for row in taken if row.kind == kind} for kind in Figures}


def one_day(session: Session, day: date) -> dict[Figures, set[OfficeDay]]:
    """The day, for every office and both kinds."""
    pairs = {(office_id, day) for office_id in session.scalars(sa.select(Office.id))}
    return {kind: set(pairs) for kind in Figures}


def recount(session: Session, dirty: dict[Figures, set[OfficeDay]]) -> Recounted:
    """Make the figures of the dirty days, and of their months, again."""
    rows = 0
    for part in batches(sorted(dirty[Figures.RATINGS]), BATCH):
        rows += _ratings(session, part)
    for part in batches(sorted(dirty[Figures.COMPLAINTS]), BATCH):
        rows += _complaints(session, part)
    return Recounted(len(dirty[Figures.RATINGS] | dirty[Figures.COMPLAINTS]), rows)


def recount_all(session: Session) -> Recounted:
    """Make all figures again from nothing."""
    session.execute(sa.delete(DirtyDay))
    rows = _ratings(session, None) + _complaints(session, None)
    days = sa.union(
        sa.select(RatingDay.office_id, RatingDay.day), sa.select(ComplaintDay.office_id, ComplaintDay.received_day)
    )
    return Recounted(session.scalar(sa.select(sa.func.count()).select_from(days.subquery())) or 0, rows)


def month_of(day: sa.SQLColumnExpression[date]) -> sa.ColumnElement[str]:
    """The month "2026-10" of a day, on either database."""
    return sa.func.substr(sa.cast(day, sa.Text), 1, 7)


def rating_sums(*, recorded_by: datetime | None = None) -> sa.Select[tuple[object, ...]]:
    """Ratings counted and summed by office, day, service and edition, in the columns of RatingDay.

    With `recorded_by`: as it stood at that moment.
    """
    keys = (Rating.office_id, Rating.day, Rating.service_code, Rating.edition_code)
    total = (sa.func.sum(getattr(Rating, key.value)).label(key.value) for key in OFFICIAL_ORDER)
    squares = sa.func.sum(sa.cast(Rating.points, sa.BigInteger) * Rating.points)
    sums = (sa.func.count().label("respondents"), *total, squares.label("squares"))
    return sa.select(*keys, *sums).where(standing(Rating, recorded_by)).group_by(*keys)


def move_counts(*, recorded_by: datetime | None = None) -> sa.Select[tuple[object, ...]]:
    """Moves counted by office, day of receipt, day of the move and what the report is, as in ComplaintDay."""
    exclusion = Complaint.exclusion if recorded_by is None else exclusion_at(recorded_by)
    keys = (
        Complaint.office_id,
        Complaint.received_on.label("received_day"),
        Event.day.label("move_day"),
        Event.move,
        Complaint.category_code,
        sa.func.coalesce(Complaint.village_code, "").label("village_code"),
        Complaint.source,
        sa.func.coalesce(exclusion, "").label("exclusion"),
    )
    of_report = sa.and_(Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id)
    first_closes = sa.func.sum(sa.cast(Event.is_first_close, sa.Integer))
    split = (
        sa.func.sum(Event.confirmed_change).label("confirmed"),
        sa.func.sum(Event.disputed_change).label("disputed"),
    )
    chosen = sa.select(*keys, sa.func.count().label("moves"), first_closes.label("first_closes"), *split)
    chosen = chosen.select_from(sa.join(Complaint, Event, of_report)).where(standing(Complaint, recorded_by))
    if recorded_by is not None:
        chosen = chosen.where(Event.recorded_at <= recorded_by)
    return chosen.group_by(*keys)


def standing(model: type[Rating] | type[Complaint], recorded_by: datetime | None) -> sa.ColumnElement[bool]:
    """Not withdrawn; with `recorded_by`, recorded by then and not withdrawn by then."""
    if recorded_by is None:
        return model.withdrawn_at.is_(None)
    return sa.and_(
        model.recorded_at <= recorded_by, sa.or_(model.withdrawn_at.is_(None), model.withdrawn_at > recorded_by)
    )


def exclusion_at(moment: datetime) -> sa.ScalarSelect[str | None]:
    """What the report's last exclude or restore recorded by `moment` left: the exclusion, or NULL."""
    return (
        sa.select(Event.exclusion)
        .where(
            Event.office_id == Complaint.office_id,
            Event.complaint_id == Complaint.id,
            Event.move.in_(("exclude", "restore")),
            Event.recorded_at <= moment,
        )
        .order_by(Event.seq.desc())
        .limit(1)
        .correlate(Complaint)
        .scalar_subquery()
    )


def _ratings(session: Session, days: Collection[OfficeDay] | None) -> int:
    source = rating_sums()
    if days is not None:
        source = source.where(_pairs(Rating.office_id, Rating.day, days))
    daily = _replace(
        session, RatingDay, ("office_id", "day", *RATING_KEYS, *RATING_SUMS), source, _at(RatingDay.day, days)
    )
    return daily + _ratings_by_month(session, days)


def _ratings_by_month(session: Session, days: Collection[OfficeDay] | None) -> int:
    month = month_of(RatingDay.day)
    keys = (RatingDay.office_id, month, *(getattr(RatingDay, key) for key in RATING_KEYS))
    source = sa.select(*keys, *(sa.func.sum(getattr(RatingDay, name)) for name in RATING_SUMS)).group_by(*keys)
    if days is not None:
        source = source.where(_in_months(RatingDay.office_id, RatingDay.day, days))
    columns = ("office_id", "month", *RATING_KEYS, *RATING_SUMS)
    return _replace(session, RatingMonth, columns, source, _of(RatingMonth.month, days))


def _complaints(session: Session, days: Collection[OfficeDay] | None) -> int:
    source = move_counts()
    if days is not None:
        source = source.where(_pairs(Complaint.office_id, Complaint.received_on, days))
    columns = ("office_id", "received_day", "move_day", *MOVE_KEYS, *MOVE_SUMS)
    daily = _replace(session, ComplaintDay, columns, source, _at(ComplaintDay.received_day, days))
    return daily + _complaints_by_month(session, days)


def _complaints_by_month(session: Session, days: Collection[OfficeDay] | None) -> int:
    months = (month_of(ComplaintDay.received_day), month_of(ComplaintDay.move_day))
    keys = (ComplaintDay.office_id, *months, *(getattr(ComplaintDay, key) for key in MOVE_KEYS))
    source = sa.select(*keys, *(sa.func.sum(getattr(ComplaintDay, name)) for name in MOVE_SUMS)).group_by(*keys)
    if days is not None:
        source = source.where(_in_months(ComplaintDay.office_id, ComplaintDay.received_day, days))
    columns = ("office_id", "received_month", "move_month", *MOVE_KEYS, *MOVE_SUMS)
    return _replace(session, ComplaintMonth, columns, source, _of(ComplaintMonth.received_month, days))


def _replace(
    session: Session,
    model: type[Base],
    columns: Sequence[str],
    source: sa.Select[tuple[object, ...]],
    where: sa.ColumnElement[bool] | None,
) -> int:
    """Put the rows of `source` in the place of those `where` speaks of (None: all); how many there are now."""
    old = sa.delete(model)
    session.execute(old if where is None else old.where(where))
    new = sa.insert(model).from_select(list(columns), source).execution_options(preserve_rowcount=True)
    return session.connection().execute(new).rowcount


def _at(day: sa.SQLColumnExpression[date], days: Collection[OfficeDay] | None) -> sa.ColumnElement[bool] | None:
    return None if days is None else _pairs(sa.column("office_id", sa.Integer), day, days)


def _of(month: sa.SQLColumnExpression[str], days: Collection[OfficeDay] | None) -> sa.ColumnElement[bool] | None:
    if days is None:
        return None
    pairs = {(office_id, str(Month.of_day(day))) for office_id, day in days}
    return _pairs(sa.column("office_id", sa.Integer), month, pairs)


def _pairs(
    office: sa.SQLColumnExpression[int], value: sa.SQLColumnExpression[Any], pairs: Collection[tuple[int, Any]]
) -> sa.ColumnElement[bool]:
    """One of the pairs; each half is asked for by itself too, because SQLite finds no index for a pair."""
    offices, values = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return sa.and_(office.in_(offices), value.in_(values), sa.tuple_(office, value).in_(pairs))


def _in_months(
    office: sa.SQLColumnExpression[int], column: sa.SQLColumnExpression[date], days: Collection[OfficeDay]
) -> sa.ColumnElement[bool]:
    """Rows of the whole months in which the days lie, asked by day so that the key serves."""
    months = {(office_id, Month.of_day(day)) for office_id, day in days}
    ranges = (sa.and_(office == office_id, column >= m.first_day, column < m.day_after) for office_id, m in months)
    return sa.or_(*ranges)
