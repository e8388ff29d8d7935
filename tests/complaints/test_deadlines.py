"""Deadlines as one table: weekends, the Lebaran week, holidays, midnight and the month's last hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.deadlines import (
    INSPECTION_DAYS,
    ORDINARY_DAYS,
    Deadlines,
    Promise,
    deadlines,
    lateness,
    next_due,
    next_promise,
)
from complaints.terms import Status
from core.calendar import WIB

# National holidays and collective leave of 2026, as decreed.
DAYS_OFF = frozenset(
    date(2026, month, day)
    for month, days in {
        1: (1, 16),
        2: (16, 17),
        3: (18, 19, 20, 21, 22, 23, 24),
        4: (3, 5),
        5: (1, 14, 15, 27, 28, 31),
        6: (1, 16),
        8: (17, 25),
        12: (24, 25),
    }.items()
    for day in days
)


def wib(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of 2026 in WIB."""
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


TABLE = [
    # Columns: when it was received; then due for the answer, the follow-up, the settlement of an ordinary category.
    ("an ordinary Monday", wib(11, 2), (11, 5), (11, 12), (11, 20)),
    ("a Friday", wib(11, 6), (11, 11), (11, 18), (11, 26)),
    ("a Saturday", wib(11, 7), (11, 11), (11, 18), (11, 26)),
    ("a Sunday", wib(11, 8), (11, 11), (11, 18), (11, 26)),
    ("the Friday before Lebaran", wib(3, 13), (3, 25), (4, 1), (4, 10)),
    ("the Saturday before Lebaran", wib(3, 14), (3, 25), (4, 1), (4, 10)),
    ("the day of Lebaran", wib(3, 21), (3, 27), (4, 6), (4, 14)),
    ("before a holiday on a Monday", wib(8, 14), (8, 20), (8, 28), (9, 7)),
    ("on a holiday on a Monday", wib(8, 17), (8, 20), (8, 28), (9, 7)),
    ("one minute before midnight", wib(11, 2, 23, 59), (11, 5), (11, 12), (11, 20)),
    ("at midnight, the next day", wib(11, 3, 0, 0), (11, 6), (11, 13), (11, 23)),
    ("the last second of a WIB day, in UTC", utc(11, 2, 16, 59), (11, 5), (11, 12), (11, 20)),
    ("23:30 UTC on the last of the month", utc(10, 31, 23, 30), (11, 4), (11, 11), (11, 19)),
    ("23:30 UTC on a Monday, Tuesday here", utc(11, 2, 23, 30), (11, 6), (11, 13), (11, 23)),
]


@pytest.mark.parametrize(
    ("received", "answer", "follow_up", "settle"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_a_report_is_due(
    received: datetime, answer: tuple[int, int], follow_up: tuple[int, int], settle: tuple[int, int]
) -> None:
    due = [date(2026, *day) for day in (answer, follow_up, settle)]
    assert deadlines(received, ORDINARY_DAYS, DAYS_OFF) == Deadlines(*due)


def test_an_inspection_has_sixty_working_days() -> None:
    assert deadlines(wib(3, 13), INSPECTION_DAYS, DAYS_OFF).settle_due == date(2026, 6, 24)


def test_a_day_off_added_by_the_operator_moves_the_promise() -> None:
    local_leave = DAYS_OFF | {date(2026, 11, 4)}
    assert deadlines(wib(11, 2), ORDINARY_DAYS, local_leave).answer_due == date(2026, 11, 6)


def test_an_office_that_works_on_saturdays_is_due_sooner() -> None:
    assert deadlines(wib(11, 6), ORDINARY_DAYS, DAYS_OFF, weekend={6}).answer_due == date(2026, 11, 10)


DATES = Deadlines(date(2026, 11, 5), date(2026, 11, 12), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("status", "promise", "due"),
    [
        (Status.RECEIVED, Promise.ANSWER, DATES.answer_due),
        (Status.VERIFIED, Promise.FOLLOW_UP, DATES.follow_up_due),
        (Status.ASSIGNED, Promise.FOLLOW_UP, DATES.follow_up_due),
        (Status.IN_PROGRESS, Promise.SETTLE, DATES.settle_due),
        (Status.WAITING, Promise.SETTLE, DATES.settle_due),
        (Status.SETTLED, None, None),
        (Status.FINAL, None, None),
        (Status.EXCLUDED, None, None),
        (Status.WITHDRAWN, None, None),
    ],
)
def test_the_nearest_promise_not_yet_met(status: Status, promise: Promise | None, due: date | None) -> None:
    assert next_promise(status, DATES) == promise
    assert next_due(status, DATES) == due


def test_a_category_settled_sooner_than_the_follow_up_is_due_by_its_settlement() -> None:
    dates = deadlines(wib(11, 2), 4, DAYS_OFF)
    assert next_due(Status.VERIFIED, dates) == dates.settle_due == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2026, 11, 3), -2), (date(2026, 11, 5), 0), (date(2026, 11, 6), 1), (date(2026, 12, 5), 30)],
)
def test_a_promise_is_broken_only_when_its_day_is_over(today: date, days: int) -> None:
    assert lateness(DATES.answer_due, today) == days


def test_nothing_due_is_never_late() -> None:
    assert lateness(None, date(2026, 11, 5)) is None


@given(st.datetimes(datetime(2025, 12, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 (bounds are naive)
def test_promises_come_in_order_on_working_days_after_receipt(received: datetime) -> None:
    dates = deadlines(received, ORDINARY_DAYS, DAYS_OFF)
    assert received.date() < dates.answer_due < dates.follow_up_due < dates.settle_due
    for day in (dates.answer_due, dates.follow_up_due, dates.settle_due):
        assert day.weekday() < 5
        assert day not in DAYS_OFF
    assert dates.settle_due - received.date() < timedelta(days=32)
