"""How it stands with the backups: the age of the last verified one, and what to worry about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.backup import queries
from core.backup.models import BackupRun

OLD_AFTER = timedelta(hours=26)


class Worry(StrEnum):
    """What may be wrong."""

    NONE_YET = "none_yet"
    OLD = "old"
    FAILED = "failed"
    GONE = "gone"
    UNSEALED = "unsealed"
    SAME_DISK = "same_disk"


WORDS: Mapping[Worry, object] = {
    Worry.NONE_YET: _l("Belum ada cadangan yang terverifikasi. Tekan tombol di bawah, atau tunggu malam nanti."),
    Worry.OLD: _l("Cadangan terakhir yang terverifikasi lebih tua dari 26 jam. Periksa apakah penjadwal berjalan."),
    Worry.FAILED: _l("Cadangan yang terakhir dicoba gagal. Sebabnya tertulis di daftar."),
    Worry.GONE: _l("Berkas cadangan terakhir tidak ada lagi di tempatnya. Buat cadangan baru."),
    Worry.UNSEALED: _l(
        "Cadangan tidak disandi, padahal memuat nama dan nomor HP pelapor. Pasang BACKUP_KEY, dan simpan kuncinya di "
        "tempat lain."
    ),
    Worry.SAME_DISK: _l(
        "Cadangan berada di disk yang sama dengan data: kalau disk itu rusak, keduanya hilang. Salin ke tempat lain, "
        "atau arahkan BACKUP_DIR ke disk lain."
    ),
}
GRAVE = frozenset({Worry.NONE_YET, Worry.OLD, Worry.FAILED, Worry.GONE})


@dataclass(frozen=True)
class Health:
    """`age`: how old the contents of the last verified backup are that still lies where it was put, None without one.
    `size` in bytes. `is_under_way`: one was asked for and is not made yet.
    """

    age: timedelta | None
    made_at: datetime | None
    verified_at: datetime | None
    file: str | None
    size: int | None
    is_under_way: bool
    worries: tuple[Worry, ...]

    @property
    def is_good(self) -> bool:
        """No grave worry: a verified backup of the last day is there."""
        return not GRAVE & set(self.worries)


def health(session: Session, now: datetime) -> Health:
    """How it stands now."""
    verified, last = queries.verified(session, now=now), queries.newest_ended(session)
    there = [run for run in verified if Path(str(run.file)).exists()]
    good = next(iter(there or verified), None)
    return Health(
        age=now - good.made_at if good and good.made_at else None,
        made_at=good.made_at if good else None,
        verified_at=good.verified_at if good else None,
        file=good.file if good else None,
        size=good.size if good else None,
        is_under_way=bool(queries.waiting(session)),
        worries=tuple(_worries(good, last, now, is_there=bool(there))),
    )


def _worries(good: BackupRun | None, last: BackupRun | None, now: datetime, *, is_there: bool) -> Iterator[Worry]:
    if last is not None and last.error:
        yield Worry.FAILED
    if good is None or good.made_at is None:
        yield Worry.NONE_YET
        return
    if now - good.made_at > OLD_AFTER:
        yield Worry.OLD
    if not is_there:
        yield Worry.GONE
    if not good.sealed:
        yield Worry.UNSEALED
    if good.same_disk:
        yield Worry.SAME_DISK
