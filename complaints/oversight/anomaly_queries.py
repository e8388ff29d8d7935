"""Named reads of a month's moves and findings for those who oversee the handling; all by the index of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from complaints.case_models import Finding
from complaints.models import Complaint, Event, EventWords
from complaints.oversight.anomalies import Left, Settling
from complaints.pictures import proof_queries
from complaints.pictures.proof_queries import FindingLine
from complaints.terms import Move
from core.calendar import Month, day_range

BEGINNINGS = (Move.START.value, Move.REOPEN.value, Move.DENY.value)
DENIALS = (Move.DENY.value, Move.DISPUTE.value, Move.HALF_FIXED.value)
SAME = sa.and_(Complaint.office_id == Event.office_id, Complaint.id == Event.complaint_id)
Earlier, Later = aliased(Event), aliased(Event)
# Moves of the same report before the one that is looked at.
BEFORE = (
    Earlier.office_id == Event.office_id,
    Earlier.complaint_id == Event.complaint_id,
    Earlier.seq < Event.seq,
)


@dataclass(frozen=True)
class Denial:
    """A resident said that a settling was none; `settled_by`: who had made it."""

    number: str
    move: Move
    day: date
    settled_by: UUID | None


@dataclass(frozen=True)
class Replaced:
    """An officer replaced the code of a receipt. `confirmed`: with it somebody said later, as the first reporter, that
    all is settled.
    """

    number: str
    officer: UUID
    day: date
    reason: str
    confirmed: bool


def settlings(session: Session, office_id: int, month: Month) -> list[Settling]:
    """All that people settled in the month; what an import brought was settled by nobody here."""
    return settlings_between(session, office_id, month.first_day, month.last_day)


def settlings_between(
    session: Session, office_id: int, first: date, last: date, recorded_by: datetime | None = None
) -> list[Settling]:
    """The same of the days from `first` to `last`, or of what was recorded by a moment."""
    begun_at = sa.select(sa.func.max(Earlier.at)).where(*BEFORE, Earlier.move.in_(BEGINNINGS)).scalar_subquery()
    columns = (Complaint.number, Event.actor_id, Event.at, Event.day, Complaint.received_at, begun_at)
    chosen = _between(office_id, first, last, (Move.SETTLE.value,), columns).where(Event.actor_id.is_not(None))
    if recorded_by is not None:
        chosen = chosen.where(Event.recorded_at <= recorded_by)
    return [Settling(*row) for row in session.execute(chosen)]


def excluded(session: Session, office_id: int, month: Month) -> list[Left]:
    """All that people excluded in the month."""
    chosen = _of(office_id, month, (Move.EXCLUDE.value,), (Complaint.number, Event.actor_id))
    return [Left(*row) for row in session.execute(chosen.where(Event.actor_id.is_not(None)))]


def denials(session: Session, office_id: int, month: Month) -> list[Denial]:
    """Each time in the month that a resident said "not" or "by half" to a settling."""
    last = sa.select(Earlier.actor_id).where(*BEFORE, Earlier.move == Move.SETTLE.value)
    settled_by = last.order_by(Earlier.seq.desc()).limit(1).scalar_subquery()
    chosen = _of(office_id, month, DENIALS, (Complaint.number, Event.move, Event.day, settled_by))
    return [Denial(number, Move(move), day, officer) for number, move, day, officer in session.execute(chosen)]


def replaced(session: Session, office_id: int, month: Month) -> list[Replaced]:
    """Each code of a receipt that was replaced in the month."""
    later = sa.exists().where(
        Later.office_id == Event.office_id,
        Later.complaint_id == Event.complaint_id,
        Later.seq > Event.seq,
        Later.move == Move.CONFIRM.value,
        Event.joiner_id.is_(None),
    )
    words = sa.and_(EventWords.office_id == Event.office_id, EventWords.event_id == Event.id)
    columns = (Complaint.number, Event.actor_id, Event.day, sa.func.coalesce(EventWords.reason, ""), later)
    chosen = _of(office_id, month, (Move.REISSUE.value,), columns).outerjoin(EventWords, words)
    return [Replaced(number, who, day, why, bool(said)) for number, who, day, why, said in session.execute(chosen)]


def findings(session: Session, office_id: int, month: Month) -> list[FindingLine]:
    """What was found in proofs in the month, the newest first."""
    start, end = day_range(month.first_day)[0], day_range(month.last_day)[1]
    chosen = proof_queries.lines().where(
        Finding.office_id == office_id, Finding.found_at >= start, Finding.found_at < end
    )
    rows = session.execute(chosen.order_by(Finding.found_at.desc(), Finding.id.desc()))
    return [proof_queries.line_of(row) for row in rows]


def _of(office_id: int, month: Month, moves: Sequence[str], columns: Sequence[Any]) -> sa.Select[Any]:
    """The month's moves of these kinds, in the order recorded."""
    return _between(office_id, month.first_day, month.last_day, moves, columns)


def _between(office_id: int, first: date, last: date, moves: Sequence[str], columns: Sequence[Any]) -> sa.Select[Any]:
    chosen = sa.select(*columns).select_from(Event).join(Complaint, SAME).where(Event.office_id == office_id)
    return chosen.where(Event.day.between(first, last), Event.move.in_(moves)).order_by(Event.seq)
