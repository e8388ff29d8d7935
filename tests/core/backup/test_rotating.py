"""Which nightly backups stay."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from core.backup.rotating import Kept, to_remove

KEEP = (7, 4, 12)
LAST = date(2026, 11, 22)  # a Sunday


def nights(most: int, *, good: bool = True, last: date = LAST) -> list[Kept]:
    return [Kept(uuid4(), last - timedelta(days=n), good) for n in range(most)]


def staying(backups: list[Kept], keep: tuple[int, ...] = KEEP) -> list[date]:
    gone: set[UUID] = to_remove(backups, keep)
    return [each.day for each in backups if each.id not in gone]


def test_days_weeks_and_months_keep_their_newest() -> None:
    days = [LAST - timedelta(days=n) for n in range(7)]
    weeks = [date(2026, 11, 15), date(2026, 11, 8), date(2026, 11, 1)]
    months = [date(2026, m, d) for m, d in ((10, 31), (9, 30), (8, 31), (7, 31), (6, 30), (5, 31), (4, 30), (3, 31))]
    older = [date(2026, 2, 28), date(2026, 1, 31), date(2025, 12, 31)]
    assert staying(nights(800)) == [*days, *weeks, *months, *older]


def test_removing_each_night_keeps_what_removing_once_keeps() -> None:
    kept: list[Kept] = []
    for night in reversed(nights(800)):
        kept = [night, *kept]
        gone = to_remove(kept, KEEP)
        kept = [each for each in kept if each.id not in gone]
    assert [each.day for each in kept] == staying(nights(800))


def test_the_last_good_one_stays_however_old() -> None:
    old, failed = nights(1, last=date(2025, 1, 1)), nights(30, good=False)
    assert staying([*failed, *old], (1, 0, 0)) == [each.day for each in [*failed, *old]]


def test_one_that_could_not_be_verified_goes_once_a_later_one_was() -> None:
    good, failed = nights(1), nights(1, good=False, last=LAST - timedelta(days=1))
    assert staying([*good, *failed]) == [LAST]


def test_without_any_good_one_nothing_goes() -> None:
    assert len(staying(nights(40, good=False))) == 40
