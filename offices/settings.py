"""Office settings: what may be set, how it is read, and what holds until somebody sets it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from offices import audit, queries, tiles
from offices.law import limits
from offices.models import Setting
from offices.signin import required

WEIGHTS = ("1/9", "0.111")
THRESHOLD = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")
PHONE = re.compile(r"(\+?[0-9]{3,15}) +(\S.*)")
COUNT = re.compile(r"[0-9]{1,7}")
NOBODY = "tidak"
OURS, OUTSIDE = "kami", "sukma-e"
TRANSLATIONS = ("en", "jv", "mad")  # languages besides Indonesian that there are words in


@dataclass(frozen=True)
class Known:
    """A setting: its value until set, how its text is checked, and what it is for (shown to people)."""

    default: str
    check: Callable[[str], object]
    meaning: str


def _weight(text: str) -> str:
    if text not in WEIGHTS:
        raise ValueError(" atau ".join(WEIGHTS))
    return text


def thresholds(text: str) -> tuple[Decimal, ...]:
    """Four falling numbers above 0, as in "91,76,66,51"; raises ValueError."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4 or not all(THRESHOLD.fullmatch(part) for part in parts):
        raise ValueError("empat angka menurun, misalnya 91,76,66,51")
    values = tuple(Decimal(part) for part in parts)
    if list(values) != sorted(set(values), reverse=True) or not values[-1]:
        raise ValueError("empat angka menurun, misalnya 91,76,66,51")
    return values


def phone_numbers(text: str) -> list[tuple[str, str]]:
    """(number, name) pairs from "112 Darurat; 110 Polisi"; raises ValueError."""
    pairs = [PHONE.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    found = [(pair[1], pair[2]) for pair in pairs if pair]
    if not found or len(found) != len(pairs):
        raise ValueError("nomor dan nama dipisah titik koma, misalnya 110 Polisi; 113 Pemadam")
    return found


def translations(text: str) -> frozenset[str]:
    """Codes of languages, as in "en,jv"; none for "tidak". Raises ValueError."""
    codes = [part.strip() for part in text.split(",")] if text != tiles.NONE else []
    if not set(codes) <= set(TRANSLATIONS):
        raise ValueError(f"kode dari {', '.join(TRANSLATIONS)}, dipisah koma, atau {tiles.NONE}")
    return frozenset(codes)


def _words(text: str) -> str:
    if not 1 <= len(text.strip()) <= 100:
        raise ValueError(f"paling banyak 100 huruf, atau kata {NOBODY}")
    return text.strip()


def said(values: Mapping[str, str], key: str) -> str:
    """What the office says of itself, "" where not set, by the texts of all settings."""
    return "" if values[key] == NOBODY else values[key].strip()


@dataclass(frozen=True)
class Signer:
    """Who signs; "" where nobody has said it."""

    name: str
    number: str
    rank: str


def signer(values: Mapping[str, str], who: str = "head") -> Signer:
    """Who signs as the office's head or secretary, by the texts of all settings."""
    return Signer(*(said(values, f"{who}_{part}") for part in ("name", "nip", "rank")))


def _yes_no(text: str) -> bool:
    if text not in {"ya", "tidak"}:
        raise ValueError("ya atau tidak")
    return text == "ya"


def _up_to(most: int) -> Callable[[str], int]:
    def check(text: str) -> int:
        if not COUNT.fullmatch(text) or int(text) > most:
            raise ValueError(f"bilangan bulat 0–{most}")
        return int(text)

    return check


def _ikm_source(text: str) -> str:
    if text not in {OURS, OUTSIDE}:
        raise ValueError(f"{OURS} atau {OUTSIDE}")
    return text


KNOWN: Mapping[str, Known] = {
    "weight": Known("1/9", _weight, "Bobot setiap unsur survei (1/9, atau 0.111)"),
    "predicate_thresholds": Known(
        "91,76,66,51", thresholds, "Batas capaian untuk Sangat tinggi, Tinggi, Sedang, dan Rendah"
    ),
    "ikm_source": Known(
        OURS, _ikm_source, "Indeks mana yang menjadi IKU 2: kami (survei di sini) atau sukma-e (dari register SUKMA-E)"
    ),
    "emergency_numbers": Known(
        "112 Darurat; 110 Polisi; 113 Pemadam; 119 Ambulans", phone_numbers, "Nomor telepon darurat"
    ),
    "count_patrol": Known("tidak", _yes_no, "Hitung temuan patroli pada IKU 4 (ya atau tidak)"),
    "identity_months": Known("6", _up_to(120), "Bulan sampai identitas pelapor dihapus sesudah laporan selesai"),
    **{key: Known(default, limits.months, meaning) for key, (default, meaning) in limits.MONTHS.items()},
    "privacy_contact": Known(NOBODY, _words, "Tempat warga bertanya tentang data pribadi (tidak: kantor)"),
    "privacy_authority": Known(
        "Kementerian Komunikasi dan Digital", _words, "Lembaga yang menerima pengaduan dan laporan kebocoran data"
    ),
    "remind_days": Known("1", _up_to(30), "Hari kerja sebelum tenggat untuk mengingatkan petugas (0: tidak)"),
    "late_days": Known("1", _up_to(60), "Hari kerja lewat tenggat untuk memberi tahu kepala seksi (0: tidak)"),
    "very_late_days": Known("3", _up_to(60), "Hari kerja lewat tenggat untuk memberi tahu Sekcam (0: tidak)"),
    "note_due_days": Known(
        "3", _up_to(15), "Hari kerja sesudah akhir bulan untuk mengisi catatan IKU (0: tanpa tenggat)"
    ),
    "note_late_days": Known(
        "2", _up_to(15), "Hari kerja lewat tenggat catatan IKU untuk memberi tahu Sekcam (0: tidak)"
    ),
    "service_users": Known("0", _up_to(1_000_000), "Pengguna layanan dalam sebulan (0: belum diketahui)"),
    "languages": Known(
        "en",
        translations,
        "Bahasa lain pada survei: en Inggris, jv Jawa, mad Madura (tidak: Indonesia saja)",
    ),
    "checked_languages": Known(
        tiles.NONE,
        translations,
        "Bahasa survei yang sudah diperiksa penutur aslinya: jv, mad (tidak: belum ada, jadi bertanda percobaan)",
    ),
    "paper_double_entry": Known(
        "ya", _yes_no, "Survei di kertas: masukkan setiap tumpukan dua kali dan bandingkan (ya atau tidak)"
    ),
    "office_address": Known(NOBODY, _words, "Alamat kantor pada kop surat (tidak: tidak dicetak)"),
    "office_phone": Known(NOBODY, _words, "Telepon kantor pada kop surat (tidak: tidak dicetak)"),
    "office_email": Known(NOBODY, _words, "Surel kantor pada kop surat (tidak: tidak dicetak)"),
    "head_name": Known(NOBODY, _words, "Nama Camat, yang menandatangani laporan (tidak: ruang kosong)"),
    "head_nip": Known(NOBODY, _words, "NIP Camat (tidak: ruang kosong)"),
    "head_rank": Known(NOBODY, _words, "Pangkat Camat, misalnya Pembina Tingkat I (IV/b) (tidak: tidak dicetak)"),
    "secretary_name": Known(NOBODY, _words, "Nama Sekretaris Kecamatan, yang membuat ringkasan (tidak: ruang kosong)"),
    "secretary_nip": Known(NOBODY, _words, "NIP Sekretaris Kecamatan (tidak: ruang kosong)"),
    "secretary_rank": Known(NOBODY, _words, "Pangkat Sekretaris Kecamatan (tidak: tidak dicetak)"),
    "second_factor_roles": Known(
        required.EVERYBODY,
        required.roles,
        "Siapa wajib memakai langkah kedua saat masuk (semua, tidak, atau misalnya camat, operator)",
    ),
    "visit_code_days": Known("7", _up_to(60), "Hari kode kunjungan berlaku (0: hari itu saja)"),
    "tile_url": Known(
        tiles.NONE, tiles.address, "Alamat gambar peta; server itu melihat daerah yang dibuka (tidak: garis desa saja)"
    ),
    "tile_credit": Known("© OpenStreetMap", str, "Pembuat gambar peta, ditulis di pojok peta"),
}


def in_force(session: Session, office_id: int, day: date) -> dict[str, str]:
    """Every setting's text on `day`."""
    return on(queries.setting_rows(session, office_id), day)


def on(rows: Iterable[Setting], day: date) -> dict[str, str]:
    """Every setting's text on `day`, from all rows, oldest first: a later row overrides an earlier one."""
    values = {row.key: row.value for row in rows if row.valid_from <= day}
    return {key: known.default for key, known in KNOWN.items()} | values


def of_all(session: Session, key: str, day: date) -> dict[int, str]:
    """Office → the setting's text on `day`; only the offices that ever set it, the others have its default."""
    return {row.office_id: row.value for row in queries.settings_of_all(session, key) if row.valid_from <= day}


def is_ikm_outside(values: Mapping[str, str]) -> bool:
    """Whether the index that SUKMA-E shows is the office's IKU 2, by the texts of all settings."""
    return values["ikm_source"] == OUTSIDE


def counts_patrol(values: Mapping[str, str]) -> bool:
    """Whether patrol findings count, by the texts of all settings."""
    return _yes_no(values["count_patrol"])


def enters_paper_twice(values: Mapping[str, str]) -> bool:
    """Whether a pile of paper forms counts only once a second entry agrees, by the texts of all settings."""
    return _yes_no(values["paper_double_entry"])


def checked(key: str, value: str) -> Any:
    """The setting's value, typed; raises Refused for an unknown key or a value that can't be read. What it says of a
    value stands after the field's label, under the setting's meaning.
    """
    known = KNOWN.get(key)
    if known is None:
        raise Refused(f"Pengaturan {key} tidak dikenal. Yang ada: {', '.join(KNOWN)}.")
    try:
        return known.check(value)
    except ValueError as fault:
        raise Refused(f"“{value}” tidak dapat dipakai; yang diharapkan: {fault}.", "value") from fault


@transaction
def set_value(session: Session, *, office_id: int, key: str, value: str, month: Month, by: str, now: datetime) -> None:
    """Set a value from `month` on; earlier months keep theirs."""
    checked(key, value)
    session.add(
        Setting(
            office_id=office_id,
            id=uuid7(now),
            key=key,
            value=value,
            valid_from=month.first_day,
            set_at=now,
            set_by=by,
        )
    )
    audit.record(session, office_id, by, "setting.set", key, {"value": value, "month": str(month)}, now=now)
