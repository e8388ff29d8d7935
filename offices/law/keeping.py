"""How long each kind of data is kept: one table for the night, the register, `/privasi` and the log of erasures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.calendar import months_before
from core.ids import uuid7
from core.retention import Ends
from offices import settings
from offices.law.models import Erasure

MOST = 400


class Kind(StrEnum):
    """What is erased by itself; stored by value."""

    IDENTITY = "identity"
    PHOTOS = "photos"
    PHONES = "phones"
    SPAM = "spam"
    SUGGESTIONS = "suggestions"
    MESSAGES = "messages"
    TRAIL = "trail"


@dataclass(frozen=True)
class Keeping:
    """How long a kind is kept: the setting that says so, what it is, from when the months run, and why so long."""

    setting: str
    name: object
    since: object
    reason: object


_ENDED = _l("sejak laporan selesai dan tidak bergerak lagi")
KEEPING: Mapping[Kind, Keeping] = {
    Kind.IDENTITY: Keeping(
        "identity_months", _l("Nama, telepon, dan email pelapor, dan tulisan warga yang ikut melapor"), _ENDED,
        _l("Pasal 42 dan 43: tujuan tercapai setelah laporan selesai dan masa membuka lagi habis."),
    ),
    Kind.PHOTOS: Keeping(
        "photo_months", _l("Foto dari warga"), _ENDED,
        _l("Pasal 42 dan 43: foto dapat memuat wajah dan rumah orang lain; bukti dari petugas tetap."),
    ),
    Kind.PHONES: Keeping(
        "notice_months", _l("Alamat pemberitahuan di HP warga"), _ENDED,
        _l("Pasal 42 dan 43: persetujuan berlaku selama masih ada kabar tentang laporan itu."),
    ),
    Kind.SPAM: Keeping(
        "spam_months", _l("Isi kiriman uji coba atau bukan laporan"), _l("sejak dikeluarkan dari hitungan"),
        _l("Pasal 27 dan 43: tidak diperlukan untuk menangani apa pun, dan dapat memuat fitnah."),
    ),
    Kind.SUGGESTIONS: Keeping(
        "suggestion_months", _l("Tulisan saran pada survei"), _l("sejak ditulis"),
        _l("Pasal 42 dan 43: cukup untuk dua laporan tahunan dan tindak lanjutnya; nilainya tetap."),
    ),
    Kind.MESSAGES: Keeping(
        "message_months", _l("Catatan email dan pemberitahuan"), _l("sejak terkirim atau gagal"),
        _l("Pasal 42 dan 43: cukup untuk memeriksa keluhan tentang kabar yang tidak sampai."),
    ),
    Kind.TRAIL: Keeping(
        "trail_months", _l("Nama, alamat, dan rincian pada jejak petugas"), _l("sejak dicatat"),
        _l("Pasal 31 dan 39: bukti siapa berbuat apa selama dapat diperiksa; rantainya tetap utuh sesudahnya."),
    ),
}  # fmt: skip


def ends(session: Session, kind: Kind, night: date) -> Ends:
    """What lies before which day goes tonight, by each office's setting."""
    key = KEEPING[kind].setting
    chosen = settings.of_all(session, key, night)
    usual = months_before(night, int(settings.KNOWN[key].default))
    return Ends(usual, {office_id: months_before(night, int(months)) for office_id, months in chosen.items()})


def write_down(session: Session, kind: Kind, counts: Mapping[int, int], ended: Ends, *, now: datetime) -> None:
    """Add to the log what was erased, one row for each office that had something, in the caller's transaction."""
    rows = [
        {"office_id": office, "id": uuid7(now), "at": now, "kind": kind.value, "count": n, "before": ended.of(office)}
        for office, n in sorted(counts.items())
        if n
    ]
    if rows:
        session.execute(sa.insert(Erasure), rows)


def erasures(session: Session, office_id: int) -> Sequence[Erasure]:
    """The newest of an office's log."""
    chosen = sa.select(Erasure).filter_by(office_id=office_id).order_by(Erasure.id.desc()).limit(MOST)
    return session.scalars(chosen).all()
