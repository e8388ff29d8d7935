"""What a resident sees of a report: its timeline in plain words, to each only what is theirs to know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from complaints.events import WrittenWords
from complaints.following.tracking_queries import Traced
from complaints.queries import Opened, Step
from complaints.states import EventFact
from complaints.terms import PUBLIC_EXCLUSION_WORDS, PUBLIC_STATUS_LABELS, PUBLIC_WORDS, Move, Status


class Viewer(StrEnum):
    """Who looks: who reported first, who joined, or whose report was found to be the same as this one."""

    FIRST = "resident"
    JOINER = "joiner"
    FOLLOWER = "follower"


def viewer_of(opened: Opened) -> Viewer:
    """Who looks."""
    return Viewer.FIRST if opened.joiner_id is None else Viewer.JOINER


# What the first reporter reads of a joiner's move, and a joiner of the first reporter's. A move that is not here is
# shown to nobody but who made it.
OF_A_JOINER: dict[Move, str] = {
    Move.JOIN: PUBLIC_WORDS[Move.JOIN],
    Move.HALF_FIXED: "Pelapor lain menyatakan baru sebagian beres.",
    Move.DISPUTE: "Pelapor lain menyatakan belum beres.",
}
OF_THE_FIRST: dict[Move, str] = {
    Move.RECEIVE: "Kejadian ini dilaporkan pertama kali.",
    Move.ASK: "Petugas bertanya kepada pelapor pertama.",
    Move.REPLY: "Pelapor pertama sudah menjawab pertanyaan petugas.",
    Move.CONFIRM: "Pelapor pertama menyatakan sudah beres.",
    Move.HALF_FIXED: "Pelapor pertama menyatakan baru sebagian beres.",
    Move.DENY: "Pelapor pertama menyatakan belum beres. Laporan kembali kepada petugas.",
}
OWN: dict[Move, str] = PUBLIC_WORDS | {
    Move.JOIN: "Anda ikut melaporkan kejadian ini.",
    Move.HALF_FIXED: "Anda menyatakan baru sebagian beres.",
    Move.DISPUTE: "Anda menyatakan belum beres.",
    Move.ERASE: "Data Anda dihapus atas permintaan Anda.",
}
# Made with a receipt in hand, or for whoever holds it.
RESIDENTS_MOVES = frozenset(
    {
        Move.REPLY, Move.CONFIRM, Move.HALF_FIXED, Move.DENY, Move.DISPUTE, Move.ADD, Move.JOIN, Move.REISSUE,
        Move.ERASE,
    }
)  # fmt: skip
# What those read whose report was the same as this one: what the office does, and nothing of who reported it.
FOLLOWED: dict[Move, str] = {
    move: PUBLIC_WORDS[move].replace("Laporan Anda", "Laporan itu").replace("laporan Anda", "laporan itu")
    for move in (Move.VERIFY, Move.ASSIGN, Move.START, Move.SETTLE, Move.REOPEN, Move.EXCLUDE, Move.FINALISE)
}
WAITING_FOR_ANOTHER = "Menunggu jawaban pelapor pertama"


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: what happened, and what the office wrote for the resident."""

    at: datetime
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Tracked:
    """A report as its resident sees it. `due_on`: when it is to be settled, None once it is closed. `judged`: what this
    one said of the latest settling, which may still be changed.
    """

    number: str
    category: str
    village: str | None
    received_at: datetime
    status: Status
    status_word: str
    due_on: date | None
    entries: tuple[Entry, ...]
    is_urgent: bool = False
    judged: Entry | None = None


def tracked(
    report: Traced,
    steps: Iterable[Step],
    viewer: Viewer = Viewer.FIRST,
    joiner_id: UUID | None = None,
    *,
    due_on: date | None = None,
) -> Tracked:
    """The view of a report and its moves, oldest first; `joiner_id` is the looking joiner's, `due_on` as it stands."""
    steps = list(steps)
    return Tracked(
        number=report.number,
        category=report.category,
        village=report.village,
        received_at=report.received_at,
        status=report.status,
        status_word=status_word(report.status, viewer),
        due_on=due_on,
        entries=tuple(entry for step in steps if (entry := entry_of(step, viewer, joiner_id))),
        is_urgent=report.is_urgent,
        judged=_judged(steps, viewer, joiner_id),
    )


def _judged(steps: Sequence[Step], viewer: Viewer, joiner_id: UUID | None) -> Entry | None:
    """Their own latest word on the latest settling."""
    for step in reversed(steps):
        if step.fact.move is Move.SETTLE:
            return None
        if step.fact.move in {Move.HALF_FIXED, Move.DISPUTE} and step.fact.joiner == joiner_id:
            return entry_of(step, viewer, joiner_id)
    return None


def status_word(status: Status, viewer: Viewer) -> str:
    """The status in words; only the first reporter is asked questions."""
    if status is Status.WAITING and viewer is not Viewer.FIRST:
        return WAITING_FOR_ANOTHER
    return PUBLIC_STATUS_LABELS[status]


def entry_of(step: Step, viewer: Viewer, joiner_id: UUID | None) -> Entry | None:
    """The line of the timeline; None when the move is not for this one to see."""
    own = viewer is not Viewer.FOLLOWER and step.fact.joiner == joiner_id
    text = _table(step.fact, viewer, own=own).get(step.fact.move)
    return Entry(step.fact.at, text, notes(step.fact, step.words, viewer, own=own)) if text else None


def _table(fact: EventFact, viewer: Viewer, *, own: bool) -> dict[Move, str]:
    if viewer is Viewer.FOLLOWER:
        return FOLLOWED
    if fact.move in RESIDENTS_MOVES:
        if own:
            return OWN
        return OF_A_JOINER if viewer is Viewer.FIRST else OF_THE_FIRST if fact.joiner is None else {}
    return PUBLIC_WORDS | OF_THE_FIRST if viewer is Viewer.JOINER else PUBLIC_WORDS


def notes(fact: EventFact, words: WrittenWords, viewer: Viewer = Viewer.FIRST, *, own: bool = True) -> tuple[str, ...]:
    """What is meant for this one: why a report goes no further, to whom it went, the answer; the question to the first
    reporter alone; what they said themselves. Nothing else.
    """
    why = PUBLIC_EXCLUSION_WORDS[fact.exclusion] if fact.exclusion else ""
    reason = words.reason if fact.move is Move.EXCLUDE and viewer is not Viewer.FOLLOWER else ""
    passed_on = f"Diteruskan kepada: {words.handed_over_to}" if words.handed_over_to else ""
    question = words.question if viewer is Viewer.FIRST else ""
    said = words.said if own else ""
    return tuple(note for note in (why, reason, passed_on, words.answer, question, said) if note)
