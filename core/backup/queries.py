"""Named reads of backups."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.backup.models import BackupRun, Kind
from core.jobs import AHEAD

WAITING = (BackupRun.made_at.is_(None), BackupRun.error.is_(None))


def recent(session: Session, most: int = 40) -> Sequence[BackupRun]:
    """The newest first."""
    return session.scalars(sa.select(BackupRun).order_by(BackupRun.asked_at.desc()).limit(most)).all()


def verified(session: Session, most: int = 40, *, now: datetime) -> Sequence[BackupRun]:
    """Those that were verified and not rotated out, the newest contents first. What a clock that was wrong dated into
    the future has no age.
    """
    there = (BackupRun.verified_at.is_not(None), BackupRun.removed_at.is_(None))
    chosen = sa.select(BackupRun).where(*there, BackupRun.made_at <= now + AHEAD)
    return session.scalars(chosen.order_by(BackupRun.made_at.desc()).limit(most)).all()


def newest_ended(session: Session) -> BackupRun | None:
    """The newest that is no longer waiting."""
    chosen = sa.select(BackupRun).where(sa.not_(sa.and_(*WAITING)))
    return session.scalar(chosen.order_by(BackupRun.asked_at.desc()).limit(1))


def waiting(session: Session) -> Sequence[BackupRun]:
    """Those that somebody asked for on the page and that are not made yet, oldest first."""
    chosen = sa.select(BackupRun).where(*WAITING, BackupRun.kind == Kind.PAGE.value)
    return session.scalars(chosen.order_by(BackupRun.asked_at)).all()


def is_kept(session: Session, night: date) -> bool:
    """Whether the night has its verified backup."""
    chosen = sa.select(BackupRun.id).where(BackupRun.night == night, BackupRun.verified_at.is_not(None))
    return session.scalar(chosen.limit(1)) is not None


def last_try(session: Session, night: date, *, now: datetime) -> datetime | None:
    """When the night's backup was begun last, by a clock that was right."""
    begun = (BackupRun.night == night, BackupRun.asked_at <= now + AHEAD)
    return session.scalar(sa.select(sa.func.max(BackupRun.asked_at)).where(*begun))


def nightly(session: Session) -> Sequence[BackupRun]:
    """The nightly files that are still there."""
    there = (BackupRun.file.is_not(None), BackupRun.removed_at.is_(None))
    return session.scalars(sa.select(BackupRun).where(BackupRun.kind == Kind.NIGHTLY.value, *there)).all()
