"""After a rating: what was improved, and a bad one made a report with its words taken over."""

import re
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from complaints.models import Complaint
from core import clock
from core.db import db, transaction
from core.ids import uuid7
from survey import thanking
from survey.questionnaire import Questionnaire
from survey.review.models import FollowUp
from tests import make
from tests.survey import given

WORDS = 'Petugas "lama"\ndan <b>kasar</b>'
ALL_TWO = given.all_answered(2)
PANEL = "Ada yang mengecewakan?"


@pytest.fixture
def point(app: Flask) -> str:
    return given.point()


@transaction
def improved(session: Session, /, words: str, **values: object) -> None:
    plan = {"period": "2026-S1", "element": "waktu", "action": "x", "due": "2026-TW4", "owner": "Sekcam"}
    shown = {"status": "done", "is_public": True, "public_words": words, "added_by": "tests", "changed_by": "tests"}
    times = {"added_at": make.START, "changed_at": make.START}
    session.add(FollowUp(office_id=make.OFFICE, id=uuid7(make.START), **plan | shown | times | values))


def thanks(client: FlaskClient, point: str, **values: str) -> str:
    return client.get(given.sent(client, point, **values).location).text


def fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


@pytest.mark.parametrize(
    ("answers", "low"),
    [
        ({}, False),
        ({"waktu": 2}, False),
        ({"waktu": 1}, True),
        (ALL_TWO, True),
        (ALL_TWO | {"waktu": 3}, False),
        (given.all_answered(4) | {"biaya": 1}, True),
    ],
    ids=["all 3", "one 2", "one 1", "all 2", "just over", "free of charge it was not"],
)
def test_which_ratings_disappoint(answers: dict[str, int], low: bool) -> None:
    all_answers = given.all_answered(3) | answers
    rating = SimpleNamespace(points=given.official().points(all_answers), **given.official().element_sums(all_answers))
    assert thanking.is_low(rating, given.official()) is low  # type: ignore[arg-type]


def test_of_several_questions_about_an_element_their_mean_counts() -> None:
    longer = Questionnaire("dua", (*given.OFFICIAL, given.WAITING))
    for second, low in ((3, False), (2, True)):
        answers = given.all_answered(3, longer) | {"waktu": 1, "waktu_antre": second}
        rating = SimpleNamespace(points=longer.points(answers), **longer.element_sums(answers))
        assert thanking.is_low(rating, longer) is low  # type: ignore[arg-type]


def test_a_bad_rating_becomes_a_report_with_its_words_and_sends_nothing(client: FlaskClient, point: str) -> None:
    page = thanks(client, point, waktu="1", suggestion=WORDS)
    assert PANEL in page
    answer = client.post("/lapor", data=fields(page))
    assert answer.status_code == 200
    assert "Petugas &#34;lama&#34;\ndan &lt;b&gt;kasar&lt;/b&gt;</textarea>" in answer.text
    assert 'name="brought"' not in answer.text
    assert fields(answer.text)["made"]
    assert fields(answer.text)["submission_id"] != str(given.ratings()[0].submission_id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 0


def test_words_brought_to_a_point_find_its_desa_filled_in(client: FlaskClient) -> None:
    code = given.point("trantib", "both")
    page = thanks(client, code, service="trantib", waktu="1", suggestion="Lambat")
    assert f'action="/lapor/{code}"' in page
    answer = client.post(f"/lapor/{code}", data=fields(page))
    assert "Lambat</textarea>" in answer.text


def test_a_good_rating_is_only_thanked(client: FlaskClient, point: str) -> None:
    page = thanks(client, point, suggestion="Bagus")
    assert PANEL not in page
    assert "Bagus" not in page


def test_the_address_holds_no_words_and_is_good_for_an_hour(
    client: FlaskClient, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = given.sent(client, point, waktu="1", suggestion="Lambat")
    assert "Lambat" not in sent.location
    assert "Lambat" not in str(sent.headers)
    later = clock.now() + thanking.VALID + timedelta(seconds=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = client.get(sent.location)
    assert page.status_code == 200
    assert PANEL not in page.text


def test_a_mark_that_was_changed_opens_nothing(client: FlaskClient, app: Flask, point: str) -> None:
    location = given.sent(client, point, waktu="1", suggestion="Lambat").location
    foreign = thanking.mark(make.OFFICE + 1, given.ratings()[0].submission_id, now=clock.now())
    unknown = thanking.mark(make.OFFICE, uuid4(), now=clock.now())
    base = f"/survei/{point}/terima-kasih?penilaian="
    for address in (location + "x", f"{base}x", base + foreign, base + unknown):
        page = client.get(address)
        assert page.status_code == 200
        assert PANEL not in page.text


def test_three_published_improvements_are_told(client: FlaskClient, point: str) -> None:
    for number in range(4):
        improved(f"Perbaikan ke-{number}", changed_at=make.START + timedelta(days=number))
    improved("Rahasia", is_public=False)
    page = thanks(client, point)
    assert "Yang kami perbaiki karena penilaian Anda" in page
    assert re.findall(r"Perbaikan ke-\d", page) == ["Perbaikan ke-3", "Perbaikan ke-2", "Perbaikan ke-1"]
    assert "Rahasia" not in page


def test_with_nothing_to_tell_nothing_is_claimed(client: FlaskClient, point: str) -> None:
    assert "Yang kami perbaiki" not in thanks(client, point)


def test_the_same_words_can_be_read_after_a_new_edition(client: FlaskClient, point: str) -> None:
    location = given.sent(client, point, waktu="1", suggestion="Lambat").location
    given.edition("skm-baru", date(2026, 11, 1))
    assert "Lambat" in client.get(location).text
