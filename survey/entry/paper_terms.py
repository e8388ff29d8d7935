"""What somebody read on a paper form, and where two readings of it differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Self, TypedDict

INCOMPLETE = "incomplete"  # the name of the field that says so
SUGGESTION = "suggestion"
SERVICE_KEYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # what services are ticked by on paper, and typed by
MOST_FORMS = 999  # of one pile: more is no pile that somebody enters at one sitting


class PileState(StrEnum):
    """How far a pile is; stored by value."""

    FIRST = "first"
    SECOND = "second"
    TAKEN = "taken"
    DISCARDED = "discarded"


OPEN = frozenset({PileState.FIRST, PileState.SECOND})


class Turn(IntEnum):
    """Which reading of a form; stored by value. DECIDED is what was found where the two differ."""

    FIRST = 1
    SECOND = 2
    DECIDED = 3


class GivenJson(TypedDict):
    """A reading as it is stored."""

    is_incomplete: bool
    texts: dict[str, str]


@dataclass(frozen=True)
class Given:
    """One reading of a form. `texts`: what stands in each field of the entry form, "" where nothing does.
    `is_incomplete`: an answer is missing or can't be read, so that the form is counted as rejected.
    """

    is_incomplete: bool
    texts: Mapping[str, str]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """From the database."""
        return cls(bool(stored["is_incomplete"]), dict(stored["texts"]))

    def as_json(self) -> GivenJson:
        """For the database."""
        return GivenJson(is_incomplete=self.is_incomplete, texts=dict(self.texts))


@dataclass(frozen=True)
class Sheet:
    """The form of one number, with each reading of it; None where that one was not made."""

    number: int
    first: Given | None
    second: Given | None
    decided: Given | None

    @property
    def differing(self) -> tuple[str, ...]:
        """Fields in which both readings differ; none where only one was made."""
        return differences(self.first, self.second) if self.first and self.second else ()

    @property
    def is_read_once(self) -> bool:
        """Whether only one of both entries has this number."""
        return (self.first is None) != (self.second is None)

    def final(self, *, twice: bool) -> Given | None:
        """The reading that counts; None while it is still open. `twice`: two entries are needed."""
        if self.decided is not None:
            return self.decided
        if self.second is None:
            return None if twice else self.first
        return None if self.first is None or self.differing else agreed(self.first, self.second)


def still_open(sheets: Sequence[Sheet], *, twice: bool) -> list[Sheet]:
    """Forms that can't be counted yet."""
    return [sheet for sheet in sheets if sheet.final(twice=twice) is None]


def entered_only_once(sheets: Sequence[Sheet], turn: Turn) -> list[int]:
    """Numbers that this entry has and the other one has not."""
    return [
        sheet.number for sheet in sheets if sheet.is_read_once and (sheet.first is not None) == (turn is Turn.FIRST)
    ]


def differences(first: Given, second: Given) -> tuple[str, ...]:
    """Names of the fields in which two readings differ, in the form's order. A form that both take for incomplete
    has none: nothing on it counts. A suggestion is typed once at least; both times only its letters are compared.
    """
    if first.is_incomplete and second.is_incomplete:
        return ()
    names = tuple(name for name in first.texts if _differ(name, first, second))
    return names if first.is_incomplete == second.is_incomplete else (INCOMPLETE, *names)


def agreed(first: Given, second: Given) -> Given:
    """What two readings without differences say together."""
    kept = first.texts.get(SUGGESTION) or second.texts.get(SUGGESTION, "")
    return Given(first.is_incomplete, {**first.texts, SUGGESTION: kept})


def decided(first: Given, second: Given, found: Given) -> Given:
    """Both readings with what was found on the paper in the fields where they differ."""
    texts = agreed(first, second).texts
    return Given(found.is_incomplete, {**texts, **found.texts})


def _differ(name: str, first: Given, second: Given) -> bool:
    one, other = first.texts[name], second.texts.get(name, "")
    if name == SUGGESTION:
        return bool(one and other) and _letters(one) != _letters(other)
    return one != other


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
