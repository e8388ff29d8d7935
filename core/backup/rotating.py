"""Which nightly backups are kept: so many days, weeks and months, newest first (pure)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Kept:
    """A nightly backup that is still there, of a WIB day; `is_good`: verified."""

    id: UUID
    day: date
    is_good: bool


def to_remove(backups: Collection[Kept], keep: Sequence[int]) -> set[UUID]:
    """`keep`: how many days, weeks and months keep their newest good one. What could not be verified goes once a later
    one was; the newest good one never goes.
    """
    good = sorted((each for each in backups if each.is_good), key=lambda each: (each.day, each.id), reverse=True)
    if not good:
        return set()
    staying = {good[0].id}
    for most, part_of in zip(keep, (_day, _week, _month), strict=True):
        staying |= _newest_of_each(good, part_of, most)
    later = {each.id for each in backups if not each.is_good and each.day > good[0].day}
    return {each.id for each in backups} - staying - later


def _newest_of_each(good: Sequence[Kept], part_of: Callable[[date], tuple[int, ...]], most: int) -> set[UUID]:
    found: dict[tuple[int, ...], UUID] = {}
    for each in good:
        found.setdefault(part_of(each.day), each.id)
    return set(list(found.values())[:most])


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return tuple(day.isocalendar())[:2]


def _month(day: date) -> tuple[int, ...]:
    return day.year, day.month
