"""What the desk says: promises, days left, what happened and who did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from complaints.case_models import DueChange
from complaints.deadlines import Deadlines, Promise, lateness, next_promise
from complaints.events import WrittenWords
from complaints.promises import Because
from complaints.queries import Step
from complaints.states import EventFact
from complaints.terms import EXCLUSION_LABELS, STATUS_LABELS, Move, Status
from core.calendar import long_date

PROMISES = {
    Promise.ANSWER: _l("Jawaban pertama"),
    Promise.FOLLOW_UP: _l("Tindak lanjut"),
    Promise.SETTLE: _l("Penyelesaian"),
}
HAPPENED = {
    Move.RECEIVE: _l("Laporan diterima"),
    Move.VERIFY: _l("Diperiksa"),
    Move.ASSIGN: _l("Ditugaskan"),
    Move.START: _l("Mulai ditangani"),
    Move.SETTLE: _l("Diselesaikan"),
    Move.REOPEN: _l("Dibuka lagi"),
    Move.EXCLUDE: _l("Dikeluarkan dari hitungan"),
    Move.RESTORE: _l("Dikembalikan ke hitungan"),
    Move.TAKE_BACK: _l("Langkah terakhir dibatalkan"),
    Move.WITHDRAW: _l("Ditarik dari catatan"),
    Move.ASK: _l("Pelapor ditanya"),
    Move.REPLY: _l("Pelapor menjawab"),
    Move.RESUME: _l("Dilanjutkan tanpa jawaban pelapor"),
    Move.CONFIRM: _l("Pelapor: sudah beres"),
    Move.HALF_FIXED: _l("Pelapor: baru sebagian beres"),
    Move.DENY: _l("Pelapor: belum beres, dibuka lagi"),
    Move.DISPUTE: _l("Warga yang ikut melapor: belum beres"),
    Move.FINALISE: _l("Ditutup karena tidak ada yang keberatan"),
    Move.ADD: _l("Pelapor menambah keterangan"),
    Move.JOIN: _l("Warga lain ikut melapor"),
    Move.NOTE: _l("Catatan petugas"),
    Move.RECATEGORISE: _l("Jenis diganti"),
    Move.RELEASE: _l("Dilepas dari tinjauan"),
    Move.REISSUE: _l("Kode tanda terima diganti"),
    Move.ERASE: _l("Data pelapor dihapus atas permintaannya"),
}
WORDS = (
    ("reason", _l("Alasan")),
    ("action", _l("Tindakan")),
    ("handed_over_to", _l("Diserahkan kepada")),
    ("answer", _l("Jawaban untuk warga")),
    ("question", _l("Pertanyaan")),
    ("said", _l("Kata pelapor")),
    ("note", _l("Catatan")),
    ("record_number", _l("Nomor berita acara")),
)
BECAUSE = {
    Because.WAITED: _l("kami menunggu jawaban pelapor"),
    Because.CATEGORY: _l("jenis laporan diganti"),
}
TOMORROW = -1


@dataclass(frozen=True)
class Due:
    """A due day as a badge: `state` late, soon, ok or none, with its word."""

    state: str
    word: str


@dataclass(frozen=True)
class PromiseLine:
    """One promise of a report; `due` None: already met, or the report is closed."""

    name: str
    day: date
    due: Due | None
    is_next: bool


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened: when, what, by whom (None: nobody signed in), what was written (name, text)."""

    at: datetime
    what: str
    who: str | None
    words: Sequence[tuple[str, str]]


def status(value: Status) -> str:
    """A status as the desk reads it."""
    return _(STATUS_LABELS[value])


def promise(value: Promise | None) -> str:
    """A promise by its name; "" once all are met."""
    return str(PROMISES[value]) if value else ""


def due(day: date | None, today: date) -> Due:
    """How much time is left, in calendar days."""
    late = lateness(day, today)
    if late is None:
        return Due("none", _("Tanpa tenggat"))
    if late > 0:
        return Due("late", _("Terlambat %(days)s hari", days=late))
    if late == 0:
        return Due("soon", _("Hari ini"))
    return Due("soon", _("Besok")) if late == TOMORROW else Due("ok", _("%(days)s hari lagi", days=-late))


def promises(current: Status, dates: Deadlines, today: date) -> list[PromiseLine]:
    """The three promises in the order they fall due, the next one marked."""
    following = next_promise(current, dates)
    lines, owed = [], False
    for one, name in PROMISES.items():
        owed = owed or one is following
        day = dates.due(one)
        lines.append(PromiseLine(str(name), day, due(day, today) if owed else None, one is following))
    return lines


def moved_due(change: DueChange) -> str:
    """How the day of settlement was moved, and why."""
    return _(
        "Tenggat penyelesaian berubah dari %(old)s menjadi %(new)s, karena %(why)s.",
        old=long_date(change.old_due),
        new=long_date(change.new_due),
        why=BECAUSE[Because(change.because)],
    )


def history(steps: Sequence[Step], names: dict[UUID, str]) -> list[HistoryLine]:
    """What happened, the newest first."""
    return [_line(step.fact, step.words, names) for step in reversed(steps)]


def _line(fact: EventFact, words: WrittenWords, names: dict[UUID, str]) -> HistoryLine:
    written = [(str(name), getattr(words, key)) for key, name in WORDS if getattr(words, key)]
    return HistoryLine(fact.at, _what(fact, names), names.get(fact.actor) if fact.actor else None, written)


def _what(fact: EventFact, names: dict[UUID, str]) -> str:
    if fact.move is Move.ASSIGN and fact.assignee in names:
        return _("Ditugaskan kepada %(name)s", name=names[fact.assignee])
    what = str(HAPPENED[fact.move])
    return f"{what}: {_(EXCLUSION_LABELS[fact.exclusion])}" if fact.exclusion else what
