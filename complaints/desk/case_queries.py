"""Named reads around one report: who joined it, its duplicates, tasks, looks at identities, moved due days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import DueChange, IdentityLook, Joiner, Task
from complaints.desk_models import ReadyAnswer
from complaints.models import Category, Complaint
from complaints.terms import Status
from core.errors import Missing
from offices.models import Staff
from offices.rights import TRANTIB
from offices.roles import Role

PAGE = 50


@dataclass(frozen=True)
class JoinedWords:
    """Somebody who reported the same, when, and in which words ("" where they wrote none)."""

    joined_at: datetime
    said: str
    has_identity: bool


@dataclass(frozen=True)
class Duplicate:
    """A report that was excluded because this one tells the same."""

    number: str
    received_on: date
    description: str


@dataclass(frozen=True)
class Look:
    """Somebody looked at who reported."""

    id: UUID
    at: datetime
    who: str
    number: str
    reason: str


def joined(session: Session, office_id: int, complaint_id: UUID) -> list[JoinedWords]:
    """Those who joined a report, the first to join first."""
    chosen = sa.select(Joiner.joined_at, Joiner.said, Joiner.sealed.is_not(None))
    chosen = chosen.where(Joiner.office_id == office_id, Joiner.complaint_id == complaint_id).order_by(Joiner.id)
    return [JoinedWords(at, said, bool(sealed)) for at, said, sealed in session.execute(chosen)]


def duplicates(session: Session, office_id: int, number: str) -> list[Duplicate]:
    """The reports that point at this number as the first, oldest first."""
    chosen = sa.select(Complaint.number, Complaint.received_on, Complaint.description)
    chosen = chosen.where(Complaint.office_id == office_id, Complaint.first_report == number)
    chosen = chosen.where(Complaint.status == Status.EXCLUDED.value)
    return [Duplicate(*row) for row in session.execute(chosen.order_by(Complaint.received_on, Complaint.id))]


def due_change_at(session: Session, office_id: int, number: str, at: datetime) -> DueChange | None:
    """How a move made at this very moment moved the due day of a report; None when it did not, or closed it."""
    same = sa.and_(Complaint.office_id == DueChange.office_id, Complaint.id == DueChange.complaint_id)
    chosen = sa.select(DueChange).join(Complaint, same).where(DueChange.office_id == office_id, DueChange.at == at)
    chosen = chosen.where(Complaint.number == number.strip().upper(), Complaint.due_on.is_not(None))
    return session.scalar(chosen.limit(1))


def tasks(session: Session, office_id: int, complaint_id: UUID) -> Sequence[Task]:
    """What is to be done for a report: the open ones first, by due day, those without one last."""
    chosen = sa.select(Task).filter_by(office_id=office_id, complaint_id=complaint_id)
    order = (Task.done_at.is_not(None), Task.due_on.is_(None), Task.due_on, Task.id)
    return session.scalars(chosen.order_by(*order)).all()


def ready_answers(session: Session, office_id: int, category: str) -> Sequence[ReadyAnswer]:
    """The ready answers that suit a category."""
    suits = sa.or_(ReadyAnswer.category_code.is_(None), ReadyAnswer.category_code == category)
    chosen = sa.select(ReadyAnswer).where(ReadyAnswer.office_id == office_id, suits)
    return session.scalars(chosen.order_by(ReadyAnswer.position, ReadyAnswer.title)).all()


def all_ready_answers(session: Session, office_id: int) -> list[tuple[ReadyAnswer, str | None]]:
    """Every ready answer with its category's name (None: for any), by the move it is for."""
    same = sa.and_(Category.office_id == ReadyAnswer.office_id, Category.code == ReadyAnswer.category_code)
    chosen = sa.select(ReadyAnswer, Category.name).outerjoin(Category, same).where(ReadyAnswer.office_id == office_id)
    found = session.execute(chosen.order_by(ReadyAnswer.move, ReadyAnswer.position, ReadyAnswer.title))
    return [(answer, category) for answer, category in found]


def ready_answer(session: Session, office_id: int, answer_id: UUID) -> ReadyAnswer:
    """One ready answer; raises Missing."""
    found = session.get(ReadyAnswer, (office_id, answer_id))
    if found is None:
        raise Missing("Jawaban siap ini tidak ada lagi.")
    return found


def section_head(session: Session, office_id: int) -> str:
    """The name of the head of Seksi Trantib; "" where no active account, or more than one, is that."""
    chosen = sa.select(Staff.name).filter_by(
        office_id=office_id, role=Role.SECTION_HEAD.value, section_key=TRANTIB, active=True
    )
    found = session.scalars(chosen.limit(2)).all()
    return found[0] if len(found) == 1 else ""


def looks(
    session: Session, office_id: int, *, complaint_id: UUID | None = None, before: UUID | None = None
) -> list[Look]:
    """Looks at identities, the newest first: of one report or of all, one more than a page of them."""
    staff = sa.and_(Staff.office_id == IdentityLook.office_id, Staff.id == IdentityLook.staff_id)
    report = sa.and_(Complaint.office_id == IdentityLook.office_id, Complaint.id == IdentityLook.complaint_id)
    chosen = (
        sa.select(IdentityLook.id, IdentityLook.at, Staff.name, Complaint.number, IdentityLook.reason)
        .join(Staff, staff)
        .join(Complaint, report)
        .where(IdentityLook.office_id == office_id)
    )
    if complaint_id is not None:
        chosen = chosen.where(IdentityLook.complaint_id == complaint_id)
    if before is not None:
        chosen = chosen.where(IdentityLook.id < before)
    return [Look(*row) for row in session.execute(chosen.order_by(IdentityLook.id.desc()).limit(PAGE + 1))]
