"""The reports behind each figure of indicator 4, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from complaints.models import Category, Complaint, Event
from complaints.terms import Exclusion, Move
from core.calendar import ONE_DAY
from core.periods import Period
from indicators.ledger import OPENS
from indicators.queries import PATROL
from indicators.recount import category_at, exclusion_at, standing

PAGE = 100
# How each move changes whether a report stands settled.
STANDS = {Move.SETTLE: 1, Move.REOPEN: -1, Move.DENY: -1}


class Behind(StrEnum):
    """Which figure; the value stands in the address."""

    RECEIVED = "diterima"
    SETTLED = "selesai"
    UNSETTLED = "belum-selesai"
    CONFIRMED = "dibenarkan"
    SILENT = "tanpa-jawaban"
    DISPUTED = "disanggah"
    EXCLUDED = "dikeluarkan"
    CLOSED = "ditutup"
    OPENING = "awal"
    CLOSING = "akhir"
    MOVED_IN = "masuk"
    REOPENED = "dibuka-lagi"
    MOVED_SETTLED = "langkah-selesai"
    MOVED_EXCLUDED = "langkah-dikeluarkan"


MOVES = {
    Behind.MOVED_IN: (Move.RECEIVE,),
    Behind.REOPENED: (Move.REOPEN, Move.DENY, Move.RESTORE),
    Behind.MOVED_SETTLED: (Move.SETTLE,),
    Behind.MOVED_EXCLUDED: (Move.EXCLUDE,),
}


@dataclass(frozen=True)
class ReportRow:
    """One report, or one move of it; `day` is that of the receipt or of the move."""

    number: str
    day: date
    category: str
    exclusion: str | None
    seq: int


@dataclass(frozen=True)
class Counted:
    """What a figure counted: the office's moves recorded by a moment, with patrol findings or without."""

    office_id: int
    recorded_by: datetime
    patrol: bool


@dataclass(frozen=True)
class Only:
    """Which of a figure's rows; None: all. `village` "" has those of an unknown desa. `settler`: whose settling stands,
    an account's id or "" for an import's.
    """

    kind: Exclusion | None = None
    category: str | None = None
    village: str | None = None
    settler: str | None = None


ALL = Only()


def behind(
    session: Session, counted: Counted, period: Period, figure: Behind, only: Only = ALL, after: int = 0
) -> Sequence[ReportRow]:
    """The rows of a figure, by the running number of the event that brought them in; at most PAGE of them, after
    `after`.
    """
    first, last = period.first.first_day, period.last.last_day
    exclusion, category = exclusion_at(counted.recorded_by), category_at(counted.recorded_by)
    of_report = sa.and_(Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id)
    of_category = sa.and_(Category.office_id == Complaint.office_id, Category.code == category)
    source = sa.true() if counted.patrol else Complaint.source != PATROL
    chosen = (
        sa.select(Complaint.number, Event.day, Category.name, exclusion.label("exclusion"), Event.seq)
        .join_from(Complaint, Event, of_report)
        .join(Category, of_category)
        .where(Complaint.office_id == counted.office_id, standing(counted.recorded_by), source)
        .where(Event.recorded_at <= counted.recorded_by, Event.seq > after)
        .where(_condition(figure, first, last, counted.recorded_by))
        .order_by(Event.seq)
        .limit(PAGE)
    )
    return [ReportRow(*row) for row in session.execute(chosen.where(*_only(only, last, counted.recorded_by)))]


def settler_at(last: date, moment: datetime) -> sa.ScalarSelect[UUID | None]:
    """Who settled the outer report last, up to the end of the day, of what was recorded by the moment."""
    event = aliased(Event)
    return (
        sa.select(event.actor_id)
        .where(event.office_id == Complaint.office_id, event.complaint_id == Complaint.id)
        .where(event.move == Move.SETTLE, event.day <= last, event.recorded_at <= moment)
        .order_by(event.seq.desc())
        .limit(1)
        .correlate(Complaint)
        .scalar_subquery()
    )


def stands_settled(last: date, moment: datetime) -> sa.ColumnElement[bool]:
    """Whether the outer report's last settle-or-reopen move is a settle, likewise."""
    return _balance(STANDS, last, moment) > 0


def _only(only: Only, last: date, moment: datetime) -> list[sa.ColumnElement[bool]]:
    chosen: list[sa.ColumnElement[bool]] = []
    if only.kind is not None:
        chosen.append(exclusion_at(moment) == only.kind)
    if only.category is not None:
        chosen.append(category_at(moment) == only.category)
    if only.village is not None:
        chosen.append(sa.func.coalesce(Complaint.village_code, "") == only.village)
    if only.settler is not None:
        settler = settler_at(last, moment)
        chosen.append(settler == UUID(only.settler) if only.settler else settler.is_(None))
    return chosen


def _condition(figure: Behind, first: date, last: date, moment: datetime) -> sa.ColumnElement[bool]:
    exclusion = exclusion_at(moment)
    if figure in MOVES:
        return sa.and_(Event.move.in_(MOVES[figure]), Event.day.between(first, last))
    if figure == Behind.CLOSED:
        return sa.and_(Event.is_first_close, Event.day.between(first, last), exclusion.is_(None))
    receipt = Event.move == Move.RECEIVE
    if figure in {Behind.OPENING, Behind.CLOSING}:
        day = last if figure == Behind.CLOSING else first - ONE_DAY
        return sa.and_(receipt, _balance(OPENS, day, moment) > 0)
    cohort = sa.and_(receipt, Complaint.received_on.between(first, last))
    if figure == Behind.EXCLUDED:
        return sa.and_(cohort, exclusion.is_not(None))
    return sa.and_(cohort, exclusion.is_(None), _of_valid(figure, last, moment))


def _of_valid(figure: Behind, last: date, moment: datetime) -> sa.ColumnElement[bool]:
    """Which of the valid reports received in the period, as they stood at its end."""
    settled = stands_settled(last, moment)
    confirmed, disputed = (_sum(column, last, moment) > 0 for column in ("confirmed_change", "disputed_change"))
    conditions = {
        Behind.SETTLED: settled,
        Behind.UNSETTLED: sa.not_(settled),
        Behind.CONFIRMED: confirmed,
        Behind.DISPUTED: disputed,
        Behind.SILENT: sa.and_(settled, sa.not_(confirmed), sa.not_(disputed)),
    }
    return conditions.get(figure, sa.true())


def _balance(weights: dict[Move, int], day: date, moment: datetime) -> sa.ColumnElement[int]:
    """Σ of the weights of the outer report's moves up to the end of the day, of those recorded by the moment."""
    event = aliased(Event)
    weight = sa.case({move.value: count for move, count in weights.items()}, value=event.move, else_=0)
    return _total(event, weight, day, moment)


def _sum(column: str, day: date, moment: datetime) -> sa.ColumnElement[int]:
    """Σ of a column of the outer report's moves, likewise."""
    event = aliased(Event)
    return _total(event, getattr(event, column), day, moment)


def _total(event: type[Event], weight: sa.ColumnElement[int], day: date, moment: datetime) -> sa.ColumnElement[int]:
    return (
        sa.select(sa.func.coalesce(sa.func.sum(weight), 0))
        .where(event.office_id == Complaint.office_id, event.complaint_id == Complaint.id)
        .where(event.day <= day, event.recorded_at <= moment)
        .correlate(Complaint)
        .scalar_subquery()
    )
