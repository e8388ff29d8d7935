"""Cases for the desk's tests: cases.case() is received, cases.act(number, "verify") moves it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import events
from complaints.deadlines import deadlines
from complaints.desk import moves
from complaints.models import Complaint, Event
from complaints.terms import Exclusion, Move
from complaints.workflow import Details
from core.calendar import wib_day
from core.db import db, transaction
from offices.models import Staff
from tests import make

# Whatever a move may ask for.
WORDS = {
    "reason": "Perlu", "action": "Ditertibkan", "answer": "Sudah kami tangani", "question": "Di mana?",
    "note": "Temui RT", "said": "Belum beres", "record_number": "BA-17/2026",
}  # fmt: skip
LATER = make.START + timedelta(hours=2)


def case(*, now: datetime = make.START, **values: Any) -> str:
    """A report received at `now` with the promises of an ordinary one; returns its number."""
    dates = deadlines(now, 14, ())
    row: dict[str, Any] = {
        "received_at": now, "received_on": wib_day(now), "recorded_at": now, "due_on": dates.answer_due,
        "answer_due": dates.answer_due, "follow_up_due": dates.follow_up_due, "settle_due": dates.settle_due,
    }  # fmt: skip
    complaint_id = make.bare_report(**(row | values))
    _receive(complaint_id, now)
    db.session.rollback()
    return str(db.session.scalar(sa.select(Complaint.number).filter_by(id=complaint_id)))


@transaction
def _receive(session: Session, complaint_id: UUID, now: datetime) -> None:
    events.append(session, make.OFFICE, events.NewEvent(complaint_id, Move.RECEIVE, now), now=now)


def officer(role: str = "officer", **values: Any) -> UUID:
    email = make.staff(role, **values)
    db.session.rollback()
    return db.session.scalars(sa.select(Staff.id).filter_by(email=email)).one()


def act(number: str, move: str, *, now: datetime = LATER, actor: UUID | None = None, **words: Any) -> None:
    """Make a move as it now stands, with every detail that any move may ask for."""
    actor = actor or officer()
    details: dict[str, Any] = WORDS | words
    if move == "assign":
        details.setdefault("assignee", actor)
    if move == "exclude":
        details.setdefault("exclusion", Exclusion.SPAM)
    if move == "recategorise":
        details.setdefault("category", "lainnya" if report(number).category_code == "jalan" else "jalan")
    moves.move(
        office_id=make.OFFICE, number=number, version=report(number).version, move=Move(move), role="officer",
        actor_id=actor, details=Details(**details), now=now,
    )  # fmt: skip


def settled(**values: Any) -> str:
    """A report that was settled two hours after it came."""
    number = case(**values)
    for step in ("verify", "start", "settle"):
        act(number, step)
    return number


def report(number: str) -> Complaint:
    """The report as it now stands."""
    db.session.rollback()
    return db.session.scalars(sa.select(Complaint).filter_by(number=number)).one()


def history(number: str) -> list[Event]:
    """Its events, in order."""
    key = report(number).id
    return list(db.session.scalars(sa.select(Event).filter_by(complaint_id=key).order_by(Event.seq)))
