"""Backups by themselves: each night's, and those asked for on the page; made, verified, and old ones rotated out."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from core import jobs
from core.backup import creating, queries, recording, rotating, verifying
from core.backup.models import BackupRun, Kind
from core.backup.rotating import Kept
from core.calendar import WIB
from core.config import Settings
from core.db import read_afresh, transaction
from core.errors import Refused
from core.jobs import LeaseLost
from core.media import DRAFT

JOB = "backup"
TRY_AGAIN_AFTER = timedelta(hours=1)
BEGINS = "sukma-"
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


def run_due(clock: Clock, night: date) -> int:
    """Make the night's backup unless there is one, and those asked for; how many were made. Left to another process
    that is at it.
    """
    session = read_afresh()
    wanted = bool(queries.waiting(session)) or _is_due(session, night, clock())
    session.rollback()  # an open read would keep the write-ahead file from being emptied
    owner = jobs.claim(JOB, now=clock()) if wanted else None
    if owner is None:
        return 0
    try:
        return _run_all(clock, night, owner)
    except LeaseLost:
        return 0
    finally:
        with suppress(LeaseLost):
            _give_back(owner)


def _is_due(session: Session, night: date, now: datetime) -> bool:
    if queries.is_kept(session, night):
        return False
    tried = queries.last_try(session, night, now=now)
    return tried is None or now - tried >= TRY_AGAIN_AFTER


def _run_all(clock: Clock, night: date, owner: UUID) -> int:
    """The lease is ours; what others began before it, they no longer finish."""
    settings: Settings = current_app.config["SETTINGS"]
    for left in settings.backup_dir.glob(f"{BEGINS}*{DRAFT}"):
        left.unlink()
    runs = [run.id for run in queries.waiting(read_afresh())]
    if _is_due(read_afresh(), night, clock()):
        runs.append(recording.begin(Kind.NIGHTLY, "penjadwal", night, now=clock()))
    good = sum(_run(run_id, clock, owner) for run_id in runs)
    if good:
        rotate(now=clock())
    return len(runs)


def _run(run_id: UUID, clock: Clock, owner: UUID) -> bool:
    """Whether there is a verified backup of it."""
    began = clock()
    path = free_path(began)
    try:
        made = creating.create(path, now=began)
        recording.made(run_id, made, now=began)
        jobs.extend(JOB, owner, now=clock())
        found = verifying.verify(path, now=clock())
        recording.verified(made.sha256, found, path, now=clock())
        jobs.extend(JOB, owner, now=clock())
    except Refused as refusal:
        log.warning("no good backup: %s", refusal.message)
        recording.failed(run_id, refusal.message, now=clock())
        return False
    return found.is_good


def free_path(now: datetime) -> Path:
    """A name in the backups' folder that says when, in WIB."""
    settings: Settings = current_app.config["SETTINGS"]
    ending = ".tar.age" if settings.backup_keys else ".tar"
    return settings.backup_dir / f"{BEGINS}{now.astimezone(WIB):%Y%m%d-%H%M%S}{ending}"


def rotate(*, now: datetime) -> list[Path]:
    """Remove the nightly backups that are no longer to be kept; those made by hand are never touched."""
    settings: Settings = current_app.config["SETTINGS"]
    runs = {run.id: run for run in queries.nightly(read_afresh())}
    gone = rotating.to_remove([_kept(run) for run in runs.values()], settings.backup_keep)
    paths = [Path(str(runs[key].file)) for key in sorted(gone)]
    for path in paths:
        path.unlink(missing_ok=True)
    recording.removed(sorted(gone), now=now)
    return paths


def _kept(run: BackupRun) -> Kept:
    asked = run.night or run.asked_at.astimezone(WIB).date()
    return Kept(run.id, asked, run.verified_at is not None and Path(str(run.file)).exists())


@transaction
def _give_back(session: Session, owner: UUID) -> None:
    jobs.release(session, JOB, owner)
