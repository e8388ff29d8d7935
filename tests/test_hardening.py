"""Things that attackers tried, and that must go on failing."""

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.config import Settings
from core.csv_files import write_rows
from core.tabular import read_rows
from offices.current import current_office
from tests import make

# Normalising this takes time that grows with its square.
MARKS = "a" + "\u0301\u0323" * 80_000 + "@a.example"


def test_a_long_text_is_refused_before_anything_slow_looks_at_it(client: FlaskClient) -> None:
    started = time.process_time()
    answer = client.post("/api/v1/complaints", json={"contact": {"email": MARKS}})
    assert answer.status_code == 422
    assert time.process_time() - started < 5


def test_sign_in_takes_no_oversized_fields_and_no_json(client: FlaskClient) -> None:
    assert client.post("/masuk", data={"email": MARKS, "password": "x"}).status_code == 413
    assert client.post("/masuk", data={"email": "a@b.example", "password": "x" * 5000}).status_code == 413
    assert client.post("/masuk", json=["x"]).status_code == 415
    assert client.post("/masuk/kata-sandi/x", json="x").status_code == 415


@pytest.mark.parametrize("number", ["1e99999999999999999999999", "1e-99999999999999999999999"])
def test_a_number_beyond_all_numbers_is_a_broken_body(client: FlaskClient, number: str) -> None:
    body = f'{{"lat": {number}}}'
    answer = client.post("/api/v1/complaints", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_a_form_of_very_many_fields_is_refused(client: FlaskClient) -> None:
    assert client.post("/lapor", data="a&" * 5000, content_type="application/x-www-form-urlencoded").status_code == 413


def test_only_known_fields_come_back(app: Flask, client: FlaskClient) -> None:
    typed = {"category": "bencana", "description": "Banjir", "village": "35.09.23.2005", "tamu": "tak dikenal"}
    page = client.post("/lapor", data={**typed, "csrf_token": make.token(client, "/lapor")}).text
    assert "Banjir" in page
    assert "tak dikenal" not in page


def test_nobody_else_may_read_the_database(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    make.rating()
    modes = {stat.S_IMODE(file.stat().st_mode) for file in settings.data_dir.glob("*.db*")}
    assert modes == {0o600}


def test_sign_in_offers_no_year_long_cookie(app: Flask) -> None:
    client = app.test_client()
    make.through_the_door(client, make.staff(), remember="y")
    assert client.get("/petugas").status_code == 200
    assert client.get_cookie("remember_token") is None


def test_programs_are_answered_the_same_whoever_is_signed_in(sign_in: Callable[[str], FlaskClient]) -> None:
    officer = sign_in("officer")
    assert officer.get("/api/v1/services").json
    with officer.application.test_request_context("/api/v1/services"):
        assert current_office().id == make.OFFICE


def test_a_rejected_row_holds_no_formula_and_comes_back_as_typed(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    write_rows(sheet, [{"nama": "=HYPERLINK(1)", "=cmd": "+1"}])
    text = sheet.read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ",'+1" in text
    assert list(read_rows(sheet)) == [(2, {"nama": "=HYPERLINK(1)", "=cmd": "+1"})]


def test_ten_wrong_passwords_from_one_address_are_enough_for_a_while(app: Flask) -> None:
    client, email = app.test_client(), make.staff()

    def try_in(password: str, address: str = "203.0.113.7") -> int:
        data = {"email": email, "password": password, "csrf_token": make.token(client, "/masuk")}
        return client.post("/masuk", data=data, environ_base={"REMOTE_ADDR": address}).status_code

    assert {try_in("salah") for _ in range(10)} == {200}
    assert try_in("salah") == 429
    assert try_in(make.PASSWORD) == 429
    assert try_in(make.PASSWORD, "203.0.113.8") == 302
