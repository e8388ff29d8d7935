"""Proof photos of a settling: attached to the report, compared with every earlier photo, explained, closed with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import workflow
from complaints.carrying import carry_out
from complaints.case_models import Finding, Photo
from complaints.fetching import for_staff, locked
from complaints.models import Complaint
from complaints.pictures import photo_queries, photos, proof_queries
from complaints.pictures.evidence import Found, ProofFacts, copies, findings, metres_between
from complaints.pictures.photos import Filed
from complaints.queries import Opened
from complaints.states import EventFact
from complaints.terms import Move, PhotoKind, Status
from complaints.workflow import BY_STEP, Details
from core import imaging, media
from core.db import read_afresh, reader, transaction
from core.errors import Conflict, Missing, Refused
from core.ids import uuid7
from core.imaging import MOST_PHOTOS

ENOUGH = f"Sudah ada {MOST_PHOTOS} foto bukti. Itu yang paling banyak untuk satu penyelesaian."
NOT_NOW = "Foto bukti hanya dapat dilampirkan selama laporan sedang ditangani. Foto ini tidak disimpan."
CHANGED = "Foto bukti laporan ini baru saja ditambah atau dilepas. Lihat dulu fotonya, lalu selesaikan lagi."
RESTED_ON = "Laporan sudah diselesaikan dengan foto ini, jadi foto ini tidak dapat dilepas lagi."
NO_PROOF = "Foto bukti ini tidak ada pada laporan ini."
REMOVED = "Foto bukti dilepas dan dihapus sebelum penyelesaian. Kode pengenal berkasnya: {file}."
# Photos that come while an upload is compared with the earlier ones are compared once more, under the lock.
MEANWHILE = timedelta(minutes=10)


def add(
    *,
    data_dir: Path,
    office_id: int,
    number: str,
    version: int,
    role: str,
    actor_id: UUID,
    source: IO[bytes] | bytes,
    now: datetime,
) -> None:
    """Attach a proof to the report as the officer saw it (`version`), and keep what it has to explain.

    The same photo sent again with the same version, as a second tap or a retry does, changes nothing. Raises Missing,
    Unreadable for what is no photo, Refused when the report isn't being handled or has enough proofs, Busy.
    """
    raw = imaging.taken(source)
    report = for_staff(read_afresh(), office_id, number)
    opened = Opened(office_id, report.id, None)
    upload_id = _upload_id(report, version, imaging.hash_of(raw))
    if photo_queries.uploaded(reader(), office_id, upload_id) is not None:
        return
    _refuse_more(reader(), report, role)
    reader().rollback()  # gives the connection back: reading a photo takes long
    filed = photos.file(data_dir, office_id, raw, now=now)
    try:
        copied = list(copies(_facts(filed, None), proof_queries.earlier(read_afresh(), office_id, opened.complaint_id)))
        reader().rollback()
        recorded = _add(opened, upload_id, filed, copied, role=role, actor_id=actor_id, now=now)
    except Refused:  # any other fault may have come after the commit: see photos.add
        media.erase(data_dir, office_id, filed.id)
        raise
    if recorded != filed.id:
        media.erase(data_dir, office_id, filed.id)


def remove(
    *, data_dir: Path, office_id: int, number: str, photo_id: UUID, role: str, actor_id: UUID, now: datetime
) -> None:
    """Take a proof away that was attached by mistake: its file is erased, its row stays with its hashes, and the
    report's history says who did it. Once more changes nothing.

    Raises Missing, and Refused when a settling rests on it or the role may write nothing down.
    """
    _remove(office_id, number, photo_id, role=role, actor_id=actor_id, now=now)
    media.erase(data_dir, office_id, photo_id)


def close(session: Session, report: Complaint, event_id: UUID, details: Details, *, by: UUID, now: datetime) -> None:
    """In the settling's transaction: its proofs and their explanations belong to it from now on. Raises Conflict when
    they are others than those that it was allowed with.
    """
    if proof_queries.evidence(session, report) != details.evidence:
        raise Conflict(CHANGED)
    proofs = [photo.id for photo in proof_queries.pending(session, report.office_id, report.id)]
    for finding_id in details.evidence.findings:
        explain(session, report.office_id, finding_id, details.explanations[finding_id], by=by, now=now)
    closed = sa.update(Photo).where(Photo.office_id == report.office_id, Photo.id.in_(proofs))
    session.execute(
        closed.values(event_id=event_id, is_shown=details.is_shown).execution_options(synchronize_session=False)
    )


def explain(session: Session, office_id: int, finding_id: UUID, text: str, *, by: UUID, now: datetime) -> None:
    """Keep the officer's reason for a finding, in the caller's transaction; a reason once given stays."""
    chosen = sa.update(Finding).where(Finding.office_id == office_id, Finding.id == finding_id)
    given = {"explanation": text.strip(), "explained_by": by, "explained_at": now}
    session.execute(
        chosen.where(Finding.explanation.is_(None)).values(given).execution_options(synchronize_session=False)
    )


@transaction
def _remove(
    session: Session, office_id: int, number: str, photo_id: UUID, *, role: str, actor_id: UUID, now: datetime
) -> None:
    known = for_staff(session, office_id, number)
    report = locked(session, office_id, known.id)
    photo = proof_queries.proof(session, office_id, report.id, photo_id)
    if photo is None:
        raise Missing(NO_PROOF)
    given = Details(note=REMOVED.format(file=photo.file_hash[:16]))
    workflow.check(Status(report.status), Move.NOTE, role, given, held=report.is_held)
    if photo.event_id is not None:
        raise Refused(RESTED_ON)
    if photo.erased_at is None:
        session.execute(sa.update(Photo).filter_by(office_id=office_id, id=photo_id).values(erased_at=now))
        carry_out(session, report, EventFact(Move.NOTE, now, now, actor_id), given)


def _upload_id(report: Complaint, version: int, file_hash: str) -> UUID:
    """The same for a second tap or a retry; another one once the file was taken away, so that it can come back."""
    removed = proof_queries.how_often_removed(reader(), report.office_id, report.id, file_hash)
    return uuid5(report.id, f"{version}:{file_hash}" + f":{removed}" * bool(removed))


@transaction
def _add(
    session: Session,
    opened: Opened,
    upload_id: UUID,
    filed: Filed,
    copied: list[Found],
    *,
    role: str,
    actor_id: UUID,
    now: datetime,
) -> UUID:
    """The photo that the report has now: another one when another request was quicker."""
    report = locked(session, opened.office_id, opened.complaint_id)
    known = photo_queries.uploaded(session, opened.office_id, upload_id)
    same = known or _attached(session, report, filed)
    if same is not None:
        return same.id
    _refuse_more(session, report, role)
    facts = _facts(filed, report)
    lately = copies(facts, proof_queries.earlier(session, opened.office_id, report.id, now - MEANWHILE))
    found = findings(facts, [*copied, *lately], proof_queries.visit(session, report, now))
    photos.store(
        session, opened, filed, upload_id=upload_id, kind=PhotoKind.PROOF, added_by=actor_id,
        metres_off=facts.metres_off, now=now,
    )  # fmt: skip
    if found:
        session.execute(sa.insert(Finding), list(_rows(opened, filed, found, now)))
    return filed.id


def _attached(session: Session, report: Complaint, filed: Filed) -> Photo | None:
    """This very file, where it waits for the same settling already."""
    waiting = proof_queries.pending(session, report.office_id, report.id)
    return next((photo for photo in waiting if photo.file_hash == filed.clean.file_hash), None)


def _refuse_more(session: Session, report: Complaint, role: str) -> None:
    rule = BY_STEP.get((Status(report.status), Move.SETTLE))
    if rule is None or role not in rule.roles:
        raise Refused(NOT_NOW)
    if len(proof_queries.pending(session, report.office_id, report.id)) >= MOST_PHOTOS:
        raise Refused(ENOUGH)


def _facts(filed: Filed, report: Complaint | None) -> ProofFacts:
    """What the photo says; how far from the report it was taken, where both say where."""
    clean = filed.clean
    metres = None
    if report is not None and None not in (clean.lat, clean.lng, report.lat, report.lng):
        metres = metres_between(
            (float(clean.lat or 0), float(clean.lng or 0)), (float(report.lat or 0), float(report.lng or 0))
        )
    return ProofFacts(clean.file_hash, clean.look, clean.taken_at, metres)


def _rows(opened: Opened, filed: Filed, found: list[Found], now: datetime) -> Iterator[dict[str, object]]:
    for each in found:
        yield {
            "office_id": opened.office_id,
            "id": uuid7(now),
            "complaint_id": opened.complaint_id,
            "photo_id": filed.id,
            "kind": each.kind.value,
            "other_photo_id": each.other,
            "distance": each.distance,
            "found_at": now,
        }
