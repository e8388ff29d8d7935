"""Piles of paper forms: begun, entered form by form, entered again, decided where the two differ."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import long_date, wib_day
from core.db import transaction
from core.errors import Conflict, Missing, Refused
from core.ids import uuid7
from offices import attachments, audit
from offices import queries as offices
from offices.attachments import Kept
from survey import queries
from survey.entry import paper_queries
from survey.entry.models import PaperBatch, PaperForm
from survey.entry.paper_terms import INCOMPLETE, MOST_FORMS, OPEN, Given, PileState, Turn, decided
from survey.places import rated_point
from survey.service import content_digest

CLOSED = "Tumpukan ini sudah ditutup: isinya tidak dapat diubah lagi."
CHANGED = "Masukan formulir ini baru saja berubah. Bandingkan sekali lagi."


class PileValues(TypedDict):
    """What the forms of a pile have in common: one edition and one WIB day; `service_code` None: each form says which,
    `point_code` None: not recorded.
    """

    edition_code: str
    service_code: str | None
    point_code: str | None
    day: date


def about(batch_id: UUID) -> str:
    """What the scans of a pile are attached to."""
    return f"paper_batch:{batch_id}"


def digest_of(given: Given | None) -> str:
    """Tells one reading from another; "" for none."""
    return content_digest({**given.as_json()}) if given else ""


@transaction
def begin(session: Session, /, *, office_id: int, by: str, now: datetime, **values: Unpack[PileValues]) -> UUID:
    """Begin a pile; its id. Raises Refused."""
    _check_when(session, office_id, values["edition_code"], values["day"], wib_day(now))
    _check_where(session, office_id, values["service_code"], values["point_code"])
    signed = {"begun_at": now, "begun_by": by}
    pile = PaperBatch(office_id=office_id, id=uuid7(now), status=PileState.FIRST.value, **values, **signed)
    session.add(pile)
    audit.note(session, office_id, by, "paper.begin", str(pile.id), {"day": values["day"].isoformat()}, now=now)
    return pile.id


def _check_when(session: Session, office_id: int, edition_code: str, day: date, today: date) -> None:
    edition = queries.edition(session, office_id, edition_code)
    if edition is None:
        raise Refused("Edisi ini tidak ada. Pilih dari daftar.", "edition")
    if day > today:
        raise Refused("Hari itu belum tiba. Pilih hari ini atau hari sebelumnya.", "day")
    if day < edition.starts_on:
        since = long_date(edition.starts_on)
        raise Refused(f"Edisi ini baru berlaku sejak {since}. Pilih hari sejak itu, atau edisi lain.", "day")


def _check_where(session: Session, office_id: int, service_code: str | None, point_code: str | None) -> None:
    known = {row.code for row in offices.services(session, office_id)}
    if service_code is not None and service_code not in known:
        raise Refused("Layanan ini tidak ada. Pilih dari daftar.", "service")
    if point_code is not None and rated_point(session, office_id, point_code) is None:
        raise Refused("Titik ini tidak ada atau tidak menerima penilaian. Pilih dari daftar.", "point")


@transaction
def save(
    session: Session,
    *,
    office_id: int,
    batch_id: UUID,
    turn: Turn,
    number: int,
    given: Given,
    was: str,
    by: str,
    now: datetime,
) -> None:
    """Keep one reading of the form of this number; again with the same content changes nothing.

    `was`: the digest of the reading that it replaces, "" for a new one; raises Conflict when another one is there,
    Refused when the pile takes none.
    """
    pile = _held(session, office_id, batch_id)
    if turn is Turn.SECOND and pile.status == PileState.FIRST:
        raise Refused("Masukan pertama belum selesai. Selesaikan dahulu, baru masukkan kedua kalinya.")
    if not 1 <= number <= MOST_FORMS:
        raise Refused(f"Satu tumpukan paling banyak {MOST_FORMS} formulir. Mulai tumpukan baru.")
    known = paper_queries.form(session, office_id, batch_id, turn, number)
    kept = Given.of(known.given) if known else None
    if kept == given:
        return
    if known and digest_of(kept) != was:
        raise Conflict(f"No. {number} sudah dimasukkan oleh {known.entered_by}.", "number")
    _put(session, pile, turn, number, given, by=by, now=now)
    _forget(session, pile, Turn.DECIDED, number)
    if turn is Turn.SECOND and pile.second_by is None:
        pile.second_by = by


@transaction
def remove(
    session: Session, *, office_id: int, batch_id: UUID, turn: Turn, number: int, by: str, now: datetime
) -> None:
    """Take a form out of one entry: a number that the pile doesn't have."""
    pile = _held(session, office_id, batch_id)
    _forget(session, pile, turn, number)
    _forget(session, pile, Turn.DECIDED, number)
    gone = {"turn": turn.value, "number": number}
    audit.record(session, office_id, by, "paper.remove", str(batch_id), gone, now=now)


@transaction
def finish_first(session: Session, *, office_id: int, batch_id: UUID, by: str, now: datetime) -> None:
    """From now on the pile is entered for the second time. Again changes nothing."""
    pile = _held(session, office_id, batch_id)
    if not paper_queries.numbers(session, office_id, batch_id, Turn.FIRST):
        raise Refused("Tumpukan ini masih kosong. Masukkan formulirnya dahulu.")
    pile.status = PileState.SECOND.value
    audit.note(session, office_id, by, "paper.finish", str(batch_id), {}, now=now)


@transaction
def decide(
    session: Session, *, office_id: int, batch_id: UUID, number: int, found: Given, by: str, now: datetime
) -> None:
    """Keep what stands on the paper where both entries differ; raises Conflict when they differ elsewhere by now."""
    pile = _held(session, office_id, batch_id)
    sheets = paper_queries.sheets(session, office_id, batch_id)
    sheet = next((each for each in sheets if each.number == number), None)
    if sheet is None or sheet.first is None or sheet.second is None:
        raise Conflict(CHANGED)
    if not found.is_incomplete and not set(sheet.differing) <= {*found.texts, INCOMPLETE}:
        raise Conflict(CHANGED)
    _put(session, pile, Turn.DECIDED, number, decided(sheet.first, sheet.second, found), by=by, now=now)


@transaction
def discard(session: Session, *, office_id: int, batch_id: UUID, reason: str, by: str, now: datetime) -> None:
    """Throw away a pile that is not counted, with the reason in the audit trail."""
    pile = _held(session, office_id, batch_id)
    pile.status, pile.ended_at = PileState.DISCARDED.value, now
    audit.record(session, office_id, by, paper_queries.DISCARDED, str(batch_id), {"reason": reason}, now=now)


@transaction
def reopen(session: Session, *, office_id: int, batch_id: UUID, by: str, now: datetime) -> None:
    """Open a pile again whose import was undone, to mend it and take it in once more; else Refused."""
    pile = locked(session, office_id, batch_id)
    taken = offices.import_of(session, office_id, pile.import_id) if pile.import_id else None
    if pile.status != PileState.TAKEN or taken is None or taken.undone_at is None:
        raise Refused("Tumpukan ini masih dihitung. Batalkan dahulu impornya.")
    pile.status, pile.ended_at, pile.import_id = PileState.SECOND.value, None, None
    audit.record(session, office_id, by, "paper.reopen", str(batch_id), {}, now=now)


@transaction
def attach(session: Session, *, office_id: int, batch_id: UUID, scans: list[Kept], by: str, now: datetime) -> None:
    """Put scans beside a pile, one that is counted too."""
    if paper_queries.pile(session, office_id, batch_id).status == PileState.DISCARDED:
        raise Refused(CLOSED)
    for scan in scans:
        attachments.record(session, office_id, scan, about(batch_id), by, now)
    audit.note(session, office_id, by, "paper.scan", str(batch_id), {"files": len(scans)}, now=now)


def locked(session: Session, office_id: int, batch_id: UUID) -> PaperBatch:
    """The pile, which nobody else changes until this transaction ends; raises Missing."""
    mine = sa.select(PaperBatch).filter_by(office_id=office_id, id=batch_id).with_for_update()
    pile = session.scalars(mine).one_or_none()
    if pile is None:
        raise Missing(paper_queries.NOT_THERE)
    return pile


def _held(session: Session, office_id: int, batch_id: UUID) -> PaperBatch:
    """The same, of a pile that is still open; else Refused."""
    pile = locked(session, office_id, batch_id)
    if pile.status not in OPEN:
        raise Refused(CLOSED)
    return pile


def _put(session: Session, pile: PaperBatch, turn: Turn, number: int, given: Given, *, by: str, now: datetime) -> None:
    _forget(session, pile, turn, number)
    form = PaperForm(
        office_id=pile.office_id,
        id=uuid7(now),
        batch_id=pile.id,
        number=number,
        entry=turn.value,
        given=dict(given.as_json()),
        entered_at=now,
        entered_by=by,
    )
    session.add(form)
    session.flush()


def _forget(session: Session, pile: PaperBatch, turn: Turn, number: int) -> None:
    gone = sa.delete(PaperForm).filter_by(office_id=pile.office_id, batch_id=pile.id, entry=turn.value, number=number)
    session.execute(gone)
