"""What became of the plan, with its uncertainty."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from core import clock
from core.calendar import Month
from core.db import db, reader
from core.periods import Period
from indicators import nightly
from survey.figures.changes import Direction
from survey.review import outcomes, queries
from survey.review.outcomes import Outcome
from tests import make
from tests.survey import given
from tests.survey.review import planning

NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
DECEMBER = Month(2026, 12)


def rated(month: int, *answers: int, service: str = "ktp") -> None:
    """Ratings of a month whose answer to `waktu` is given; all others are 3."""
    for n, answer in enumerate(answers):
        moment = datetime(2026, month, 5, 1, tzinfo=UTC) + timedelta(hours=n)
        make.rating(answer=3, waktu=answer, service=service, now=moment)


def became(monkeypatch: pytest.MonkeyPatch, this_month: Month = DECEMBER, **values: Any) -> Outcome:
    line = planning.added(**{"period": "2026-08", **values})
    monkeypatch.setattr(clock, "now", lambda: NOW)
    nightly.run_now(clock.now, nightly.recount_marked)
    db.session.rollback()
    lines = [queries.follow_up(reader(), make.OFFICE, line)]
    return outcomes.what_became(reader(), make.OFFICE, lines, this_month)[line]


def test_it_is_measured_in_every_period_that_has_ended(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    rated(8, *[1, 2] * 10)
    rated(9, 2, 1, 2)
    rated(10, *[3, 4] * 10)
    found = became(monkeypatch)
    assert (str(found.before.nrr), str(found.before.index), found.before.respondents) == ("1.5000", "37.50", 20)
    assert [(str(each.period), each.respondents, str(each.nrr)) for each in found.after] == [
        ("2026-09", 3, "1.6667"), ("2026-10", 20, "3.5000"), ("2026-11", 0, "None"),
    ]  # fmt: skip
    changes = [each.change for each in found.after]
    assert [change and change.direction for change in changes] == [Direction.UNPROVEN, Direction.UP, None]
    assert changes[1]
    assert changes[1].low
    assert 0 < changes[1].low <= changes[1].difference
    assert not any(each.is_asked_anew for each in found.after)


def test_a_service_is_measured_by_its_own_ratings(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    rated(8, 2, 2, 3)
    rated(8, 4, 4, service="kk")
    rated(9, 4, 4, 3)
    found = became(monkeypatch, Month(2026, 10), service_code="ktp")
    assert [(each.respondents, str(each.index)) for each in (found.before, *found.after)] == [
        (3, "58.33"),
        (3, "91.67"),
    ]


def test_it_says_when_other_questions_were_asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    given.edition("skm-baru")
    rated(8, 2, 3)
    make.rating(answer=3, edition_code="skm-baru", now=datetime(2026, 9, 5, 1, tzinfo=UTC))
    (after,) = became(monkeypatch, Month(2026, 10)).after
    assert (after.respondents, after.is_asked_anew) == (1, True)


def test_half_a_year_waits_for_the_next(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    rated(8, 2, 3)
    found = became(monkeypatch, period="2026-S2")
    assert (found.before.respondents, found.last) == (2, None)


@pytest.mark.parametrize(
    ("period", "now", "after"),
    [
        ("2026-08", "2026-09", []),
        ("2026-08", "2026-11", ["2026-09", "2026-10"]),
        ("2026-TW1", "2026-07", ["2026-TW2"]),
        ("2025", "2027-01", ["2026"]),
        ("2020-S1", "2026-11", ["2020-S2", "2021-S1", "2021-S2", "2022-S1"]),
    ],
)
def test_periods_that_follow(period: str, now: str, after: list[str]) -> None:
    assert [str(each) for each in outcomes.following(Period.parse(period), Month.parse(now))] == after
