"""How many reports are held is counted openly, and as it stood at any moment."""

from datetime import date, datetime, timedelta

from flask import Flask

from complaints.reporting import held
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import fresh

AN_HOUR = timedelta(hours=1)


def count(moment: datetime, first: date = date(2026, 10, 1)) -> int:
    day_after = date(2026, 11, 1)
    return sum(held.by_day(fresh(), make.OFFICE, first=first, day_after=day_after, recorded_by=moment).values())


def test_held_reports_are_counted_until_somebody_looks(any_app: Flask) -> None:
    numbers = [cases.case(is_held=True, held_because="many") for _ in range(3)]
    cases.case()
    cases.act(numbers[0], "release", now=make.START + 2 * AN_HOUR)
    cases.act(numbers[1], "exclude", now=make.START + 3 * AN_HOUR)
    at = [make.START + hours * AN_HOUR for hours in (-1, 1, 2.5, 3.5)]
    assert [count(moment) for moment in at] == [0, 3, 2, 1]


def test_a_note_is_no_look_and_other_months_are_not_counted(any_app: Flask) -> None:
    number = cases.case(is_held=True, held_because="trap")
    cases.act(number, "note")
    assert count(make.START + 9 * AN_HOUR) == 1
    assert count(make.START + 9 * AN_HOUR, first=date(2026, 10, 2)) == 0
