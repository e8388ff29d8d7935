"""Months, quarters, half-years and years: what they are called, and which months they hold."""

from datetime import datetime, timedelta

import pytest

from core.calendar import WIB, Month
from core.errors import Refused
from core.periods import Period


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2026-10", "2026-10", "2026-10", "Oktober 2026"),
        ("2026-TW1", "2026-01", "2026-03", "Triwulan I 2026"),
        ("2026-TW4", "2026-10", "2026-12", "Triwulan IV 2026"),
        ("2026-S1", "2026-01", "2026-06", "Semester I 2026"),
        ("2026-S2", "2026-07", "2026-12", "Semester II 2026"),
        ("2026", "2026-01", "2026-12", "Tahun 2026"),
    ],
)
def test_a_period_is_read_written_and_named(text: str, first: str, last: str, words: str) -> None:
    period = Period.parse(text)
    assert (str(period.first), str(period.last), period.long) == (first, last, words)
    assert str(period) == text


@pytest.mark.parametrize(
    "text", ["", "2026-TW5", "2026-TW0", "2026-S3", "2026-13", "26", "2026-tw1", "2026-1", "2026\n", " 2026-10"]
)
def test_other_words_are_no_period(text: str) -> None:
    with pytest.raises(Refused):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2026-01", "2025-12", "2026-02"),
        ("2026-TW1", "2025-TW4", "2026-TW2"),
        ("2026-S1", "2025-S2", "2026-S2"),
        ("2026", "2025", "2027"),
    ],
)
def test_the_one_before_and_the_one_after_are_as_long(text: str, before: str, after: str) -> None:
    assert (str(Period.parse(text).previous()), str(Period.parse(text).next())) == (before, after)


@pytest.mark.parametrize(
    ("text", "whole"), [("2026-01", "2026-01"), ("2026-TW2", "2026-S1"), ("2026-S2", "2026"), ("2026", "2026")]
)
def test_the_year_up_to_a_period_ends_with_it(text: str, whole: str) -> None:
    assert str(Period.parse(text).year_to_date()) == whole


def test_a_run_of_months_that_is_no_round_period_has_a_name_too() -> None:
    run = Period(Month(2026, 1), Month(2026, 10))
    assert (str(run), run.long) == ("2026-01--2026-10", "Januari–Oktober 2026")


def test_a_month_knows_the_periods_around_it() -> None:
    october = Month(2026, 10)
    assert [str(Period.around(october, length)) for length in (1, 3, 6, 12)] == [
        "2026-10",
        "2026-TW4",
        "2026-S2",
        "2026",
    ]


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        pytest.param("2026-10", "2026-09", id="a month"),
        pytest.param("2026-TW1", "2025-TW4", id="a quarter"),
        pytest.param("2026", "2025", id="a year"),
    ],
)
def test_a_round_period_is_compared_with_the_one_before(period: str, earlier: str) -> None:
    assert Period.parse(period).earlier() == Period.parse(earlier)


def test_the_months_since_january_are_compared_with_the_same_of_last_year() -> None:
    found = Period.parse("2026-10").year_to_date().earlier()
    assert str(found) == "2025-01--2025-10"


def test_a_period_is_over_once_its_last_day_is() -> None:
    end = datetime(2026, 11, 1, tzinfo=WIB)
    assert Period.parse("2026-10").is_over(end)
    assert not Period.parse("2026-10").is_over(end - timedelta(seconds=1))
