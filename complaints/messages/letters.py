"""The words of notices. They carry a number, what happened and a link: never a report's own words, never a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from complaints.terms import PUBLIC_WORDS, Move
from core.calendar import long_date

MOST_NAMED = 20


class Step(StrEnum):
    """What is told about a due day; stored by value."""

    SOON = "soon"
    LATE = "late"
    VERY_LATE = "very_late"


@dataclass(frozen=True)
class Words:
    """A notice: a subject, one or more sentences, and where to read on."""

    subject: str
    body: str
    link: str


@dataclass(frozen=True)
class Happened:
    """What a notice may say of a report. `new_due`: the day to which its settling was moved, None: it was not;
    `settle_due`: the day on which it is to be settled, None once it is closed.
    """

    number: str
    move: Move
    category: str
    village: str | None
    is_urgent: bool
    answer_by: date | None
    new_due: date | None
    settle_due: date | None


# Moves that residents are told of; those that only the first of them can answer are in FIRST_ONLY.
RESIDENTS_TOLD = frozenset(
    {Move.VERIFY, Move.ASK, Move.SETTLE, Move.REOPEN, Move.EXCLUDE, Move.RESTORE, Move.RESUME, Move.FINALISE}
)
FIRST_ONLY = frozenset({Move.ASK, Move.RESUME})
# By these a report comes in: whoever sent it gets a letter that is as good as the receipt.
_RECEIPT: Mapping[Move, str] = {
    Move.RECEIVE: PUBLIC_WORDS[Move.RECEIVE],
    Move.RELEASE: PUBLIC_WORDS[Move.RELEASE],
    Move.JOIN: "Anda ikut melaporkan kejadian yang sudah dilaporkan warga lain. Kami menanganinya bersama.",
}
CAME_IN = frozenset(_RECEIPT)
_KEEP = (
    "Kabar berikutnya kami kirim ke alamat ini. Simpan tautan di bawah dan jangan berikan kepada orang lain: siapa "
    "yang memegangnya dapat membuka laporan Anda."
)
_NEXT: Mapping[Move, str] = {
    Move.ASK: "Mohon jawab lewat halaman laporan Anda. Selama kami menunggu, hitungan waktunya berhenti.",
    Move.EXCLUDE: "Alasannya dapat Anda baca di halaman laporan.",
}
STAFF_WORDS: Mapping[Move, str] = {
    Move.RECEIVE: "Ada laporan baru.",
    Move.RELEASE: "Laporan ini sudah ditinjau dan perlu ditangani.",
    Move.ASSIGN: "Laporan ini ditugaskan kepada Anda.",
    Move.REOPEN: "Laporan ini dibuka lagi.",
    Move.REPLY: "Pelapor sudah menjawab pertanyaan petugas.",
    Move.DENY: "Pelapor menyatakan belum beres. Laporan ini kembali kepada petugas.",
    Move.HALF_FIXED: "Pelapor menyatakan baru sebagian beres.",
    Move.DISPUTE: "Seorang pelapor menyatakan belum beres.",
    Move.ADD: "Pelapor menambah keterangan.",
}
_DUE_WORDS: Mapping[Step, tuple[str, str]] = {
    Step.SOON: ("Laporan yang segera jatuh tempo", "Tenggat laporan ini sudah dekat:"),
    Step.LATE: ("Laporan yang lewat tenggat", "Laporan ini lewat tenggat dan belum dipenuhi:"),
    Step.VERY_LATE: ("Laporan yang lama lewat tenggat", "Laporan ini sudah beberapa hari kerja lewat tenggat:"),
}


def for_resident(what: Happened, link: str) -> Words:
    """What a resident is told."""
    sentences = [PUBLIC_WORDS[what.move], _NEXT.get(what.move, "")]
    if what.move is Move.SETTLE and what.answer_by:
        sentences.append(f"Sudah beres? Beri tahu kami di halaman itu paling lambat {long_date(what.answer_by)}.")
    if what.new_due and what.settle_due:  # nobody waits for a closed report
        sentences.append(f"Hari terakhir penyelesaian berubah menjadi {long_date(what.new_due)}.")
    return Words(f"Laporan {what.number}", " ".join(filter(None, sentences)), link)


def receipt(what: Happened, link: str) -> Words:
    """What a resident is told when their report has come in: what happens next, and by when."""
    sentences = [_RECEIPT[what.move]]
    if what.settle_due:
        sentences.append("Setelah ini petugas memeriksa dan menanganinya.")
        sentences.append(f"Kami selesaikan paling lambat {long_date(what.settle_due)}.")
    return Words(f"Laporan {what.number}", " ".join([*sentences, _KEEP]), link)


def replaced(what: Happened, link: str) -> Words:
    """What the holder of a receipt is told when staff replaced its code. The new one is not for this letter: whoever
    asked for it has it, and if nobody did, they are to learn of it.
    """
    asked = "Kalau bukan Anda yang meminta, hubungi kantor."
    return Words(f"Laporan {what.number}", f"Kode tanda terima laporan {what.number} diganti petugas. {asked}", link)


def for_staff(what: Happened, link: str) -> Words:
    """What a member of staff is told."""
    urgent = "MENDESAK: " if what.is_urgent else ""
    place = f"{what.category}, {what.village}" if what.village else what.category
    return Words(f"{urgent}{what.number}, {place}", STAFF_WORDS[what.move], link)


def about_due(step: Step, reports: Sequence[tuple[str, date]], link: str) -> Words:
    """What is told about due days: each report's number and day."""
    subject, first = _DUE_WORDS[step]
    lines = [f"{number}: {long_date(due)}" for number, due in reports[:MOST_NAMED]]
    if len(reports) > MOST_NAMED:
        lines.append(f"dan {len(reports) - MOST_NAMED} laporan lain")
    return Words(f"{subject}: {len(reports)}", "\n".join([first, *lines]), link)


def as_mail(words: Words, *, resident: bool) -> str:
    """A whole letter."""
    why = (
        "Surat ini dikirim otomatis karena alamat email ini tertulis pada laporan itu. Alamatnya dapat dihapus lewat "
        "halaman laporan."
        if resident
        else "Surat ini dikirim otomatis. Mohon tidak membalasnya."
    )
    return f"{words.subject}\n\n{words.body}\n\nSelengkapnya:\n{words.link}\n\n-- \n{why}\n"


def as_push(words: Words, tag: str) -> dict[str, str]:
    """What the service worker shows; the same tag replaces what was shown before."""
    return {"title": words.subject, "body": words.body, "url": words.link, "tag": tag}
