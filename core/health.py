"""What is looked after, and how it stands: whether the service can do its work, and what needs somebody."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core import key_marks, media, schema, sqlite
from core.db import ask_database, db
from core.errors import DatabaseDown

CHECKS = "health_checks"
MB = 1024 * 1024
# Under this SQLite and photos may find no room any more; and so much should be left to have time to see to it.
FULL_BYTES, NEARLY_FULL_BYTES = 100 * MB, 2 * 1024 * MB
# Twice what SQLite leaves of the file. One large import may pass it, until the next write: so look twice.
HELD_BYTES = 2 * sqlite.WRITE_AHEAD_BYTES


class State(StrEnum):
    """How something stands. What is STOPPED keeps the service from taking anything in; a WARNING does not."""

    GOOD = "good"
    WARNING = "warning"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Finding:
    """What a check found: a key for programs; for people its name, how it stands, and what to do ("": nothing)."""

    key: str
    name: str
    state: State
    words: str
    advice: str = ""


Check = Callable[[Session, datetime], Finding]


def findings(session: Session, now: datetime) -> list[Finding]:
    """Everything that is looked after. A database that does not answer hides the rest but for a disk that is
    full, and what may have filled it.
    """
    try:
        ask_database()
    except DatabaseDown:
        full = [finding for finding in [disk(session, now)] if finding.state is State.STOPPED]
        # Without room SQLite does not open, and the database is not what needs help.
        told = full if full and db.engine.dialect.name == "sqlite" else [_database_down(), *full]
        return told + write_ahead()
    checks: Sequence[Check] = (_database, tables, keys, disk, *current_app.extensions[CHECKS])
    return [check(session, now) for check in checks] + write_ahead()


def tables(_session: Session, _now: datetime) -> Finding:
    """Whether the tables are this release's."""
    name = _("Aplikasi dan basis data")
    if schema.is_current():
        return Finding("migrations", name, State.GOOD, _("Keduanya dari versi yang sama."))
    words = _("Basis data belum disesuaikan dengan versi aplikasi.")
    return Finding("migrations", name, State.STOPPED, words, _("Jalankan: flask --app wsgi init"))


def keys(session: Session, _now: datetime) -> Finding:
    """Whether the keys in the folder are those of the database."""
    name, settings = _("Kunci data"), current_app.config["SETTINGS"]
    if schema.is_current() and key_marks.differing(session, Path(settings.data_dir)):
        advice = _("Jangan mulai ulang layanan. Kembalikan berkas kunci di DATA_DIR dari cadangan.")
        return Finding("keys", name, State.STOPPED, _("Berkas kunci di folder data hilang atau tertukar."), advice)
    if schema.is_current() and key_marks.signs_anew(session, settings):
        words = _(
            "Kunci masuk (secret.key) lain dari semula: semua petugas harus masuk lagi, dan tautan penilaian serta "
            "alamat kalender yang sudah dibagikan tidak berlaku."
        )
        advice = _(
            "Kembalikan berkasnya dari cadangan, lalu mulai ulang. Kalau memang diganti: ambil alamat kalender yang "
            "baru, dan jalankan flask --app wsgi keys accept"
        )
        return Finding("keys", name, State.WARNING, words, advice)
    return Finding("keys", name, State.GOOD, _("Milik basis data ini."))


def disk(_session: Session, _now: datetime) -> Finding:
    """Whether there is room for what comes in, and whether it may be written."""
    folder = Path(current_app.config["SETTINGS"].data_dir)
    name, free = _("Ruang simpan"), shutil.disk_usage(folder).free
    words = _("Tersisa %(gb)s GB.", gb=f"{free / 1e9:.1f}".replace(".", ","))
    if not os.access(folder, os.W_OK):
        return Finding("disk", name, State.STOPPED, _("Folder data tidak dapat ditulisi."), _("Periksa disknya."))
    if free < FULL_BYTES:
        return Finding("disk", name, State.STOPPED, words, _("Kosongkan ruang, atau pindah ke disk yang lebih besar."))
    if media.is_short(folder):
        put_off = _("%(words)s Foto warga ditunda; laporan dan penilaian tetap masuk.", words=words)
        return Finding("disk", name, State.WARNING, put_off, _("Kosongkan ruang sekarang."))
    if free < NEARLY_FULL_BYTES:
        return Finding("disk", name, State.WARNING, words, _("Kosongkan ruang sebelum habis."))
    return Finding("disk", name, State.GOOD, words)


def write_ahead() -> list[Finding]:
    """Whether SQLite's write-ahead file goes back into the database, or grows until the disk is full."""
    size = sqlite.write_ahead_size(db.engine)
    if size is None:
        return []
    name = _("Catatan sementara basis data")
    words = _("Besarnya %(mb)s MB.", mb=f"{size / 1e6:.1f}".replace(".", ","))
    if size <= HELD_BYTES:
        return [Finding("write_ahead", name, State.GOOD, words)]
    large = _("%(words)s Biasanya jauh lebih kecil; kalau tidak menyusut, disk dapat penuh.", words=words)
    advice = _("Lihat lagi satu jam lagi. Kalau masih sebesar itu, mulai ulang layanan web dan penjadwal.")
    return [Finding("write_ahead", name, State.WARNING, large, advice)]


def _database_down() -> Finding:
    advice = _("Nyalakan lagi, atau hubungi penyedianya.")
    return Finding("database", _("Basis data"), State.STOPPED, _("Basis data tidak menjawab."), advice)


def _database(_session: Session, _now: datetime) -> Finding:
    return Finding("database", _("Basis data"), State.GOOD, _("Menjawab."))
