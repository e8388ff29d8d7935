"""Asking for a backup; and after a restore, what it ends and the note of it in the audit trail."""

from datetime import datetime
from secrets import token_hex

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.backup import queries as backup_queries
from core.backup import recording
from core.backup.models import Kind
from core.db import transaction
from core.errors import Refused
from offices import audit, everywhere, queries
from offices.models import Staff
from offices.session_models import StaffSession


@transaction
def ask(session: Session, *, office_id: int, by: str, now: datetime) -> None:
    """The scheduler makes it within a minute or so; raises Refused while one is waiting already."""
    if backup_queries.waiting(session):
        raise Refused("Satu cadangan sudah diminta dan sedang dibuat. Tunggu sebentar, lalu muat ulang halaman ini.")
    recording.put_down(session, Kind.PAGE, by, None, now)
    audit.record(session, office_id, by, "backup.ask", "cadangan", {}, now=now)


@transaction
def end_what_was_open(session: Session, /) -> None:
    """Sessions, one-time links and calendars' addresses of the backup's time have ended since, or been stolen: nobody
    is let in by them again.
    """
    session.execute(sa.delete(StaffSession))
    for account in session.scalars(sa.select(Staff)):
        account.fs_uniquifier = token_hex(32)


def note_created(*, now: datetime) -> None:
    """In every office's trail: the file holds the data of each, and went wherever somebody wanted it."""
    everywhere.note("backup.create", "cadangan", by="perintah backup create", now=now)


@transaction
def note_restored(session: Session, *, now: datetime) -> None:
    """In every office's trail."""
    for office in queries.offices(session):
        audit.record(session, office.id, "perintah backup restore", "backup.restore", "cadangan", {}, now=now)
