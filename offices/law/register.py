"""The register of processing (UU 27/2022 pasal 31): what is done with personal data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Missing
from core.ids import uuid7
from offices import audit
from offices.law.keeping import KEEPING, Kind
from offices.law.models import OwnProcessing


@dataclass(frozen=True)
class Activity:
    """A kind of processing in words; `kept` are the kinds whose settings say how long, `always` what stands besides."""

    name: object
    purpose: object
    basis: object
    kinds: object
    whose: object
    recipients: object
    kept: tuple[Kind, ...]
    always: object
    protection: object


PUBLIC_TASK = _l("Pasal 20 ayat (2) huruf e: kepentingan umum dan pelayanan publik (UU 25/2009, Perpres 76/2013)")
LEGAL_DUTY = _l("Pasal 20 ayat (2) huruf c: kewajiban hukum (UU 25/2009, Permenpan RB 14/2017)")
OFFICE_DUTY = _l("Pasal 20 ayat (2) huruf c: kewajiban hukum menjaga keamanan data (pasal 35 dan 39)")
CONSENT = _l("Pasal 20 ayat (2) huruf a dan pasal 22: persetujuan, dicatat dan dapat ditarik kapan saja (pasal 9)")
ACTIVITIES: Sequence[Activity] = (
    Activity(
        _l("Menangani laporan gangguan ketenteraman"),
        _l("Menerima, memeriksa, menindaklanjuti, dan menjawab laporan"),
        PUBLIC_TASK,
        _l("Isi laporan, tempat, posisi, waktu, jenis; nama, telepon, dan email kalau diisi"),
        _l("Pelapor, warga yang ikut melapor, dan orang yang disebut dalam laporan"),
        _l("Petugas dan Kepala Seksi Trantib; instansi berwenang kalau laporan diteruskan"),
        (Kind.IDENTITY, Kind.SPAM),
        _l("Isi laporan tanpa identitas disimpan menurut jadwal retensi arsip, sebagai dasar angka IKU 4"),
        _l("Identitas disandikan dan terpisah; setiap kali dibuka dicatat dengan alasannya"),
    ),
    Activity(
        _l("Menyimpan foto dari warga"), _l("Menemukan tempat dan membuktikan keadaan"), PUBLIC_TASK,
        _l("Foto tanpa keterangan kamera dan posisi"), _l("Pelapor dan orang yang terlihat"),
        _l("Petugas kantor ini"), (Kind.PHOTOS,), _l("Sidik foto tetap, supaya foto yang dipakai ulang ketahuan"),
        _l("Dikodekan ulang, hanya terbuka bagi petugas dan pemegang kode"),
    ),
    Activity(
        _l("Mengabari pelapor lewat HP atau email"), _l("Memberi tahu setiap kemajuan laporan"), CONSENT,
        _l("Alamat peramban, alamat email, saat dan bunyi persetujuan"), _l("Pelapor yang memintanya"),
        _l("Layanan pemberitahuan peramban dan server email (tanpa isi laporan)"), (Kind.PHONES, Kind.MESSAGES),
        _l("Catatan persetujuan dihapus bersama identitas"), _l("Disandikan; isinya terkunci untuk peramban itu"),
    ),
    Activity(
        _l("Survei kepuasan masyarakat"), _l("Menghitung IKM dan memperbaiki layanan"), LEGAL_DUTY,
        _l("Jawaban, kelompok umur, jenis kelamin, pendidikan, pekerjaan, saran; tanpa nama"),
        _l("Pengguna layanan"), _l("Petugas kantor ini; masyarakat hanya melihat angka gabungan"), (Kind.SUGGESTIONS,),
        _l("Nilai tanpa nama disimpan seterusnya sebagai dasar laporan resmi"),
        _l("Kelompok kecil tidak ditampilkan; tidak ada yang menghubungkan jawaban dengan orang"),
    ),
    Activity(
        _l("Akun dan jejak petugas"), _l("Mengatur siapa boleh berbuat apa, dan membuktikan siapa berbuat apa"),
        OFFICE_DUTY, _l("Nama, email, tugas; saat dan alamat internet waktu masuk; perbuatan di sistem"),
        _l("Petugas kantor"), _l("Operator dan auditor"), (Kind.TRAIL,), _l("Akun disimpan selama laporan menyebutnya"),
        _l("Kata sandi hanya berupa sidik argon2; jejak berantai sehingga perubahan ketahuan"),
    ),
    Activity(
        _l("Cadangan"), _l("Memulihkan data setelah kerusakan"), OFFICE_DUTY, _l("Semua yang di atas"),
        _l("Semua yang di atas"), _l("Pengurus server"), (),
        _l("Bergilir menurut aturan cadangan; yang sudah dihapus dihapus lagi setiap kali dipulihkan"),
        _l("Disandikan kalau kunci cadangan dipasang"),
    ),
)  # fmt: skip


def how_long(activity: Activity, values: Mapping[str, str]) -> list[str]:
    """In words, by the office's settings."""
    told = [
        _("%(what)s: %(months)s bulan %(since)s", what=each.name, months=values[each.setting], since=each.since)
        for each in (KEEPING[kind] for kind in activity.kept)
    ]
    return [*told, str(activity.always)]


def own(session: Session, office_id: int) -> Sequence[OwnProcessing]:
    """What the office added itself and has not taken away."""
    chosen = sa.select(OwnProcessing).filter_by(office_id=office_id, removed_at=None).order_by(OwnProcessing.id)
    return session.scalars(chosen).all()


@transaction
def add(session: Session, *, office_id: int, values: Mapping[str, str], by: str, now: datetime) -> None:
    """Add an activity of the office's own."""
    session.add(OwnProcessing(office_id=office_id, id=uuid7(now), added_at=now, added_by=by, **values))
    audit.record(session, office_id, by, "processing.add", values["name"], {}, now=now)


@transaction
def remove(session: Session, *, office_id: int, activity_id: UUID, by: str, now: datetime) -> None:
    """Take it off the register; raises Missing."""
    row = session.get(OwnProcessing, (office_id, activity_id))
    if row is None or row.removed_at:
        raise Missing(_("Kegiatan ini tidak ada."))
    row.removed_at = now
    audit.record(session, office_id, by, "processing.remove", row.name, {}, now=now)
