"""Small things to do for a report: added, and ticked off."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import Task
from complaints.desk import desk_queries
from complaints.fetching import for_staff
from complaints.terms import Status
from complaints.workflow import HANDLERS, is_open
from core.calendar import wib_day
from core.db import transaction
from core.errors import Missing, Refused
from core.ids import uuid7
from offices import audit, queries

NOT_YOURS = "Tugas hanya dapat diubah oleh petugas dan kepala Seksi Trantib."


@transaction
def add(
    session: Session,
    *,
    office_id: int,
    number: str,
    title: str,
    assignee: UUID | None,
    due_on: date | None,
    role: str,
    actor_id: UUID,
    now: datetime,
) -> None:
    """Something to do for an open report; raises Missing, Refused (naming the field at fault)."""
    _allow(role)
    report = for_staff(session, office_id, number)
    if not is_open(Status(report.status)):
        raise Refused("Laporan ini sudah ditutup. Buka lagi laporannya dahulu, baru tambahkan tugas.")
    if not title.strip():
        raise Refused("Tulis apa yang perlu dikerjakan.", "title")
    if due_on is not None and due_on < wib_day(now):
        raise Refused("Hari ini sudah lewat. Pilih hari ini atau sesudahnya, atau kosongkan.", "due_on")
    if assignee is not None and assignee not in {who.id for who in desk_queries.assignable(session, office_id)}:
        raise Refused("Petugas ini tidak ada atau sudah tidak aktif. Pilih petugas lain.", "assignee")
    row = {"office_id": office_id, "id": uuid7(now), "complaint_id": report.id, "title": title.strip()}
    session.execute(
        sa.insert(Task),
        row | {"assignee_id": assignee, "due_on": due_on, "added_at": now, "added_by": actor_id},
    )
    _note(session, office_id, actor_id, "task.add", report.number, now)


@transaction
def finish(
    session: Session, *, office_id: int, number: str, task_id: UUID, role: str, actor_id: UUID, now: datetime
) -> None:
    """Tick a task off; a second tap changes nothing. Raises Missing for a task of another report."""
    _allow(role)
    report = for_staff(session, office_id, number)
    this = sa.and_(Task.office_id == office_id, Task.id == task_id, Task.complaint_id == report.id)
    if session.scalar(sa.select(Task.id).where(this)) is None:
        raise Missing("Tugas ini tidak ada.")
    done = sa.update(Task).where(this, Task.done_at.is_(None)).values(done_at=now, done_by=actor_id)
    if session.scalars(done.returning(Task.id)).all():
        _note(session, office_id, actor_id, "task.finish", report.number, now)


def _note(session: Session, office_id: int, actor_id: UUID, action: str, number: str, now: datetime) -> None:
    """Of the report only: what is to be done may name somebody."""
    actor = queries.staff_member(session, office_id, actor_id).email
    audit.note(session, office_id, actor, action, number, {}, now=now)


def _allow(role: str) -> None:
    if role not in HANDLERS:
        raise Refused(NOT_YOURS)
