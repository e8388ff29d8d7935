"""What in a month's ratings a reviewer should look at (pure). A flag is a question, never a verdict: nothing here, and
nothing elsewhere, takes a rating out by itself.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from survey.elements import OFFICIAL_ORDER, ElementKey

# All of these are this office's own choice [ours]: Permenpan RB 14/2017 says nothing of doubtful questionnaires.
BURST_LEAST = 8  # ratings at one point
POINTLESS_LEAST = 10  # ratings of one service that came the same way without a point, from anywhere
MIXED_LEAST = 25  # the same of any services
BURST_WITHIN = timedelta(minutes=10)
FAST_BELOW_S = 8  # nine questions can't be read in less
SAME_LEAST = 4  # equal ratings, one right after the other, at one point on one day
# Came one by one at the moment they were given; the day and hour of the others were written down by somebody.
ON_THE_SPOT = frozenset({"web", "api", "kiosk", "assisted"})
# A file's rows all have the moment of their day, and an order of their own.
WITHOUT_ORDER = frozenset({"import"})


class Flag(StrEnum):
    """Why to look at a rating; the value stands in addresses."""

    BURST = "beruntun"
    SAME = "kembar"
    FAST = "cepat"
    STRAIGHT = "lurus"


# What asks for a look by itself. Equal answers to all nine questions alone are common in honest ratings.
TELLING = frozenset({Flag.BURST, Flag.SAME, Flag.FAST})


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as far as the rules see it: `sums` are those of its elements' items, in the official order; `point` is
    "" where it came without one; `fill_s` None where nobody measured.
    """

    id: UUID
    point: str
    service: str
    edition: str
    at: datetime
    day: date
    source: str
    fill_s: int | None
    is_excluded: bool
    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A rating and why to look at it; most have no reason."""

    given: Given
    flags: frozenset[Flag]


class Rules:
    """The rules, for ratings on editions that ask `items` questions for each element."""

    def __init__(self, items: Mapping[str, Mapping[ElementKey, int]]) -> None:
        self._items = {code: tuple(of[key] for key in OFFICIAL_ORDER) for code, of in items.items()}

    def flagged(self, ratings: Iterable[Given]) -> Iterator[Flagged]:
        """Each rating with its flags, in the order given: by point, then by moment. Holds one point's day at a time."""
        for _key, day in groupby(ratings, key=lambda each: (each.point, each.day)):
            yield from self._of_day(list(day))

    def _of_day(self, ratings: Sequence[Given]) -> Iterator[Flagged]:
        bursting, same = in_bursts(ratings), in_rows(ratings)
        for place, each in enumerate(ratings):
            found = {Flag.BURST: place in bursting, Flag.SAME: place in same}
            found |= {Flag.FAST: is_fast(each), Flag.STRAIGHT: self.is_straight(each)}
            yield Flagged(each, frozenset(flag for flag, holds in found.items() if holds))

    def is_straight(self, given: Given) -> bool:
        """Whether all nine elements got the same mean answer."""
        items = self._items[given.edition]
        first, of_first = given.sums[0], items[0]
        return all(total * of_first == first * count for total, count in zip(given.sums, items, strict=True))


def is_fast(given: Given) -> bool:
    """Whether the form was filled in faster than it can be read [ours]."""
    return given.fill_s is not None and given.fill_s < FAST_BELOW_S


def in_bursts(ratings: Sequence[Given]) -> set[int]:
    """Places of the ratings of one point and day, in order of time, that came so many in so short a time. Those without
    a point came from anywhere: they are looked at by the way they came, service by service and together.
    """
    at_points = _dense(ratings, lambda each: each.point, BURST_LEAST)
    of_service = _dense(ratings, lambda each: not each.point and (each.source, each.service), POINTLESS_LEAST)
    of_source = _dense(ratings, lambda each: not each.point and each.source, MIXED_LEAST)
    return at_points | of_service | of_source


def _dense(ratings: Sequence[Given], key: Callable[[Given], Hashable], least: int) -> set[int]:
    """Places of ratings with the same key, at least so many of them within the time of a burst; those without a key,
    and those that somebody wrote down, are left out.
    """
    alike: dict[Hashable, list[int]] = {}
    for place, each in enumerate(ratings):
        if each.source in ON_THE_SPOT and (found := key(each)):
            alike.setdefault(found, []).append(place)
    dense: set[int] = set()
    for places in alike.values():
        for first, last in enumerate(places[least - 1 :]):
            if ratings[last].at - ratings[places[first]].at <= BURST_WITHIN:
                dense.update(places[first : first + least])
    return dense


def in_rows(ratings: Sequence[Given]) -> set[int]:
    """Places of equal ratings that follow each other, of one point and day: the same answers on the same questions."""
    ordered = [place for place, each in enumerate(ratings) if each.source not in WITHOUT_ORDER]
    found: set[int] = set()
    for _key, run in groupby(ordered, key=lambda place: (ratings[place].edition, ratings[place].sums)):
        places = list(run)
        if len(places) >= SAME_LEAST:
            found.update(places)
    return found
