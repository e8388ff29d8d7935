"""Photos of a report: cleaned and filed, then recorded, once for each upload."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from complaints import queries, workflow
from complaints.carrying import carry_out
from complaints.case_models import Photo
from complaints.fetching import locked
from complaints.models import Complaint
from complaints.pictures import photo_queries
from complaints.queries import Opened
from complaints.states import EventFact
from complaints.terms import Move, PhotoKind, Status
from complaints.workflow import JOINER, RESIDENT, Details
from core import imaging, media
from core.db import read_afresh, reader, transaction
from core.errors import Conflict, Refused
from core.ids import uuid7
from core.imaging import MOST_PHOTOS, Clean

# Photos are sent after the text, over slow networks: those that come this soon belong to it and are no move.
SAME_SITTING = timedelta(minutes=30)
ORPHANED_AFTER = timedelta(days=1)
ENOUGH = f"Sudah ada {MOST_PHOTOS} foto dari Anda di laporan ini. Itu yang paling banyak."
OTHER_PHOTO = "Foto lain sudah dikirim dengan nomor kiriman ini. Pilih fotonya sekali lagi."


@dataclass(frozen=True)
class Filed:
    """A cleaned photo whose file is kept under `id`, and whose row is still to be written."""

    id: UUID
    clean: Clean


@dataclass(frozen=True)
class Added:
    """A photo that the report has now; `created`: not a repetition, and `size` bytes of it were kept."""

    id: UUID
    created: bool
    size: int = 0


def add(
    *,
    data_dir: Path,
    opened: Opened,
    upload_id: UUID,
    source: IO[bytes] | bytes,
    now: datetime,
    admit: Callable[[], object] = lambda: None,
) -> Added:
    """Add a resident's photo to their report, once for each upload id. Later than the same sitting it is a move.
    `admit` is asked before one that is not kept yet, and raises what speaks against it.

    Raises Unreadable for what is no photo, Refused when there are enough or the report takes no more, Conflict when
    the id came with another photo, Busy when too many photos are being read.
    """
    raw = imaging.taken(source)
    known = photo_queries.uploaded(read_afresh(), opened.office_id, upload_id)
    if known is not None:
        return _again(known, opened, imaging.hash_of(raw))
    admit()
    _refuse_more(reader(), opened)
    reader().rollback()  # gives the connection back: reading a photo takes long
    filed = file(data_dir, opened.office_id, raw, now=now)
    try:
        added = _add(opened, upload_id, filed, now=now)
    except Refused:  # any other fault may have come after the commit: the night removes the file if no row names it
        media.erase(data_dir, opened.office_id, filed.id)
        raise
    if added.id != filed.id:
        media.erase(data_dir, opened.office_id, filed.id)
    return added


def file(data_dir: Path, office_id: int, source: IO[bytes] | bytes, *, now: datetime) -> Filed:
    """Clean an upload and keep its file. Call it before any transaction begins: it takes long."""
    cleaned = imaging.clean(source)
    photo_id = uuid7(now)
    media.write(data_dir, office_id, photo_id, cleaned.jpeg)
    return Filed(photo_id, cleaned)


def store(
    session: Session,
    opened: Opened,
    filed: Filed,
    *,
    upload_id: UUID,
    kind: PhotoKind,
    added_by: UUID | None = None,
    event_id: UUID | None = None,
    metres_off: int | None = None,
    is_shown: bool = False,
    now: datetime,
) -> None:
    """Record a filed photo in the caller's transaction. When and where it was taken is kept of proofs alone."""
    is_proof = kind is PhotoKind.PROOF
    row = {
        "office_id": opened.office_id,
        "id": filed.id,
        "complaint_id": opened.complaint_id,
        "joiner_id": opened.joiner_id,
        "kind": kind.value,
        "upload_id": upload_id,
        "added_at": now,
        "added_by": added_by,
        "event_id": event_id,
        "width": filed.clean.width,
        "height": filed.clean.height,
        "file_hash": filed.clean.file_hash,
        "look": filed.clean.look,
        "taken_at": filed.clean.taken_at if is_proof else None,
        "metres_off": metres_off if is_proof else None,
        "is_shown": is_shown,
    }
    session.execute(sa.insert(Photo).values(row))


def room(session: Session, opened: Opened, *, now: datetime) -> int:
    """How many photos more this receipt's holder may send now."""
    report = photo_queries.report(session, opened)
    if not _same_sitting(session, report, opened, now):
        try:
            _check(report, opened)
        except Refused:
            return 0
    return max(0, MOST_PHOTOS - photo_queries.how_many_sent(session, opened))


def remove_orphans(data_dir: Path, *, now: datetime) -> int:
    """Remove files that no photo needs: erased, or whose row was never committed; how many."""
    session, before = read_afresh(), now - ORPHANED_AFTER
    removed = media.remove_orphans(data_dir, partial(photo_queries.kept, session), before=before)
    session.rollback()  # an open read would keep the database's own housekeeping from its work
    return removed


def _add(opened: Opened, upload_id: UUID, filed: Filed, *, now: datetime) -> Added:
    try:
        return _recorded(opened, upload_id, filed, now=now)
    except IntegrityError as clash:
        raise Conflict(OTHER_PHOTO) from clash  # at the same moment, to another report


@transaction
def _recorded(session: Session, opened: Opened, upload_id: UUID, filed: Filed, *, now: datetime) -> Added:
    report = locked(session, opened.office_id, opened.complaint_id)
    known = photo_queries.uploaded(session, opened.office_id, upload_id)
    if known is not None:
        again = _again(known, opened, filed.clean.file_hash)
        return _kept(filed) if again.id == filed.id else again
    _refuse_more(session, opened)
    event_id = None if _same_sitting(session, report, opened, now) else _moved(session, report, opened, now)
    store(session, opened, filed, upload_id=upload_id, kind=PhotoKind.RESIDENT, event_id=event_id, now=now)
    return _kept(filed)


def _kept(filed: Filed) -> Added:
    return Added(filed.id, created=True, size=len(filed.clean.jpeg))


def _again(known: Photo, opened: Opened, file_hash: str) -> Added:
    """The answer that this upload got the first time."""
    same = (opened.complaint_id, opened.joiner_id, file_hash)
    if (known.complaint_id, known.joiner_id, known.file_hash) != same:
        raise Conflict(OTHER_PHOTO)
    return Added(known.id, created=False)


def _refuse_more(session: Session, opened: Opened) -> None:
    if photo_queries.how_many_sent(session, opened) >= MOST_PHOTOS:
        raise Refused(ENOUGH)


def _same_sitting(session: Session, report: Complaint, opened: Opened, now: datetime) -> bool:
    joined = queries.joiner(session, opened)
    return now < (joined.joined_at if joined else report.recorded_at) + SAME_SITTING


def _moved(session: Session, report: Complaint, opened: Opened, now: datetime) -> UUID | None:
    _check(report, opened)
    return carry_out(session, report, EventFact(Move.ADD, now, now, joiner=opened.joiner_id), Details())


def _check(report: Complaint, opened: Opened) -> None:
    """Refused when the report takes no more from its residents."""
    role = JOINER if opened.joiner_id else RESIDENT
    workflow.check(Status(report.status), Move.ADD, role, Details(), held=report.is_held)
