"""One move for many reports, each by itself: what can't be done to one holds up none of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from complaints.desk import moves
from complaints.terms import Move
from complaints.workflow import Details
from core.errors import Busy, Refused

TOO_BUSY = "Basis data sedang sibuk. Coba lagi sebentar lagi."
LONGEST_NUMBER = 30


@dataclass(frozen=True)
class Picked:
    """A report as the officer saw it."""

    number: str
    version: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From the value of a ticked box; None for what is none."""
        number, _, version = text.partition(":")
        if not (version.isascii() and version.isdecimal() and len(version) < 10 and len(number) <= LONGEST_NUMBER):
            return None
        return cls(number, int(version))


@dataclass(frozen=True)
class Officer:
    """Who makes the moves, and as whom."""

    office_id: int
    id: UUID
    role: str


@dataclass(frozen=True)
class Left:
    """A report that was left as it is, and why."""

    number: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """What came of it, by number."""

    done: Sequence[str]
    left: Sequence[Left]


def make(move: Move, details: Details, picked: Sequence[Picked], officer: Officer, *, now: datetime) -> Outcome:
    """Make the move on each report. Who assigns one that has just come in has looked at it: it is verified with it."""
    done, left = [], []
    for one in picked:
        why = _why_not(one, move, details, officer, now)
        if why:
            left.append(Left(one.number, why))
        else:
            done.append(one.number)
    return Outcome(done, left)


def _why_not(one: Picked, move: Move, details: Details, officer: Officer, now: datetime) -> str:
    """Make the move; "" when it was made."""
    try:
        moves.move(
            office_id=officer.office_id,
            number=one.number,
            version=one.version,
            move=move,
            role=officer.role,
            actor_id=officer.id,
            details=details,
            verify_first=move is Move.ASSIGN,
            now=now,
        )
    except Refused as refusal:
        return refusal.message
    except Busy:
        return TOO_BUSY
    return ""
