"""From a code to the questionnaire: what it saves, and that nobody is turned away for it."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits.storage import MemoryStorage
from werkzeug.exceptions import TooManyRequests

from core.guessing import Guessing
from survey.elements import OFFICIAL_ORDER
from tests import make
from tests.complaints.pages import fields_of
from tests.survey import given
from tests.survey.visits import given_visits

ALL_FOURS = {key.value: "4" for key in OFFICIAL_ORDER}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    given.now_is(monkeypatch, make.START)


@pytest.fixture
def code(app: Flask) -> str:
    return given_visits.issued(app)[1]


def filled(client: FlaskClient, code: str, **typed: Any) -> dict[str, Any]:
    return fields_of(client.get(f"/k/{code}").text) | ALL_FOURS | typed


def test_the_code_leads_to_its_service_and_is_used_up(client: FlaskClient, code: str) -> None:
    answer = client.post(f"/k/{code}", data=filled(client, code, service="kk"))
    assert (answer.status_code, "/terima-kasih" in answer.location) == (303, True)
    [rating] = given.ratings()
    assert (rating.service_code, rating.point_code, rating.visit, rating.source) == ("ktp", None, "code", "web")
    again = client.get(f"/k/{code}")
    assert (again.status_code, "sudah dipakai" in again.text) == (410, True)
    assert "Nilai tanpa kode" in again.text


def test_a_second_tap_is_thanked_again(client: FlaskClient, code: str) -> None:
    data = filled(client, code)
    assert [client.post(f"/k/{code}", data=data).status_code for _tap in range(2)] == [303, 303]
    assert len(given.ratings()) == 1


def test_who_comes_second_loses_nothing_and_can_rate_without_the_code(client: FlaskClient, code: str) -> None:
    first, second = (filled(client, code, suggestion=words) for words in ("Bagus", "Kursi kurang"))
    client.post(f"/k/{code}", data=first)
    answer = client.post(f"/k/{code}", data=second)
    assert answer.status_code == 409
    assert "Kode kunjungan ini sudah dipakai. Isian Anda masih ada" in answer.text
    assert "Kursi kurang" in answer.text
    kept = fields_of(answer.text) | ALL_FOURS | {"suggestion": "Kursi kurang"}
    assert client.post(f"/k/{code}", data=kept).status_code == 303
    assert sorted(rating.visit for rating in given.ratings()) == ["", "code"]


def test_after_its_last_day_the_way_without_is_shown(
    client: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.now_is(monkeypatch, make.START + timedelta(days=8))
    answer = client.get(f"/k/{code}")
    assert answer.status_code == 410
    assert "8 Oktober 2026" in answer.text
    assert "/survei/" in answer.text


def test_its_own_page_that_was_opened_in_time_may_come_in_later(
    app: Flask, client: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = filled(client, code)
    other = filled(client, given_visits.issued(app)[1])["opened"]
    of_point = fields_of(client.get(f"/survei/{given.point()}").text)["opened"]
    given.now_is(monkeypatch, make.START + timedelta(days=8))
    for forged in ("1", other, of_point):
        answer = client.post(f"/k/{code}", data=data | {"opened": forged, "submission_id": str(uuid4())})
        assert (answer.status_code, "8 Oktober 2026" in answer.text) == (409, True)
    assert client.post(f"/k/{code}", data=data).status_code == 303
    [rating] = given.ratings()
    assert (rating.visit, rating.fill_s) == ("code", None)


def test_a_code_that_nobody_has_is_told_kindly_and_ever_later(app: Flask, client: FlaskClient) -> None:
    waits: list[float] = []
    app.extensions["guessing"] = Guessing(MemoryStorage(), waits.append)
    answers = [client.get(f"/k/{given_visits.unknown_code(app)}") for _guess in range(7)]
    assert {answer.status_code for answer in answers} == {404}
    assert all("Nilai tanpa kode" in answer.text for answer in answers)
    assert waits == [0.5, 1]


def test_a_code_is_typed_in_any_writing(client: FlaskClient, code: str) -> None:
    answer = client.get("/k/", query_string={"kode": code.lower().replace("-", " ")})
    assert answer.location == f"/k/{code}"
    wrong = client.get("/k/?kode=MBS-123")
    assert (wrong.status_code, 'value="MBS-123"' in wrong.text) == (404, True)
    assert client.get("/k/").status_code == 200


def test_the_filling_time_is_kept_with_every_rating(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/survei/{given.point()}"
    data = fields_of(client.get(path).text) | ALL_FOURS | {"service": "ktp"}
    given.now_is(monkeypatch, make.START + timedelta(seconds=75))
    for opened in (data["opened"], "rubbish", None):
        sent = {**data, "opened": opened, "submission_id": str(uuid4())}
        assert client.post(path, data={key: value for key, value in sent.items() if value}).status_code == 303
    assert Counter(rating.fill_s for rating in given.ratings()) == {75: 1, None: 2}


@pytest.mark.parametrize(("service", "visit"), [("ktp", "code"), ("kk", "")])
def test_an_open_form_takes_a_code_of_its_service(client: FlaskClient, code: str, service: str, visit: str) -> None:
    assert given.sent(client, given.point(), visit=code, service=service).status_code == 303
    assert [rating.visit for rating in given.ratings()] == [visit]


def test_an_open_form_with_a_code_that_is_no_good_is_a_rating_as_any(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise TooManyRequests

    monkeypatch.setattr(Guessing, "miss", full)
    for visit in ("MBS-0000-0000", "\0", "x" * 500):
        assert given.sent(client, given.point(), visit=visit).status_code == 303
    assert [rating.visit for rating in given.ratings()] == ["", "", ""]
