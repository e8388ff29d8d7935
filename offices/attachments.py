"""Files that stand beside something, such as evidence or a scan: cleaned, filed, then recorded."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import imaging, media, pdf_check
from core.db import read_afresh
from core.errors import Missing, Refused
from core.forms import one_line, untypable
from core.ids import uuid7
from core.imaging import MEGABYTE, Unreadable
from core.media import ASKED_AT_ONCE, File, Shelf
from core.rollup import pairs
from offices.models import Attachment, Staff

MOST_BYTES = 20 * MEGABYTE
PDF_BEGINS = b"%PDF-"
LONGEST_NAME = 120
ORPHANED_AFTER = timedelta(days=1)

EMPTY = "Berkas ini kosong. Pilih berkasnya sekali lagi."
TOO_HEAVY = "Berkas ini lebih dari 20 MB. Pindai dengan mutu lebih rendah, atau bagi menjadi beberapa berkas."
OTHER_KIND = "Berkas ini bukan gambar atau PDF yang dapat kami simpan. Kirim JPEG, PNG, WebP, HEIC, atau PDF."
NOT_THERE = "Lampiran ini tidak ada."


class Kind(StrEnum):
    """What an attachment is; stored by value."""

    PICTURE = "jpg"
    PDF = "pdf"


# Who may open what stands beside a thing, by the word before the colon of `about`; each raises Missing.
READABLE: dict[str, Callable[[Session, int, UUID, Staff], object]] = {}
SHELVES: Mapping[Kind, Shelf] = {kind: Shelf("attachments", f".{kind}") for kind in Kind}


@dataclass(frozen=True)
class Kept:
    """A file that lies on its shelf under `id`, and whose row is still to be written; `size` in bytes."""

    id: UUID
    file_name: str
    kind: Kind
    size: int
    sha256: str


def kept(data_dir: Path, office_id: int, stream: IO[bytes] | bytes, file_name: str, *, now: datetime) -> Kept:
    """Clean a picture, or take a PDF that opens as it is, and keep the file. Call it before any transaction: slow.

    Raises Refused in words for the person; Busy when too many are being read. The night removes the file if
    no row comes to name it.
    """
    kind, content = _accepted(stream if isinstance(stream, bytes) else stream.read(MOST_BYTES + 1))
    file_id = uuid7(now)
    media.write(data_dir, office_id, file_id, content, SHELVES[kind])
    return Kept(file_id, _tidy_name(file_name, kind), kind, len(content), hashlib.sha256(content).hexdigest())


def record(session: Session, office_id: int, filed: Kept, about: str, by: str, now: datetime) -> UUID:
    """Note a kept file in the caller's transaction, beside what it is `about` ("paper_batch:<id>"); returns its id."""
    row = {
        "office_id": office_id,
        "id": filed.id,
        "about": about,
        "file_name": filed.file_name,
        "kind": filed.kind.value,
        "size": filed.size,
        "sha256": filed.sha256,
        "added_at": now,
        "added_by": by,
    }
    session.execute(sa.insert(Attachment).values(row))
    return filed.id


def of(session: Session, office_id: int, about: str) -> Sequence[Attachment]:
    """What stands beside it, in the order it came."""
    chosen = sa.select(Attachment).filter_by(office_id=office_id, about=about)
    return session.scalars(chosen.order_by(Attachment.added_at, Attachment.id)).all()


def one(session: Session, office_id: int, attachment_id: UUID) -> Attachment:
    """One attachment of this office; raises Missing."""
    found = session.get(Attachment, (office_id, attachment_id))
    if found is None:
        raise Missing(NOT_THERE)
    return found


def readable(session: Session, attachment_id: UUID, person: Staff) -> Attachment:
    """One that this person may open; raises Missing."""
    found = one(session, person.office_id, attachment_id)
    thing, _colon, beside = found.about.partition(":")
    if thing in READABLE:
        READABLE[thing](session, person.office_id, UUID(beside), person)
    return found


def read(data_dir: Path, found: Attachment) -> bytes:
    """Its bytes; raises Missing when the file is not there."""
    content = media.read(data_dir, found.office_id, found.id, SHELVES[Kind(found.kind)])
    if content is None:
        raise Missing(NOT_THERE)
    return content


def all_there(session: Session, *, kind: Kind) -> Iterator[File]:
    """Every attachment of this kind, of every office."""
    chosen = sa.select(Attachment.office_id, Attachment.id).where(Attachment.kind == kind.value)
    return ((office, key) for office, key in session.execute(chosen.execution_options(yield_per=ASKED_AT_ONCE)))


def remove_orphans(data_dir: Path, *, now: datetime) -> int:
    """Remove files whose row was never committed; how many."""
    session, before = read_afresh(), now - ORPHANED_AFTER
    named = partial(_named, session)
    removed = sum(media.remove_orphans(data_dir, named, shelf, before=before) for shelf in SHELVES.values())
    session.rollback()  # an open read would keep the database's own housekeeping from its work
    return removed


def _named(session: Session, files: Collection[File]) -> Collection[File]:
    chosen = sa.select(Attachment.office_id, Attachment.id).where(pairs(Attachment.office_id, Attachment.id, files))
    return [(office, key) for office, key in session.execute(chosen)]


def _accepted(raw: bytes) -> tuple[Kind, bytes]:
    if not raw:
        raise Refused(EMPTY)
    if len(raw) > MOST_BYTES:
        raise Refused(TOO_HEAVY)
    if raw.startswith(PDF_BEGINS):
        pdf_check.check(raw)
        return Kind.PDF, raw
    try:
        return Kind.PICTURE, imaging.clean(raw).jpeg
    except Unreadable as refusal:
        raise Refused(OTHER_KIND if refusal.message == imaging.NO_PHOTO else refusal.message) from refusal


def _tidy_name(file_name: str, kind: Kind) -> str:
    """The name it came with, without folders and signs that nobody can type, ending as what it is now."""
    name = one_line(PurePosixPath(file_name.replace("\\", "/")).name)
    typed = "".join(letter for letter in name if not untypable(letter))
    stem = PurePosixPath(typed).stem[:LONGEST_NAME] or "lampiran"
    return f"{stem}.{kind}"
