"""The settling's form with photos: kept first, findings shown beside what they resemble, nothing typed lost."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from complaints.case_models import Finding, Photo
from core import clock
from core.db import db
from tests import make
from tests.complaints import cases, drawn
from tests.complaints.pictures.test_proofs import ONE, attach, handled, taken, waiting

SignIn = Callable[[str], FlaskClient]
WORDS = {"action": "Ditertibkan", "answer": "Sudah tenang."}
OLD = taken(ONE, at=make.START - timedelta(days=2))


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("officer")


def settle(client: FlaskClient, number: str, *photos: bytes, **fields: str) -> TestResponse:
    path = f"/petugas/laporan/{number}"
    data = {"version": str(cases.report(number).version), "csrf_token": make.token(client, path), **WORDS, **fields}
    uploads = [(BytesIO(raw), f"bukti{n}.jpg") for n, raw in enumerate(photos, 1)]
    answer = client.post(f"{path}/settle", data={**data, "photos": uploads}, content_type="multipart/form-data")
    db.session.rollback()
    return answer


def post_as_head(client: FlaskClient, number: str) -> TestResponse:
    return client.post(f"/petugas/laporan/{number}/settle", data={"photos": (BytesIO(OLD), "bukti.jpg")})


def test_one_form_settles_with_its_photo(officer: FlaskClient) -> None:
    number = handled()
    answer = settle(officer, number, drawn.jpeg(ONE), is_shown="y")
    assert answer.status_code == 303
    photo = db.session.scalars(sa.select(Photo)).one()
    assert (cases.report(number).status, photo.is_shown) == ("settled", True)
    assert photo.event_id == cases.history(number)[-1].id


def test_without_proof_the_form_says_what_is_missing(officer: FlaskClient) -> None:
    answer = settle(officer, handled())
    assert answer.status_code == 422
    assert "Lampirkan foto bukti, atau tulis nomor berita acara." in answer.text
    assert "Sudah tenang." in answer.text


def test_a_finding_comes_back_with_the_photo_everything_typed_and_a_field_for_the_reason(
    app: Flask, officer: FlaskClient
) -> None:
    first, number = handled(), handled()
    attach(app, first, drawn.jpeg(ONE))
    cases.act(first, "settle", record_number="")
    answer = settle(officer, number, drawn.jpeg(ONE), record_number="BA-3", is_shown="y")
    finding, photo = db.session.scalars(sa.select(Finding)).one(), waiting(number)[0]
    assert answer.status_code == 422
    assert f"sudah pernah dipakai sebagai bukti: {first}." in answer.text
    for shown in (f"laporan/{number}/foto/{photo.id}", f"laporan/{first}/foto/{finding.other_photo_id}"):
        assert shown in answer.text
        assert officer.get(f"/petugas/{shown}").status_code == 200
    for kept in ("Ditertibkan", "Sudah tenang.", 'value="BA-3"', " checked", "1 foto sudah tersimpan"):
        assert kept in answer.text
    assert f'name="explanation-{finding.id}"' in answer.text
    assert settle(officer, number, **{f"explanation-{finding.id}": "Pos yang sama."}).status_code == 303
    assert db.session.scalars(sa.select(Finding)).one().explanation == "Pos yang sama."


def test_a_reason_that_is_too_long_is_kept_and_pointed_at(officer: FlaskClient) -> None:
    number = handled()
    settle(officer, number, OLD)
    name = f"explanation-{db.session.scalars(sa.select(Finding)).one().id}"
    answer = settle(officer, number, **{name: "a" * 2001})
    assert answer.status_code == 422
    assert "Paling banyak 2000 huruf" in answer.text
    assert "a" * 2001 in answer.text


def test_a_photo_that_cannot_be_read_is_named_and_the_others_are_kept(officer: FlaskClient) -> None:
    number = handled()
    answer = settle(officer, number, b"not a photo", drawn.jpeg(ONE))
    assert answer.status_code == 422
    assert "bukti1.jpg: Berkas ini bukan foto" in answer.text
    assert len(waiting(number)) == 1
    assert cases.report(number).status == "in_progress"


def test_an_expired_form_keeps_no_photo_and_asks_for_it_again(officer: FlaskClient, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    number = handled()
    answer = settle(officer, number, drawn.jpeg(ONE), csrf_token="old")
    assert answer.status_code == 400
    assert "Pilih fotonya sekali lagi" in answer.text
    assert waiting(number) == []


def test_a_second_tap_settles_once(officer: FlaskClient) -> None:
    number = handled()
    version = str(cases.report(number).version)
    assert settle(officer, number, drawn.jpeg(ONE), version=version).status_code == 303
    assert settle(officer, number, drawn.jpeg(ONE), version=version).status_code == 303
    assert [event.move for event in cases.history(number)].count("settle") == 1


def test_a_form_for_a_report_that_moved_on_keeps_no_photo_and_shows_what_was_typed(officer: FlaskClient) -> None:
    number = handled()
    version = str(cases.report(number).version)
    cases.act(number, "exclude")
    answer = settle(officer, number, drawn.jpeg(ONE), version=version)
    assert answer.status_code == 409
    assert "Sudah tenang." in answer.text
    assert waiting(number) == []


def test_only_handlers_attach(sign_in: SignIn) -> None:
    number = handled()
    assert post_as_head(sign_in("head"), number).status_code == 403
    assert waiting(number) == []
