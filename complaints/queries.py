"""Named reads of reports."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import DueChange, Joiner
from complaints.counters import Place, place
from complaints.events import HASHED, HASHED_IF_SET, WrittenWords, facts, words_digest
from complaints.models import Category, Chain, Complaint, Contact, Event, EventWords
from complaints.states import EventFact
from complaints.terms import Exclusion, Move
from core.chain import GENESIS, ChainedEvent, verify

AT_ONCE = 1000
WORDS = tuple(field.name for field in fields(WrittenWords))
FACTS = (*HASHED, *HASHED_IF_SET)
# What the chain is made of: an event's place in it, its facts, and its words with their salt.
CHAINED = (
    *(getattr(Event, name) for name in ("seq", "previous_hash", "hash", *FACTS)),
    *(getattr(EventWords, name) for name in ("salt", *WORDS)),
)
SAME_EVENT = sa.and_(EventWords.office_id == Event.office_id, EventWords.event_id == Event.id)
# Built once, and run below the ORM: every report asks it.
SETTLE_DAYS = sa.select(Category.settle_days).where(
    Category.office_id == sa.bindparam("office"), Category.code == sa.bindparam("category")
)


@dataclass(frozen=True)
class Step:
    """A recorded move and what was written with it; blank words: nothing was written, or it was erased."""

    fact: EventFact
    words: WrittenWords


@dataclass(frozen=True)
class Opened:
    """What a receipt opens: the report, for who reported first, or for somebody who joined it."""

    office_id: int
    complaint_id: UUID
    joiner_id: UUID | None


def events_of(session: Session, office_id: int, complaint_id: UUID) -> list[Step]:
    """A report's moves with their words, in the order recorded; `replay(step.fact for step in …)` gives its state."""
    chosen = _with_words().where(Event.office_id == office_id, Event.complaint_id == complaint_id).order_by(Event.seq)
    return [Step(_fact(event), _words(words)) for event, words in session.execute(chosen)]


def opened_by(session: Session, office_id: int, digest: str) -> Opened | None:
    """What the receipt with this keyed digest opens."""
    holder = {"office_id": office_id, "receipt_digest": digest}
    report = session.scalar(sa.select(Complaint.id).filter_by(**holder))
    if report is not None:
        return Opened(office_id, report, None)
    joined = session.execute(sa.select(Joiner.complaint_id, Joiner.id).filter_by(**holder)).first()
    return Opened(office_id, joined.complaint_id, joined.id) if joined else None


def contact(session: Session, office_id: int, complaint_id: UUID) -> bytes | None:
    """Who reported first, sealed; None when they did not say, or it was erased."""
    return session.scalar(sa.select(Contact.sealed).filter_by(office_id=office_id, complaint_id=complaint_id))


def joiner(session: Session, opened: Opened) -> Joiner | None:
    """Who of those that joined holds the receipt; None: the first reporter."""
    return session.get(Joiner, (opened.office_id, opened.joiner_id)) if opened.joiner_id else None


def joiners(session: Session, office_id: int, complaint_id: UUID) -> Sequence[Joiner]:
    """Everybody who joined, the first to join first."""
    chosen = sa.select(Joiner).filter_by(office_id=office_id, complaint_id=complaint_id)
    return session.scalars(chosen.order_by(Joiner.joined_at, Joiner.id)).all()


def due_changes(session: Session, office_id: int, complaint_id: UUID) -> Sequence[DueChange]:
    """How the day on which it is to be settled was moved, in order."""
    chosen = sa.select(DueChange).filter_by(office_id=office_id, complaint_id=complaint_id)
    return session.scalars(chosen.order_by(DueChange.at, DueChange.id)).all()


def settle_days(session: Session, office_id: int, category: str) -> int:
    """Working days in which a report of this kind is to be settled."""
    return session.connection().scalars(SETTLE_DAYS, {"office": office_id, "category": category}).one()


def open_categories(session: Session, office_id: int) -> Sequence[Category]:
    """The kinds of disorder that can be reported now, in the office's order."""
    chosen = sa.select(Category).filter_by(office_id=office_id, is_open=True)
    return session.scalars(chosen.order_by(Category.position, Category.code)).all()


def categories(session: Session, office_id: int) -> Sequence[Category]:
    """All categories, closed ones too, in the office's order."""
    chosen = sa.select(Category).filter_by(office_id=office_id)
    return session.scalars(chosen.order_by(Category.position, Category.code)).all()


def received_by_import(session: Session, office_id: int, import_id: UUID) -> dict[UUID, date]:
    """The reports of an import, and the WIB day on which each was received."""
    chosen = sa.select(Complaint.id, Complaint.received_on).filter_by(office_id=office_id, import_id=import_id)
    return {complaint_id: day for complaint_id, day in session.execute(chosen)}  # noqa: C416 (dict() can't type the rows)


def moved_since_import(session: Session, office_id: int, import_id: UUID) -> int:
    """How many reports of an import have moves recorded after it."""
    mine = sa.and_(Complaint.office_id == office_id, Complaint.import_id == import_id)
    later = sa.and_(
        Event.office_id == Complaint.office_id,
        Event.complaint_id == Complaint.id,
        Event.recorded_at > Complaint.recorded_at,
    )
    chosen = sa.select(sa.func.count()).select_from(Complaint).where(mine, sa.exists().where(later))
    return session.scalar(chosen) or 0


def locked_import(session: Session, office_id: int, import_id: UUID) -> list[Place]:
    """Where each report of an import is counted now; all of them are kept from every other writer until this
    transaction ends.
    """
    columns = (Complaint.status, Complaint.is_held, Complaint.due_on)
    chosen = sa.select(*columns).filter_by(office_id=office_id, import_id=import_id).order_by(Complaint.id)
    return [place(*row) for row in session.execute(chosen.with_for_update())]


def verify_chain(session: Session, office_id: int) -> int | None:
    """The number of the office's first event that was changed since it was recorded, None when none was.

    Events recorded meanwhile are left out: the chain's end is read after the newest event, and only what came up
    to that end is checked. They are read as bare columns: 50,000 events take 1.9 s of computing (3.4 s as objects).
    """
    newest = session.scalar(sa.select(sa.func.max(Event.seq)).filter_by(office_id=office_id)) or 0
    length, end = chain_end(session, office_id)
    chosen = sa.select(*CHAINED).outerjoin(EventWords, SAME_EVENT).where(Event.office_id == office_id)
    until = chosen.where(Event.seq <= length).order_by(Event.seq)
    with session.execute(until.execution_options(yield_per=AT_ONCE)) as rows:
        broken = verify(map(_chained, rows), end=end)
    return length + 1 if broken is None and newest > length else broken


def chain_end(session: Session, office_id: int) -> tuple[int, str]:
    """How many events the office's chain has, and the hash of the last."""
    found = session.execute(sa.select(Chain.seq, Chain.hash).filter_by(office_id=office_id)).first()
    return (found.seq, found.hash) if found else (0, GENESIS)


def _with_words() -> sa.Select[Event, EventWords]:
    """Events beside their words, None where nothing was written or it was erased."""
    return sa.select(Event, EventWords).outerjoin(EventWords, SAME_EVENT)


def _fact(event: Event) -> EventFact:
    return EventFact(
        move=Move(event.move),
        at=event.at,
        recorded_at=event.recorded_at,
        actor=event.actor_id,
        assignee=event.assignee_id,
        exclusion=Exclusion(event.exclusion) if event.exclusion else None,
        joiner=event.joiner_id,
    )


def _words(row: EventWords | None) -> WrittenWords:
    return WrittenWords(**{name: getattr(row, name) for name in WORDS}) if row else WrittenWords()


def _chained(row: Sequence[Any]) -> ChainedEvent:
    """The event with the digest that its words have now: words changed since break the chain, erased ones don't."""
    seq, previous, own, *rest = row
    values, (salt, *words) = dict(zip(FACTS, rest, strict=False)), rest[len(FACTS) :]
    if salt is not None:
        values["words_digest"] = words_digest(salt, WrittenWords(*words))
    return ChainedEvent(seq, previous, own, facts(values))
