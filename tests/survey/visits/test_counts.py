"""How many people came: the newest entry counts, and as of a moment what was known then."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from core.calendar import Month
from core.db import read_afresh, reader
from core.errors import Refused
from core.periods import Period
from indicators.months import summary
from offices import queries as offices
from offices import settings
from survey.figures import building
from survey.visits import months, queries
from survey.visits.months import Known
from tests import make
from tests.survey.visits import given_visits

DAY = make.START.date()
HOUR = timedelta(hours=1)
OCTOBER = Period.parse("2026-10")


def visits(as_of: timedelta | None = None) -> dict[tuple[str, date], int]:
    recorded_by = None if as_of is None else make.START + as_of
    return dict(queries.visits_between(read_afresh(), make.OFFICE, DAY, DAY + timedelta(days=31), recorded_by))


def test_the_newest_entry_counts_and_goes_before_the_codes(any_app: Flask) -> None:
    given_visits.issued(any_app, count=3)
    given_visits.issued(any_app, service_code="kk", now=make.START + 2 * HOUR)
    assert visits() == {("ktp", DAY): 3, ("kk", DAY): 1}
    given_visits.counted({"ktp": 10}, now=make.START + HOUR)
    given_visits.counted({"ktp": 12, "kk": None}, now=make.START + 3 * HOUR)
    assert visits() == {("ktp", DAY): 12, ("kk", DAY): 1}


@pytest.mark.parametrize(
    ("hours", "known"), [(0, {"ktp": 3}), (1, {"ktp": 10}), (2, {"ktp": 10, "kk": 1}), (3, {"ktp": 0, "kk": 1})]
)
def test_as_of_a_moment_what_was_known_then(app: Flask, hours: int, known: dict[str, int]) -> None:
    given_visits.issued(app, count=3)
    given_visits.counted({"ktp": 10}, now=make.START + HOUR)
    given_visits.issued(app, service_code="kk", now=make.START + 2 * HOUR)
    given_visits.counted({"ktp": 0}, now=make.START + 3 * HOUR)
    assert visits(hours * HOUR) == {(service, DAY): count for service, count in known.items()}
    assert visits(hours * HOUR - timedelta(seconds=1)) != visits(hours * HOUR)


def test_only_what_differs_is_added_and_the_story_is_told(any_app: Flask) -> None:
    assert given_visits.counted({"ktp": 5, "kk": 2, "skck": None}) == ["ktp", "kk"]
    assert given_visits.counted({"ktp": 5, "kk": 3}, now=make.START + HOUR) == ["kk"]
    told = queries.counts_told(read_afresh(), make.OFFICE, DAY)
    assert (told[0].service_code, told[0].visits, len(told)) == ("kk", 3, 3)
    assert {row.recorded_by for row in told} == {"bu.ani@mumbulsari.example"}


def test_an_entry_is_taken_back_and_the_codes_count_again(any_app: Flask) -> None:
    given_visits.issued(any_app, count=3)
    given_visits.counted({"ktp": 10, "kk": 4})
    assert given_visits.counted({"ktp": None, "kk": None}, now=make.START + HOUR) == ["ktp", "kk"]
    assert (visits(), visits(timedelta(0))) == ({("ktp", DAY): 3}, {("ktp", DAY): 10, ("kk", DAY): 4})
    assert given_visits.counted({"ktp": None}, now=make.START + 2 * HOUR) == []


@pytest.mark.parametrize(("number", "days"), [(-1, 0), (10_000, 0), (1, 1)], ids=["negative", "huge", "tomorrow"])
def test_what_can_not_be_is_refused(app: Flask, number: int, days: int) -> None:
    with pytest.raises(Refused):
        given_visits.counted({"ktp": number}, day=DAY + timedelta(days=days))


def served(number: int, now: datetime) -> None:
    settings.set_value(
        office_id=make.OFFICE, key="service_users", value=str(number), month=Month(2026, 10), by="tests", now=now
    )


def test_37_of_80(app: Flask) -> None:
    """A hundred visits ask for 80 respondents; counted visits go before a setting that is smaller."""
    office = offices.office(reader(), make.OFFICE)
    served(50, make.START)
    for _respondent in range(37):
        make.rating()
    later = make.START + HOUR
    assert building.build(read_afresh(), office, OCTOBER, later).sample_needed == 44
    given_visits.counted({"ktp": 60, "kk": 40}, now=later)
    figures = building.build(read_afresh(), office, OCTOBER, later)
    assert (figures.whole.respondents, figures.sample_needed, figures.population) == (37, 80, 100)
    assert figures.response_rate is not None
    assert figures.response_rate * 100 == 37
    assert building.build(read_afresh(), office, OCTOBER, make.START).sample_needed == 44


def test_one_code_does_not_make_a_small_sample_enough(app: Flask) -> None:
    """A desk that has just begun to count has counted too few: the setting stands."""
    served(1000, make.START)
    for _respondent in range(5):
        make.rating()
    given_visits.issued(app)
    figures = building.build(read_afresh(), offices.office(reader(), make.OFFICE), OCTOBER, make.START + HOUR)
    assert (figures.population, figures.sample_needed, figures.is_sample_short) == (1000, 278, True)


def test_fewer_visits_than_respondents_are_no_number_of_users(app: Flask) -> None:
    office, later = offices.office(reader(), make.OFFICE), make.START + HOUR
    for place in range(5):
        make.rating(answer=2 + place % 2)
    unknown = building.build(read_afresh(), office, OCTOBER, later)
    given_visits.issued(app, count=4)
    figures = building.build(read_afresh(), office, OCTOBER, later)
    assert (figures.population, figures.sample_needed, figures.response_rate) == (None, None, None)
    assert (unknown.is_missing_visits, figures.is_missing_visits) == (False, True)
    assert figures.whole.interval95 == unknown.whole.interval95
    assert [each.interval95 for each in figures.months] == [unknown.whole.interval95]
    month = summary.build(read_afresh(), office, Period.parse("2026-10"), later).survey
    assert (month.sample_needed, month.is_missing_visits) == (None, True)
    given_visits.issued(app)
    known = building.build(read_afresh(), office, OCTOBER, later)
    assert (known.population, known.sample_needed, known.is_missing_visits) == (5, 5, False)


def test_a_month_is_told_day_by_day() -> None:
    second = DAY + timedelta(days=1)
    entered, given = {("ktp", DAY): 12, ("kk", second): 0}, {("ktp", DAY): 3, ("ktp", second): 2}
    newest, oldest = months.days(entered, given, ["ktp", "kk"])
    assert (newest.day, newest.known, newest.total) == (second, [Known(None, 2), Known(0, None)], 2)
    assert (oldest.day, oldest.known, oldest.total) == (DAY, [Known(12, 3), Known()], 12)
    assert [each.visits for each in oldest.known] == [12, None]
