"""A second office from its first day: its residents, its staff, its figures, and nobody else's."""

import json
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.db import db, reader
from indicators import nightly
from offices import queries
from survey.elements import OFFICIAL_ORDER
from tests import make
from tests.offices.test_adding import ADD, second

NOON = datetime(2026, 10, 20, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)
TYPED = {"category": "kebisingan", "description": "Sound horeg", "village": "tidak-tahu", "place": "Pasar Jenggawah"}


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def run(app: Flask, *words: str, typed: str = "") -> Result:
    result = app.test_cli_runner().invoke(args=words, input=typed)
    db.session.rollback()
    assert result.exit_code == 0, result.output
    return result


def operator(app: Flask) -> FlaskClient:
    email = "operator@jenggawah.example"
    words = ("staff", "add", email, "--name", "Ani", "--role", "operator", "--office", "35.09.24", "--password-stdin")
    run(app, *words, typed=make.PASSWORD + "\n")
    client = app.test_client()
    make.bare_factor(email)
    make.enter(client, email)
    return client


def point(purpose: str) -> str:
    return next(row.code for row in queries.points(reader(), second()) if row.purpose == purpose)


def send(client: FlaskClient, path: str, **typed: str) -> str:
    data = {"submission_id": uuid4(), "csrf_token": make.token(client, path), **typed}
    return client.post(path, data=data, follow_redirects=True).text


def value(app: Flask, month: str, *more: str) -> list[str | None]:
    found = json.loads(run(app, "summary", month, "--format", "json", *more).output)
    return [line["value"] for line in found["indicators"]]


def test_what_residents_send_belongs_to_the_office_of_the_code(app: Flask, client: FlaskClient) -> None:
    run(app, *ADD)
    answers = dict.fromkeys((key.value for key in OFFICIAL_ORDER), "3")
    assert "Terima kasih" in send(client, f"/survei/{point('rate')}", service="kk", **answers)
    page = send(client, f"/lapor/{point('both')}", **TYPED)
    receipt = re.search(r"JGW-\w{5}-\w{5}-\w", page)
    number = re.search(r"TRB-\d{4}-\d{5}", page)
    assert receipt
    assert number
    assert "sudah kami terima" in client.get(f"/lacak/{receipt[0]}").text
    own, first = operator(app), make.signed_in(app, "operator")
    assert number[0] in own.get("/petugas").text
    assert number[0] not in first.get("/petugas").text
    nightly.run_due(lambda: NIGHT)
    assert value(app, "2026-10", "--office", "35.09.24") == [None, "75.00", None, "0.00", None, None]
    assert value(app, "2026-09", "--office", "35.09.24") == [None] * 6
    assert value(app, "2026-10") == [None] * 6
    assert "Kecamatan Jenggawah" in own.get("/ringkasan/2026-10").text


def test_staff_see_only_their_own_accounts(app: Flask) -> None:
    run(app, *ADD)
    theirs = make.staff("secretary")
    page = operator(app).get("/pengaturan/petugas").text
    assert "operator@jenggawah.example" in page
    assert theirs not in page
