"""What in a month's handling a section head should ask about. None of it is a verdict."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from core.calendar import Month
from core.figures import half_up

# All of these are this office's own choice: low enough to show a habit, high enough to leave ordinary work alone.
HASTY = timedelta(minutes=5)
LAST_DAYS = 2
CROWD_LEAST = 10
CROWD_SHARE = Fraction(1, 2)
EXCLUDED_LEAST = 10
EXCLUDED_SHARE = Fraction(1, 3)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Settling:
    """A report settled by an officer; `begun_at`: the last time before that its handling began."""

    number: str
    officer: UUID
    at: datetime
    day: date
    received_at: datetime
    begun_at: datetime | None


@dataclass(frozen=True)
class Left:
    """A report that an officer excluded from the count."""

    number: str
    officer: UUID


@dataclass(frozen=True)
class Hasty:
    """A report settled within minutes: of its receipt, or of the beginning of its handling."""

    settling: Settling
    minutes: int
    since_receipt: bool


@dataclass(frozen=True)
class Pile:
    """One officer's reports that stand out, and among how many."""

    officer: UUID
    numbers: Sequence[str]
    among: int

    @property
    def percent(self) -> int:
        """Their share in whole percent."""
        return int(half_up(Fraction(len(self.numbers) * 100, self.among), 0))


def hasty(settlings: Iterable[Settling]) -> list[Hasty]:
    """Those settled within five minutes."""
    return [found for settling in settlings if (found := _hasty(settling))]


def crowded(settlings: Sequence[Settling], month: Month) -> list[Pile]:
    """Officers who settle most of their month in its last days."""
    last_days = month.last_day - timedelta(days=LAST_DAYS - 1)
    late = _by_officer((each.officer, each.number) for each in settlings if each.day >= last_days)
    whole = _by_officer((each.officer, each.number) for each in settlings)
    piles = [Pile(officer, numbers, len(whole[officer])) for officer, numbers in late.items()]
    return [pile for pile in piles if _stands_out(pile, CROWD_LEAST, CROWD_SHARE)]


def many_excluded(excluded: Iterable[Left], settlings: Iterable[Settling]) -> list[Pile]:
    """Officers who exclude many of the reports that they close."""
    settled = _by_officer((each.officer, each.number) for each in settlings)
    left = _by_officer((each.officer, each.number) for each in excluded)
    piles = [Pile(who, numbers, len(numbers) + len(settled.get(who, ()))) for who, numbers in left.items()]
    return [pile for pile in piles if _stands_out(pile, EXCLUDED_LEAST, EXCLUDED_SHARE)]


def _hasty(settling: Settling) -> Hasty | None:
    since = max(settling.received_at, settling.begun_at or settling.received_at)
    took = settling.at - since
    if took > HASTY:
        return None
    return Hasty(settling, max(0, took // timedelta(minutes=1)), since_receipt=since == settling.received_at)


def _stands_out(pile: Pile, least: int, share: Fraction) -> bool:
    return len(pile.numbers) >= least and Fraction(len(pile.numbers), pile.among) >= share


def _by_officer(pairs: Iterable[tuple[Key, str]]) -> Mapping[Key, list[str]]:
    """Each officer's reports, one as often as it happened."""
    found: defaultdict[Key, list[str]] = defaultdict(list)
    for officer, number in pairs:
        found[officer].append(number)
    return found
