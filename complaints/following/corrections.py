"""Corrections by receipt: who somebody is by themselves, the words of a report by an officer within 3 × 24 hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from complaints import consents, erasure, queries, search
from complaints.carrying import carry_out
from complaints.consents import RESIDENT, Purpose
from complaints.contacts import Who, seal_who
from complaints.fetching import locked
from complaints.law_models import Correction, Outcome
from complaints.models import Complaint, Contact
from complaints.queries import Opened
from complaints.states import EventFact
from complaints.terms import Move, Status
from complaints.workflow import Details
from core.db import transaction
from core.errors import Conflict, Missing, Refused
from core.ids import uuid7
from core.upsert import insert_for
from offices import audit
from offices.law.terms import THREE_DAYS, Clock, clock

MOST_SHOWN = 100


class Kind(StrEnum):
    """What was corrected; stored by value."""

    CONTACT = "contact"
    WORDS = "words"


@dataclass(frozen=True)
class Wish:
    """A correction that was asked for, with its report's number, the words that stand there now, and its clock."""

    row: Correction
    number: str
    now_there: str
    clock: Clock


@transaction
def set_contact(session: Session, *, opened: Opened, who: Who, identity_key: str, now: datetime) -> None:
    """Replace who somebody is by what they say now, and write down that they did."""
    report = locked(session, opened.office_id, opened.complaint_id)
    sealed = seal_who(identity_key, who) if who != Who() else None
    joiner = queries.joiner(session, opened)
    if joiner is not None:
        joiner.sealed = sealed
    else:
        _put_contact(session, report, sealed)
    if who.email:
        consents.give(session, opened, Purpose.EMAIL, now=now)
    else:
        consents.end(session, opened, Purpose.EMAIL, now=now)
    done = {"answered_at": now, "outcome": Outcome.DONE.value}
    session.execute(sa.insert(Correction), _row(opened, Kind.CONTACT, now) | done)
    audit.note(session, opened.office_id, RESIDENT, "correction.contact", report.number, {}, now=now)


@transaction
def ask(session: Session, *, opened: Opened, wanted: str, now: datetime) -> None:
    """Ask for other words; raises Refused for the same words, and while another wish waits."""
    report = locked(session, opened.office_id, opened.complaint_id)
    if wanted == _words(session, report, opened.joiner_id):
        raise Refused(_("Tulisannya masih sama. Betulkan dulu yang keliru."), "wanted")
    if any(each.kind == Kind.WORDS and each.answered_at is None for each in of(session, opened)):
        raise Refused(_("Permintaan Anda yang tadi masih menunggu jawaban petugas."), "wanted")
    session.execute(sa.insert(Correction), _row(opened, Kind.WORDS, now) | {"wanted": wanted})
    audit.note(session, opened.office_id, RESIDENT, "correction.ask", report.number, {}, now=now)


@transaction
def answer(
    session: Session,
    *,
    office_id: int,
    correction_id: UUID,
    outcome: Outcome,
    answer: str,
    staff_id: UUID,
    by: str,
    now: datetime,
) -> None:
    """Do it or refuse it, in words for the resident; the report's chain tells of it. Raises Missing, Refused without a
    reason for refusing, and Conflict where it was answered before.
    """
    wish = asked(session, office_id, correction_id)
    session.refresh(wish, with_for_update=True)
    if wish.answered_at is not None:
        raise Conflict(_("Permintaan ini sudah dijawab."))
    if outcome is Outcome.REFUSED and not answer:
        raise Refused(_("Tulis mengapa tidak dibetulkan: warga membaca alasannya."), "answer")
    report = locked(session, office_id, wish.complaint_id)
    if outcome is Outcome.DONE:
        _replace(session, report, wish)
    wish.answered_at, wish.answered_by, wish.outcome, wish.answer = now, staff_id, outcome.value, answer
    if report.status != Status.WITHDRAWN:
        told = _("Permintaan pelapor membetulkan isi laporan: %(outcome)s.", outcome=OUTCOMES[outcome])
        carry_out(session, report, EventFact(Move.NOTE, now, now, actor=staff_id), Details(note=told))
    audit.note(session, office_id, by, "correction.answer", report.number, {"result": OUTCOMES[outcome]}, now=now)


OUTCOMES = {Outcome.DONE: "dibetulkan", Outcome.REFUSED: "tidak dibetulkan"}


def of(session: Session, opened: Opened) -> Sequence[Correction]:
    """All by the holder of this receipt, the oldest first."""
    mine = {"complaint_id": opened.complaint_id, "joiner_id": opened.joiner_id}
    chosen = sa.select(Correction).filter_by(office_id=opened.office_id, **mine)
    return session.scalars(chosen.order_by(Correction.id)).all()


def wishes(session: Session, office_id: int, now: datetime) -> list[Wish]:
    """What was asked for: what waits first, the nearest deadline on top; then the newest answered."""
    same = sa.and_(Complaint.office_id == Correction.office_id, Complaint.id == Correction.complaint_id)
    chosen = (
        sa.select(Correction, Complaint)
        .join(Complaint, same)
        .where(Correction.office_id == office_id, Correction.kind == Kind.WORDS.value)
    )
    order = (Correction.answered_at.is_not(None), Correction.answered_at.desc(), Correction.due_at)
    rows = session.execute(chosen.order_by(*order).limit(MOST_SHOWN)).all()
    return [
        Wish(row, report.number, _words(session, report, row.joiner_id), clock(row.due_at, row.answered_at, now))
        for row, report in rows
    ]


def asked(session: Session, office_id: int, correction_id: UUID) -> Correction:
    """A wish for other words; raises Missing, for another office's too."""
    wish = session.get(Correction, (office_id, correction_id))
    if wish is None or wish.kind != Kind.WORDS:
        raise Missing(_("Permintaan ini tidak ada."))
    return wish


def waiting(session: Session, office_id: int) -> int:
    """How many wait for an officer."""
    chosen = sa.select(sa.func.count()).select_from(Correction)
    return session.scalar(chosen.filter_by(office_id=office_id, answered_at=None)) or 0


def forget(session: Session, opened: Opened, now: datetime) -> None:
    """Erase what the holder of this receipt wanted corrected, in the caller's transaction; that they did stays. What
    still waits is withdrawn.
    """
    mine = sa.and_(Correction.complaint_id == opened.complaint_id, Correction.joiner_id == opened.joiner_id)
    erasure.forget_wishes(session, sa.and_(Correction.office_id == opened.office_id, mine), now)


def _row(opened: Opened, kind: Kind, now: datetime) -> dict[str, object]:
    mine = {"office_id": opened.office_id, "complaint_id": opened.complaint_id, "joiner_id": opened.joiner_id}
    return mine | {"id": uuid7(now), "kind": kind.value, "asked_at": now, "due_at": now + THREE_DAYS}


def _words(session: Session, report: Complaint, joiner_id: UUID | None) -> str:
    joiner = queries.joiner(session, Opened(report.office_id, report.id, joiner_id)) if joiner_id else None
    return joiner.said if joiner else report.description


def _replace(session: Session, report: Complaint, wish: Correction) -> None:
    """The words wanted in the place of those that stand there, which the wish keeps until the identity goes."""
    wish.before = _words(session, report, wish.joiner_id)
    joiner = queries.joiner(session, Opened(report.office_id, report.id, wish.joiner_id)) if wish.joiner_id else None
    if joiner:
        joiner.said = wish.wanted
    else:
        report.description = wish.wanted
    session.flush()
    search.again(session, report)


def _put_contact(session: Session, report: Complaint, sealed: bytes | None) -> None:
    key = {"office_id": report.office_id, "complaint_id": report.id}
    if sealed is None:
        session.execute(sa.delete(Contact).filter_by(**key))
        return
    row = insert_for(session, Contact).values(**key, sealed=sealed)
    session.execute(row.on_conflict_do_update(index_elements=list(key), set_={"sealed": sealed}))
