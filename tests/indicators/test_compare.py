"""Two periods beside each other: what differs, and whether that is proven."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.calendar import Month
from core.db import db, reader
from core.periods import Period
from indicators import nightly
from indicators.months import comparing, whole
from indicators.months.breakdown_parts import Changes
from indicators.months.comparing import NOT_TESTED, Proof
from indicators.pages import compare
from offices import queries as offices
from survey.figures.changes import Direction
from tests import make

SEPTEMBER, OCTOBER = (datetime(2026, month, 10, 3, 0, tzinfo=UTC) for month in (9, 10))
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PATH = "/ringkasan/banding"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def two_months() -> None:
    """Poor ratings and unsettled reports, then good ones and settled ones."""
    for moment, answers in ((SEPTEMBER, (1, 2, 1, 2)), (OCTOBER, (3, 4, 4, 3))):
        for answer in answers:
            make.rating(answer=answer, now=moment)
    for n in range(10):
        make.complaint(now=SEPTEMBER)
        case = make.complaint(now=OCTOBER)
        if n:
            make.happened(case, "settle", now=OCTOBER, is_first_close=True)
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    db.session.rollback()


def proof_of(before: str, after: str) -> Proof:
    office = offices.office(reader(), make.OFFICE)
    sides = [whole.build(reader(), office, Period.parse(each)) for each in (before, after)]
    return comparing.proof(reader(), office, sides[0], sides[1], (None, None))


def test_only_what_is_proven_is_called_so(any_app: Flask) -> None:
    two_months()
    found = proof_of("2026-09", "2026-10")
    assert found.ikm is not None
    assert found.settlement is not None
    assert (found.ikm.direction, found.settlement.direction) == (Direction.UP, Direction.UP)
    assert proof_of("2026-10", "2026-09").ikm.direction is Direction.DOWN  # type: ignore[union-attr]
    assert proof_of("2026-09", "2026-08") == Proof(None, None)


@pytest.mark.parametrize(("a", "b"), [("2026-10", "2026"), ("2026-TW4", "2026-11"), ("2026-10", "2026-10")])
def test_months_on_both_sides_prove_nothing(app: Flask, a: str, b: str) -> None:
    assert not comparing.is_apart(Period.parse(a), Period.parse(b))
    assert proof_of(a, b) == NOT_TESTED


def test_the_page_sets_two_periods_side_by_side(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    two_months()
    secretary = sign_in("secretary")
    page = secretary.get(f"{PATH}?a=2026-09&b=2026-10").text
    assert page.count("naik, terbukti") == 2
    assert "+90,00" in page
    assert "keyakinan 95 %: hanya" in page
    newest = secretary.get(PATH).text  # the two newest months that have ended
    assert newest.count("naik, terbukti") == 2
    assert "bertumpang tindih" in secretary.get(f"{PATH}?a=2026-10&b=2026").text


def test_of_a_period_that_runs_nothing_is_claimed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, sign_in: Callable[[str], FlaskClient]
) -> None:
    two_months()
    assert proof_of("2026-TW3", "2026-TW4") == NOT_TESTED
    assert "masih berjalan" in sign_in("secretary").get(f"{PATH}?a=2026-TW3&b=2026-TW4").text
    running = whole.build(reader(), offices.office(reader(), make.OFFICE), Period.parse("2026-TW4"))
    assert [line.change for line in running.summary.lines] == [None] * 6
    assert running.breakdown.changes == Changes()


def test_the_months_since_january_are_compared_with_the_same_of_last_year(
    app: Flask, sign_in: Callable[[str], FlaskClient]
) -> None:
    two_months()
    secretary = sign_in("secretary")
    month = secretary.get("/ringkasan/2026-10?jangka=tahun").text
    assert f"{PATH}?a=2025-01--2025-10&amp;b=2026-01--2026-10" in month
    assert "Bandingkan dengan Januari–Oktober 2025" in month
    page = secretary.get(f"{PATH}?a=2025-01--2025-10&b=2026-01--2026-10").text
    assert '<option value="2026-01--2026-10" selected>Januari–Oktober 2026</option>' in page
    assert "/ringkasan/2026-10?jangka=tahun" in page


BAD = ("a=2026-13", "b=2027-01", "a=x&b=2026-10", "a=2026-10&b=%F0%9F%8C%8B")
NO_RUN = ("a=2026-02--2026-10", "a=2026-01--2026-03", "a=2025-01--2026-10")


@pytest.mark.parametrize("query", [*BAD, *NO_RUN])
def test_what_is_no_period_is_said_and_the_rest_stays_chosen(
    app: Flask, sign_in: Callable[[str], FlaskClient], query: str
) -> None:
    page = sign_in("secretary").get(f"{PATH}?{query}")
    assert page.status_code == 200
    assert "Pilih dari daftar." in page.text


def test_what_is_asked_for_can_be_chosen() -> None:
    old = Period.parse("2019-03")
    months = compare.choices([old, Period.parse("2026-10")], Month(2026, 11))[0].periods
    assert len(months) == 25
    assert months[0] == ("2026-11", "November 2026")
    assert months[-1] == ("2019-03", "Maret 2019")
