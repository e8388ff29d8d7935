"""Whom to call when something is not well, and what to tell them: for who does not look after the server."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.backup.standing import Worry
from core.health import Finding, State

# By the key of a finding. Who looks after the server reads the finding's own advice.
TELL: Mapping[str, object] = {
    "database": _l("basis data tidak menjawab"),
    "migrations": _l("basis data belum disesuaikan dengan versi aplikasi"),
    "keys": _l("berkas kunci data hilang atau tertukar; layanan jangan dimulai ulang sebelum dikembalikan"),
    "disk": _l("disk data hampir penuh atau tidak dapat ditulisi"),
    "write_ahead": _l(
        "sukma.db-wal besar; kalau satu jam lagi masih begitu, layanan web dan penjadwal perlu dimulai ulang"
    ),
    "night": _l("hitungan malam tidak jalan, mungkin layanan sukma-scheduler berhenti"),
    "outbox": _l("kiriman tidak berangkat, mungkin layanan sukma-scheduler berhenti"),
    "backup": _l("cadangan tidak dibuat, mungkin layanan sukma-scheduler berhenti"),
}
# Whole sentences: of backups, by what is wrong.
OF_BACKUPS: Mapping[Worry, object] = {
    Worry.NONE_YET: _l("Hubungi pengelola server: “belum ada cadangan, mungkin layanan sukma-scheduler berhenti”."),
    Worry.OLD: _l("Hubungi pengelola server: “cadangan terlalu lama, mungkin layanan sukma-scheduler berhenti”."),
    Worry.FAILED: _l("Hubungi pengelola server: “cadangan terakhir gagal dibuat; sebabnya ada di halaman Cadangan”."),
    Worry.GONE: _l("Hubungi pengelola server: “berkas cadangan terakhir hilang dari tempatnya”."),
    Worry.UNSEALED: _l(
        "Hubungi pengelola server: “cadangan tidak disandi padahal memuat nama dan nomor pelapor; perlu BACKUP_KEY”."
    ),
    Worry.SAME_DISK: _l(
        "Hubungi pengelola server: “cadangan satu disk dengan datanya; kalau disk itu rusak, keduanya hilang”."
    ),
}


def advice(finding: Finding, *, looks_after: bool) -> str:
    """What the reader of this finding does; `looks_after`: the server is theirs to look after."""
    if finding.state is State.GOOD or looks_after or finding.key not in TELL:
        return finding.advice
    return _("Hubungi pengelola server: “%(said)s”.", said=TELL[finding.key])
