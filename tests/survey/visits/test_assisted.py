"""An officer enters what a visitor says: as any other rating, and without a trace of who entered it."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.elements import OFFICIAL_ORDER
from tests import make
from tests.complaints.pages import fields_of
from tests.survey import given
from tests.survey.visits import given_visits

PATH = "/petugas/survei/isi"
ALL_FOURS = {key.value: "4" for key in OFFICIAL_ORDER}


@pytest.fixture
def officer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    client = make.signed_in(app, "officer")
    given.now_is(monkeypatch, make.START)
    return client


def filled(officer: FlaskClient, **typed: Any) -> dict[str, Any]:
    return fields_of(officer.get(PATH).text) | ALL_FOURS | {"service": "ktp"} | typed


def test_the_answers_are_kept_and_the_next_blank_form_comes(officer: FlaskClient) -> None:
    answer = officer.post(PATH, data=filled(officer, suggestion="Kursi"), follow_redirects=True)
    assert "Formulir kosong siap" in answer.text
    assert " checked>" not in answer.text
    [rating] = given.ratings()
    assert (rating.source, rating.visit, rating.served_by, rating.point_code) == ("assisted", "", None, None)
    assert (rating.suggestion, rating.fill_s) == ("Kursi", 0)


def test_with_a_code_the_rating_is_verified(app: Flask, officer: FlaskClient) -> None:
    _visit, code = given_visits.issued(app)
    assert officer.post(PATH, data=filled(officer, visit=code.lower())).status_code == 303
    [rating] = given.ratings()
    assert (rating.visit, rating.served_by) == ("code", given_visits.OFFICER)


@pytest.mark.parametrize(("service", "words"), [("kk", "untuk layanan lain"), ("ktp", "sudah dipakai")])
def test_a_code_that_does_not_fit_is_said_with_everything_kept(
    app: Flask, officer: FlaskClient, service: str, words: str
) -> None:
    _visit, code = given_visits.issued(app)
    officer.post(PATH, data=filled(officer, visit=code))
    answer = officer.post(PATH, data=filled(officer, visit=code, service=service, suggestion="Tetap ada"))
    assert answer.status_code == 409
    assert words in answer.text
    assert f'value="{code}"' in answer.text
    assert "Tetap ada" in answer.text
    assert len(given.ratings()) == 1


def test_a_code_typed_wrong_is_said_at_its_field(officer: FlaskClient) -> None:
    answer = officer.post(PATH, data=filled(officer, visit="MBS-1"))
    assert "tidak kami kenal" in answer.text
    assert given.ratings() == []


def test_a_second_click_counts_once_and_another_visitor_counts_too(officer: FlaskClient) -> None:
    data = filled(officer)
    assert [officer.post(PATH, data=data).status_code for _click in range(2)] == [303, 303]
    assert officer.post(PATH, data=data | {"waktu": "1"}).status_code == 409
    assert officer.post(PATH, data=data | {"waktu": "1", "submission_id": str(uuid4())}).status_code == 303
    assert len(given.ratings()) == 2


def test_what_is_missing_is_asked_for(officer: FlaskClient) -> None:
    answer = officer.post(PATH, data=filled(officer, waktu=""))
    assert (answer.status_code, given.ratings()) == (422, [])
