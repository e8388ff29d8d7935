"""Sessions of staff, kept by the server: begun, seen, listed and ended (docs/adr/0035)."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Missing
from core.ids import uuid7
from offices import audit
from offices.models import Staff
from offices.session_models import StaffSession

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)


class Ending(StrEnum):
    """Why a session opens nothing any more."""

    IDLE = "idle"
    LONG = "long"
    ENDED = "ended"  # by its owner, on this device or another
    CHANGED = "changed"  # something about the account
    CLOSED = "closed"  # the account
    FORGOTTEN = "forgotten"  # by the night, or by a restore


@dataclass(frozen=True)
class Entry:
    """Who came in with which device; `uniquifier` is the account's, `home` the household of the address."""

    office_id: int
    staff_id: UUID
    uniquifier: str
    home: str
    device: str


@transaction
def begin(session: Session, *, entry: Entry, instead_of: str | None = None, now: datetime) -> str:
    """A new session; returns the token for the device's cookie. The one of the token `instead_of` ends."""
    token = secrets.token_urlsafe(32)
    if instead_of:
        _end(session, entry.office_id, entry.staff_id, StaffSession.digest == digest(instead_of), now)
    values = {**vars(entry), "id": uuid7(now), "digest": digest(token), "started_at": now, "seen_at": now}
    session.execute(sa.insert(StaffSession).values(values))
    return token


@transaction
def seen(session: Session, *, office_id: int, session_id: UUID, now: datetime) -> None:
    """Somebody works in it."""
    row = sa.update(StaffSession).where(StaffSession.office_id == office_id, StaffSession.id == session_id)
    session.execute(row.values(seen_at=now))


@transaction
def leave(session: Session, *, office_id: int, staff_id: UUID, token: str, now: datetime) -> None:
    """Its owner signs out."""
    _end(session, office_id, staff_id, StaffSession.digest == digest(token), now)


@transaction
def end(session: Session, *, office_id: int, staff_id: UUID, session_id: UUID, by: str, now: datetime) -> None:
    """End one of the account's sessions; raises Missing."""
    devices = _end(session, office_id, staff_id, StaffSession.id == session_id, now)
    if not devices:
        raise Missing("Perangkat ini sudah keluar.")
    audit.note(session, office_id, by, "session.end", by, {"device": devices[0]}, now=now)


@transaction
def end_others(session: Session, *, office_id: int, staff_id: UUID, keep: UUID, by: str, now: datetime) -> int:
    """End all of the account's sessions but this one; how many."""
    devices = _end(session, office_id, staff_id, StaffSession.id != keep, now)
    if devices:
        audit.note(session, office_id, by, "session.end_others", by, {"devices": len(devices)}, now=now)
    return len(devices)


def current(session: Session, uniquifier: str, token: str, *, now: datetime) -> tuple[Staff, StaffSession] | None:
    """The account that this cookie belongs to, and its session; None when it is closed, or the session has ended."""
    same = sa.and_(StaffSession.office_id == Staff.office_id, StaffSession.staff_id == Staff.id)
    found = session.execute(
        sa.select(Staff, StaffSession)
        .join(StaffSession, sa.and_(same, StaffSession.uniquifier == Staff.fs_uniquifier))
        .where(Staff.fs_uniquifier == uniquifier, Staff.active, StaffSession.digest == digest(token), _open(now))
    ).one_or_none()
    return (found[0], found[1]) if found else None


def ending(session: Session, token: str, *, now: datetime) -> Ending | None:
    """Why the session of this token has ended; None for one that is open. Say it to who holds the token alone."""
    same = sa.and_(StaffSession.office_id == Staff.office_id, StaffSession.staff_id == Staff.id)
    chosen = sa.select(Staff, StaffSession).join(StaffSession, same).where(StaffSession.digest == digest(token))
    found = session.execute(chosen).one_or_none()
    return _ending(*found, now) if found else Ending.FORGOTTEN


def _ending(account: Staff, visit: StaffSession, now: datetime) -> Ending | None:
    ends = {
        Ending.CLOSED: not account.active,
        Ending.CHANGED: visit.uniquifier != account.fs_uniquifier,
        Ending.ENDED: visit.ended_at is not None,
        Ending.LONG: visit.started_at <= now - LONGEST,
        Ending.IDLE: visit.seen_at <= now - IDLE,
    }
    return next((why for why, is_so in ends.items() if is_so), None)


def listed(session: Session, account: Staff, *, now: datetime) -> Sequence[StaffSession]:
    """Where the account is signed in, the newest first."""
    own = sa.and_(StaffSession.office_id == account.office_id, StaffSession.staff_id == account.id)
    chosen = sa.select(StaffSession).where(own, StaffSession.uniquifier == account.fs_uniquifier, _open(now))
    return session.scalars(chosen.order_by(StaffSession.started_at.desc(), StaffSession.id)).all()


def forget_ended(session: Session, *, now: datetime) -> None:
    """Take away, for all offices, what can open nothing any more."""
    gone = sa.or_(StaffSession.ended_at.is_not(None), StaffSession.started_at < now - LONGEST)
    session.execute(sa.delete(StaffSession).where(gone))


def digest(token: str) -> str:
    """What is kept of a token. It is as random as a key, so a quick digest will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def _open(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        StaffSession.ended_at.is_(None), StaffSession.seen_at > now - IDLE, StaffSession.started_at > now - LONGEST
    )


def _end(
    session: Session, office_id: int, staff_id: UUID, which: sa.ColumnElement[bool], now: datetime
) -> Sequence[str]:
    """End those that are open; their devices."""
    own = sa.and_(StaffSession.office_id == office_id, StaffSession.staff_id == staff_id)
    ended = sa.update(StaffSession).where(own, which, _open(now)).values(ended_at=now)
    return session.scalars(ended.returning(StaffSession.device)).all()
