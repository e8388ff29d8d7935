"""Days, months and working days in WIB."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import (
    WIB,
    Month,
    day_range,
    long_date,
    long_moment,
    month_name,
    utc_text,
    wib_day,
    working_day_after,
)
from core.errors import Refused

MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (bounds are naive)
DAYS = st.dates(date(2001, 1, 1), date(2999, 1, 1))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 10, 31, 17, 0, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 10, 31, 23, 59, tzinfo=WIB), date(2026, 10, 31)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_moment_falls_on_its_wib_day(moment: datetime, day: date) -> None:
    assert wib_day(moment) == day
    assert Month.of(moment) == Month.of_day(day)


def test_a_naive_moment_is_a_bug() -> None:
    naive = datetime(2026, 10, 31, 23, 30)  # noqa: DTZ001 (what is refused)
    for ask in (wib_day, long_moment, Month.of, Month(2026, 10).contains):
        with pytest.raises(ValueError, match="time zone"):
            ask(naive)


def test_a_day_begins_at_seventeen_utc_of_the_day_before() -> None:
    start, end = day_range(date(2026, 11, 1))
    assert start == datetime(2026, 10, 31, 17, tzinfo=UTC)
    assert end == datetime(2026, 11, 1, 17, tzinfo=UTC)
    assert start.tzinfo is UTC


@given(MOMENTS)
def test_every_moment_lies_in_the_range_of_its_day_and_month(moment: datetime) -> None:
    start, end = day_range(wib_day(moment))
    assert start <= moment < end
    assert Month.of(moment).contains(moment)
    assert not Month.of(moment).next().contains(moment)


def test_a_month_has_its_days() -> None:
    october, february = Month(2026, 10), Month(2028, 2)
    assert (october.first_day, october.last_day) == (date(2026, 10, 1), date(2026, 10, 31))
    assert october.day_after == date(2026, 11, 1)
    assert february.last_day == date(2028, 2, 29)


def test_a_month_has_a_short_name() -> None:
    assert (Month(2026, 10).short, Month(2009, 5).short) == ("Okt 26", "Mei 09")


def test_programs_read_a_moment_in_utc() -> None:
    assert utc_text(datetime(2026, 11, 1, 0, 30, 15, 900_000, tzinfo=WIB)) == "2026-10-31T17:30:15Z"


def test_a_month_has_utc_ranges() -> None:
    cut_off = datetime(2026, 10, 31, 17, tzinfo=UTC)
    assert Month(2026, 10).range == (datetime(2026, 9, 30, 17, tzinfo=UTC), cut_off)


def test_the_last_day_of_the_month_is_in_it_and_the_next_is_not() -> None:
    cut_off = Month(2026, 10).range[1]
    assert Month(2026, 10).contains(cut_off - timedelta(microseconds=1))
    assert not Month(2026, 10).contains(cut_off)


@given(DAYS)
def test_months_follow_each_other(day: date) -> None:
    month = Month.of_day(day)
    assert month.next().previous() == month == month.previous().next()
    assert month.previous() < month < month.next()
    assert month.range[1] == month.next().range[0]
    assert Month.parse(str(month)) == month


def test_a_month_is_written_and_read_aloud() -> None:
    assert str(Month(2026, 3)) == "2026-03"
    assert Month(2026, 10).long == "Oktober 2026"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "26-10",
        "2026-10-01",
        "10-2026",
        "٢٠٢٦-١٠",
        "1999-01",
        "2026-10\0",
        "2026-10\n",
        " 2026-10",
    ],
)
def test_a_month_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="misalnya 2026-10"):
        Month.parse(text)


def test_a_month_no_calendar_has_is_a_bug() -> None:
    with pytest.raises(ValueError, match="1 to 12"):
        Month(2026, 13)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 11, 2), 1, date(2026, 11, 3)),
        (date(2026, 11, 6), 1, date(2026, 11, 9)),
        (date(2026, 11, 7), 1, date(2026, 11, 9)),
        (date(2026, 11, 8), 1, date(2026, 11, 9)),
        (date(2026, 11, 2), 5, date(2026, 11, 9)),
        (date(2026, 12, 31), 2, date(2027, 1, 4)),
    ],
)
def test_working_days_pass_over_weekends(day: date, n: int, expected: date) -> None:
    assert working_day_after(day, n) == expected


def test_working_days_pass_over_days_off() -> None:
    assert working_day_after(date(2026, 8, 14), 1, {date(2026, 8, 17)}) == date(2026, 8, 18)


def test_an_office_may_work_on_saturdays() -> None:
    assert working_day_after(date(2026, 11, 6), 1, weekend={6}) == date(2026, 11, 7)


@pytest.mark.parametrize(("n", "weekend"), [(0, {5, 6}), (-1, {5, 6}), (1, set(range(7)))])
def test_working_days_that_never_come_are_a_bug(n: int, weekend: set[int]) -> None:
    with pytest.raises(ValueError, match="working day"):
        working_day_after(date(2026, 11, 2), n, (), weekend)


@given(DAYS, st.integers(1, 40), st.sets(st.dates(date(2026, 1, 1), date(2026, 2, 1))))
def test_there_are_exactly_n_working_days_up_to_the_due_day(day: date, n: int, off: set[date]) -> None:
    due = working_day_after(day, n, off)
    between = (day + timedelta(days=i) for i in range(1, (due - day).days + 1))
    assert sum(d.weekday() < 5 and d not in off for d in between) == n
    assert due.weekday() < 5
    assert due not in off


def test_dates_are_written_in_indonesian() -> None:
    assert long_date(date(2026, 11, 22)) == "22 November 2026"
    assert long_date(date(2026, 3, 1)) == "1 Maret 2026"
    assert [month_name(m) for m in (1, 8, 12)] == ["Januari", "Agustus", "Desember"]


def test_moments_are_written_with_wib() -> None:
    assert long_moment(datetime(2026, 10, 31, 23, 5, tzinfo=UTC)) == "1 November 2026 pukul 06.05 WIB"
