"""What is written down of backups: asked for, made, verified, failed, removed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.backup import envelope
from core.backup.creating import Made
from core.backup.models import BackupRun, Kind
from core.backup.verifying import Verified
from core.db import transaction
from core.ids import uuid7


def put_down(session: Session, kind: Kind, by: str, night: date | None, now: datetime) -> UUID:
    """A backup that is wanted, in the caller's transaction."""
    row = {"id": uuid7(now), "kind": kind.value, "asked_at": now, "asked_by": by, "night": night}
    session.execute(sa.insert(BackupRun).values(row | {"sealed": False, "same_disk": False}))
    return row["id"]  # type: ignore[return-value]


@transaction
def begin(session: Session, kind: Kind, by: str, night: date | None = None, *, now: datetime) -> UUID:
    """A backup that is about to be made."""
    return put_down(session, kind, by, night, now)


@transaction
def made(session: Session, run_id: UUID, found: Made, *, now: datetime) -> None:
    """The file is there; what could not go into it is a fault already."""
    missing = found.manifest.missing
    fault = f"{len(missing)} berkas hilang dari {found.path.name}: {', '.join(missing[:3])}" if missing else None
    values = {
        "file": str(found.path), "size": found.size, "sha256": found.sha256, "made_at": now, "sealed": found.sealed,
        "same_disk": found.same_disk, "error": fault,
    }  # fmt: skip
    session.execute(sa.update(BackupRun).where(BackupRun.id == run_id).values(values))


@transaction
def failed(session: Session, run_id: UUID, why: str, *, now: datetime) -> None:
    """There is no good backup of this run."""
    session.execute(sa.update(BackupRun).where(BackupRun.id == run_id).values(error=why, verified_at=None))


@transaction
def verified(session: Session, sha256: str, found: Verified, path: Path, *, now: datetime) -> None:
    """What verifying a file came to, beside its making; a file that came from elsewhere gets a row of its own."""
    result = "; ".join(found.compared)
    values = {"verified_at": now if found.is_good else None, "result": result, "error": "; ".join(found.faults) or None}
    chosen = sa.update(BackupRun).where(BackupRun.sha256 == sha256).values(values)
    if session.scalars(chosen.returning(BackupRun.id)).first() is None:
        _from_elsewhere(session, sha256, found, path, values, now)


def _from_elsewhere(
    session: Session, sha256: str, found: Verified, path: Path, values: Mapping[str, object], now: datetime
) -> None:
    key = put_down(session, Kind.COMMAND, "backup verify", None, now)
    size = path.stat().st_size
    own = {"file": str(path), "size": size, "sha256": sha256, "made_at": found.manifest.made_at, **values}
    own["sealed"] = envelope.is_sealed(path)
    session.execute(sa.update(BackupRun).where(BackupRun.id == key).values(own))


@transaction
def removed(session: Session, run_ids: Sequence[UUID], *, now: datetime) -> None:
    """Their files were rotated out."""
    session.execute(sa.update(BackupRun).where(BackupRun.id.in_(run_ids)).values(removed_at=now))
