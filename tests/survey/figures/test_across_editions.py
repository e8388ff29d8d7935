"""A period whose ratings were given on two questionnaires, one with two questions for an element."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from core import clock
from core.db import db, reader
from core.periods import Period
from indicators import nightly
from offices import queries as offices
from survey.elements import ElementKey
from survey.figures import building
from survey.questionnaire import Questionnaire
from tests import make
from tests.survey import given

NIGHT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
LONGER = Questionnaire("skm-baru", (*given.OFFICIAL, given.WAITING))


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)


def rated() -> None:
    """Two in October who answer 4; two in November who answer 3, and 1 and 4 about time."""
    given.edition(starts_on=date(2026, 11, 1), questions=LONGER.questions)
    for n in range(2):
        given.rated(answers=given.all_answered(4), now=make.START + timedelta(hours=n))
        answers = given.all_answered(3, LONGER) | {"waktu": 1, given.WAITING.key: 4}
        given.rated(questionnaire=LONGER, answers=answers, now=NOVEMBER + timedelta(hours=n))
    nightly.run_now(clock.now, nightly.recount_marked)
    db.session.rollback()


def test_the_mean_within_an_element_comes_first(any_app: Flask) -> None:
    rated()
    office = offices.office(reader(), make.OFFICE)
    found = building.build(reader(), office, Period.parse("2026-TW4"))
    assert found.whole.index == Decimal("86.81")  # (2 × 36 + 2 × 26.5) ÷ 36 × 25
    assert found.answers[ElementKey.WAKTU] == {Fraction(5, 2): 2, Fraction(4): 2}
    assert [(each.code, each.respondents) for each in found.editions] == [("skm-2017", 2), ("skm-baru", 2)]
    assert found == building.build(reader(), office, Period.parse("2026-TW4"), found.as_of)
    assert [str(each.index) for each in found.months] == ["100.00", "73.61"]


def test_a_trend_across_editions_says_so(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    rated()
    staff = sign_in("head")
    texts = {period: staff.get(f"/survei-skm/{period}").text for period in ("2026-10", "2026-11", "2026-TW4")}
    assert {period: "Tren lintas edisi" in text for period, text in texts.items()} == {
        "2026-10": False, "2026-11": True, "2026-TW4": True,
    }  # fmt: skip
    assert 'scope="col">2,50</th>' in texts["2026-TW4"]


def test_its_spreadsheet_divides_the_sum_of_two_questions(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    rated()
    made = load_workbook(BytesIO(sign_in("head").get("/survei-skm/2026-TW4/perhitungan/indeks.xlsx").data))
    cells = {str(cell.value) for row in made["Penilaian"].iter_rows(min_row=2) for cell in row}
    assert {"4", "=5/2"} <= cells
    made.close()
