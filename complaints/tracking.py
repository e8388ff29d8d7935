"""What a resident sees of a report: its timeline in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from complaints.events import WrittenWords
from complaints.queries import Step, Traced
from complaints.states import EventFact
from complaints.terms import PUBLIC_EXCLUSION_WORDS, PUBLIC_STATUS_LABELS, PUBLIC_WORDS, Move, Status
from complaints.workflow import is_open


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: what happened, and what the office wrote for the resident."""

    at: datetime
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Tracked:
    """A report as its resident sees it. `due_on`: when it is to be settled, None once it is closed."""

    number: str
    category: str
    village: str | None
    received_at: datetime
    status: Status
    status_word: str
    due_on: date | None
    entries: tuple[Entry, ...]


def tracked(report: Traced, steps: Iterable[Step]) -> Tracked:
    """The resident's view of a report and its moves, oldest first."""
    return Tracked(
        number=report.number,
        category=report.category,
        village=report.village,
        received_at=report.received_at,
        status=report.status,
        status_word=PUBLIC_STATUS_LABELS[report.status],
        due_on=report.settle_due if is_open(report.status) else None,
        entries=tuple(_entry(step) for step in steps if step.fact.move in PUBLIC_WORDS),
    )


def _entry(step: Step) -> Entry:
    return Entry(step.fact.at, PUBLIC_WORDS[step.fact.move], notes(step.fact, step.words))


def notes(fact: EventFact, words: WrittenWords) -> tuple[str, ...]:
    """What is meant for the resident: why a report goes no further, to whom it went, the question or
    answer, what they said themselves. Nothing else.
    """
    why = PUBLIC_EXCLUSION_WORDS[fact.exclusion] if fact.exclusion else ""
    reason = words.reason if fact.move is Move.EXCLUDE else ""
    passed_on = f"Diteruskan kepada: {words.handed_over_to}" if words.handed_over_to else ""
    return tuple(note for note in (why, reason, passed_on, words.answer, words.question, words.said) if note)
