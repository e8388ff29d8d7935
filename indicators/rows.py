"""The reports behind each figure of indicator 4, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from complaints.models import Category, Complaint, Event
from complaints.terms import Move
from core.calendar import ONE_DAY
from indicators.ledger import OPENS, Period
from indicators.queries import PATROL

PAGE = 100


class Behind(StrEnum):
    """Which figure; the value stands in the address."""

    RECEIVED = "diterima"
    SETTLED = "selesai"
    UNSETTLED = "belum-selesai"
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
    Behind.REOPENED: (Move.REOPEN, Move.RESTORE),
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


def behind(
    session: Session, office_id: int, period: Period, figure: Behind, *, patrol: bool, after: int = 0
) -> Sequence[ReportRow]:
    """The rows of a figure, by the running number of the event that brought them in; at most PAGE after `after`."""
    first, last = period.first.first_day, period.last.last_day
    counted = sa.true() if patrol else Complaint.source != PATROL
    chosen = (
        sa.select(Complaint.number, Event.day, Category.name, Complaint.exclusion, Event.seq)
        .join_from(
            Complaint, Event, sa.and_(Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id)
        )
        .join(Category, sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code))
        .where(Complaint.office_id == office_id, Complaint.withdrawn_at.is_(None), counted, Event.seq > after)
        .where(_condition(figure, first, last))
        .order_by(Event.seq)
        .limit(PAGE)
    )
    return [ReportRow(*row) for row in session.execute(chosen)]


def _condition(figure: Behind, first: date, last: date) -> sa.ColumnElement[bool]:
    if figure in MOVES:
        return sa.and_(Event.move.in_(MOVES[figure]), Event.day.between(first, last))
    if figure == Behind.CLOSED:
        return sa.and_(Event.is_first_close, Event.day.between(first, last), Complaint.exclusion.is_(None))
    receipt = Event.move == Move.RECEIVE
    if figure == Behind.OPENING:
        return sa.and_(receipt, _open_at(first - ONE_DAY))
    if figure == Behind.CLOSING:
        return sa.and_(receipt, _open_at(last))
    return sa.and_(receipt, Complaint.received_on.between(first, last), _cohort(figure, last))


def _cohort(figure: Behind, last: date) -> sa.ColumnElement[bool]:
    if figure == Behind.EXCLUDED:
        return Complaint.exclusion.is_not(None)
    valid = Complaint.exclusion.is_(None)
    if figure == Behind.RECEIVED:
        return valid
    settled = _balance({Move.SETTLE: 1, Move.REOPEN: -1}, last) > 0
    return sa.and_(valid, settled if figure == Behind.SETTLED else sa.not_(settled))


def _open_at(day: date) -> sa.ColumnElement[bool]:
    return _balance(OPENS, day) > 0


def _balance(weights: dict[Move, int], day: date) -> sa.ColumnElement[int]:
    """Σ of the moves' weights up to the end of the day, of the report in the outer query."""
    event = aliased(Event)
    weight = sa.case({move.value: count for move, count in weights.items()}, value=event.move, else_=0)
    return (
        sa.select(sa.func.coalesce(sa.func.sum(weight), 0))
        .where(event.office_id == Complaint.office_id, event.complaint_id == Complaint.id, event.day <= day)
        .correlate(Complaint)
        .scalar_subquery()
    )
