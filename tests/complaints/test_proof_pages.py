"""The settling's form with photos: kept first, findings shown beside what they resemble, nothing typed lost."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID

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
from tests.complaints.pages import fields_of
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


def test_nothing_is_settled_or_kept_in_anothers_name(sign_in: SignIn, officer: FlaskClient) -> None:
    number = handled()
    mine = fields_of(officer.get(f"/petugas/laporan/{number}").text)["account"]
    other = sign_in("section_head")
    answer = settle(other, number, drawn.jpeg(ONE), account=mine)
    assert answer.status_code == 422
    assert "ditulis dengan akun lain" in answer.text
    assert "Sudah tenang." in answer.text
    assert (cases.report(number).status, waiting(number)) == ("in_progress", [])
    theirs = fields_of(answer.text)["account"]
    assert theirs != mine
    assert settle(other, number, drawn.jpeg(ONE), account=theirs).status_code == 303


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


@pytest.mark.parametrize("role", ["officer", "section_head", "secretary", "head"])
def test_everybody_at_the_desk_reads_what_was_found_and_how_it_was_explained(
    app: Flask, sign_in: SignIn, role: str
) -> None:
    first, number = handled(), handled()
    attach(app, first, drawn.jpeg(ONE))
    cases.act(first, "settle", record_number="")
    attach(app, number, drawn.jpeg(ONE))
    finding = db.session.scalars(sa.select(Finding)).one().id
    assert "Temuan pada foto bukti (" not in sign_in(role).get(f"/petugas/laporan/{number}").text
    cases.act(number, "settle", explanations={finding: "Dua laporan, satu tempat."})
    page = sign_in(role).get(f"/petugas/laporan/{number}").text
    for shown in ("Temuan pada foto bukti (1)", "dipakai sebagai bukti", first, "Dua laporan, satu tempat."):
        assert shown in page


def test_findings_cost_a_case_page_no_further_reading(app: Flask, officer: FlaskClient) -> None:
    number, plain = handled(), handled()
    cases.act(plain, "settle")
    for seed in range(3):
        attach(app, number, taken(drawn.scene(seed), at=make.START - timedelta(days=2)))
    reasons = dict.fromkeys(db.session.scalars(sa.select(Finding.id)), "Jam HP salah.")
    cases.act(number, "settle", explanations=reasons)
    officer.get("/petugas")
    asked = make.statements()
    lengths = []
    for shown, count in ((plain, 0), (number, 3)):
        before = len(asked)
        assert officer.get(f"/petugas/laporan/{shown}").text.count("Jam HP salah.") == count
        lengths.append(len(asked) - before)
    assert lengths[0] == lengths[1]


def take_away(client: FlaskClient, number: str, photo_id: object, *photos: bytes, **fields: str) -> TestResponse:
    path = f"/petugas/laporan/{number}"
    data = {"version": str(cases.report(number).version), "csrf_token": make.token(client, path), **WORDS, **fields}
    uploads = [(BytesIO(raw), f"bukti{n}.jpg") for n, raw in enumerate(photos, 1)]
    answer = client.post(f"{path}/bukti/{photo_id}/lepas", data={**data, "photos": uploads})
    db.session.rollback()
    return answer


def test_a_wrong_photo_is_taken_away_and_everything_typed_and_chosen_stays(officer: FlaskClient) -> None:
    number = handled()
    settle(officer, number, OLD)
    wrong = waiting(number)[0].id
    page = officer.get(f"/petugas/laporan/{number}").text
    assert f'formaction="/petugas/laporan/{number}/bukti/{wrong}/lepas"' in page
    answer = take_away(officer, number, wrong, drawn.jpeg(ONE), record_number="BA-3")
    assert answer.status_code == 200
    assert "Foto bukti sudah dilepas dan dihapus." in answer.text
    for kept in ("Ditertibkan", "Sudah tenang.", 'value="BA-3"', "1 foto sudah tersimpan"):
        assert kept in answer.text
    assert "Penjelasan Anda" not in answer.text
    assert "Foto bukti dilepas dan dihapus sebelum penyelesaian" in answer.text
    assert [photo.id for photo in waiting(number)] != [wrong]
    assert settle(officer, number).status_code == 303


def test_what_was_chosen_beside_and_cannot_be_read_is_named(officer: FlaskClient) -> None:
    number = handled()
    settle(officer, number, OLD)
    answer = take_away(officer, number, waiting(number)[0].id, b"not a photo")
    assert answer.status_code == 422
    assert "bukti1.jpg: Berkas ini bukan foto" in answer.text


def test_an_expired_form_takes_nothing_away(officer: FlaskClient, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    number = handled()
    attach(app, number, drawn.jpeg(ONE))
    answer = take_away(officer, number, waiting(number)[0].id, csrf_token="old")
    assert (answer.status_code, len(waiting(number))) == (400, 1)
    assert "Sudah tenang." in answer.text


def test_a_photo_that_is_not_there_is_not_found(officer: FlaskClient) -> None:
    assert take_away(officer, handled(), UUID(int=5)).status_code == 404


def test_only_handlers_take_a_proof_away(app: Flask, sign_in: SignIn) -> None:
    number = handled()
    attach(app, number, drawn.jpeg(ONE))
    path = f"/petugas/laporan/{number}/bukti/{waiting(number)[0].id}/lepas"
    assert sign_in("head").post(path).status_code == 403
    assert len(waiting(number)) == 1


def test_overseers_still_see_what_was_found_in_a_photo_taken_away(officer: FlaskClient, sign_in: SignIn) -> None:
    number = handled()
    settle(officer, number, OLD)
    photo = waiting(number)[0].id
    take_away(officer, number, photo)
    page = sign_in("head").get("/petugas/temuan").text
    assert "Foto ini dilepas petugas sebelum laporan diselesaikan." in page
    assert str(photo) not in page


def test_only_handlers_attach(sign_in: SignIn) -> None:
    number = handled()
    assert post_as_head(sign_in("head"), number).status_code == 403
    assert waiting(number) == []
