"""What the page of backups shows, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import PurePath

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.backup.models import BackupRun, Kind
from core.figures import half_up

MEGABYTE = 1_000_000
MAKERS: Mapping[str, object] = {
    Kind.NIGHTLY.value: _l("penjadwal, malam hari"),
    Kind.COMMAND.value: _l("perintah di server"),
    Kind.PAGE.value: _l("tombol di halaman ini"),
}


@dataclass(frozen=True)
class Row:
    """A backup in the list. `size_mb` None and `file` "": nothing was made. `status`: as a badge takes it."""

    at: datetime
    maker: object
    file: str
    note: str
    size_mb: Decimal | None
    status: str
    word: str
    details: Sequence[str]


def rows(runs: Sequence[BackupRun]) -> list[Row]:
    """One for each, in the same order."""
    return [_row(run) for run in runs]


def age_words(age: timedelta) -> str:
    """In whole hours; from two days on in days."""
    hours = int(age.total_seconds() // 3600)
    if age.days > 1:
        return _("Umurnya %(days)s hari.", days=age.days)
    return _("Umurnya %(hours)s jam.", hours=hours) if hours else _("Umurnya kurang dari satu jam.")


def _row(run: BackupRun) -> Row:
    status, word = _state(run)
    return Row(
        at=run.made_at or run.asked_at,
        maker=MAKERS.get(run.kind, run.kind),
        file=PurePath(run.file).name if run.file else "",
        note=_note(run),
        size_mb=half_up(Decimal(run.size) / MEGABYTE, 1) if run.size is not None else None,
        status=status,
        word=word,
        details=(run.error or run.result or "").split("; ") if run.error or run.result else (),
    )


def _note(run: BackupRun) -> str:
    if run.removed_at:
        return _("sudah dihapus, ada yang lebih baru")
    return _("tidak disandi") if run.file and not run.sealed else ""


def _state(run: BackupRun) -> tuple[str, str]:
    if run.error:
        return "reopened", _("Gagal")
    if run.verified_at:
        return "settled", _("Terverifikasi")
    if run.made_at:
        return "waiting", _("Belum diverifikasi")
    return "in_progress", _("Sedang dibuat")
