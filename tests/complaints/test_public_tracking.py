"""Following a report: the forgiving form, the timeline, the slow answer to guesses."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits.storage import MemoryStorage

from complaints.reporting.intake import Keys
from core.guessing import Guessing
from tests.complaints import cases
from tests.complaints.submitting import fresh, send

UNKNOWN = "MBS-00000-00000-0"


@pytest.fixture
def slept(app: Flask) -> list[float]:
    """The waits, which take no time in these tests."""
    waits: list[float] = []
    app.extensions["guessing"] = Guessing(MemoryStorage(), waits.append)
    return waits


@pytest.fixture
def code(app: Flask) -> str:
    keys = Keys(receipt=app.config["RECEIPT_KEY"], identity=app.config["IDENTITY_KEY"])
    found = send(keys=keys, description="Rahasia saya").code
    fresh()
    assert found
    return found


def test_a_receipt_opens_its_report(client: FlaskClient, code: str) -> None:
    page = client.get(f"/lacak/{code}")
    assert page.status_code == 200
    for told in ("TRB-2026-00001", "Baru diterima", "21 Oktober 2026", "Laporan Anda sudah kami terima."):
        assert told in page.text
    assert "Rahasia saya" not in page.text


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code[4:]])
def test_what_was_typed_is_forgiven(client: FlaskClient, code: str, typed: object) -> None:
    assert callable(typed)
    answer = client.post("/lacak", data={"receipt": typed(code)})
    assert answer.status_code == 303
    assert answer.location == f"/lacak/{code}"


def test_the_officers_answer_is_shown_and_inner_words_are_not(client: FlaskClient, code: str) -> None:
    for move in ("verify", "assign", "start", "settle"):
        cases.act("TRB-2026-00001", move, action="Kami datangi", answer="Sudah kami tertibkan", reason="Rahasia")
    page = client.get(f"/lacak/{code}").text
    assert "Sudah kami tertibkan" in page
    assert "Kami datangi" not in page
    assert "Rahasia" not in page
    assert "paling lambat" not in page


def test_an_unknown_receipt_keeps_what_was_typed(client: FlaskClient, slept: list[float]) -> None:
    for answer in (client.get(f"/lacak/{UNKNOWN}"), client.post("/lacak", data={"receipt": "mbs-xyz"})):
        assert answer.status_code == 404
    assert f'value="{UNKNOWN}"' in client.get(f"/lacak/{UNKNOWN}").text
    assert 'value="mbs-xyz"' in answer.text


def test_the_public_number_is_not_a_receipt_and_the_page_says_so(client: FlaskClient, slept: list[float]) -> None:
    assert "nomor laporan" in client.post("/lacak", data={"receipt": "TRB-2026-00001"}).text


def test_guesses_get_slower_and_a_real_receipt_does_not(client: FlaskClient, slept: list[float], code: str) -> None:
    for _ in range(9):
        client.get(f"/lacak/{UNKNOWN}")
    assert slept == [0.5, 1.0, 2.0, 4.0]
    assert client.get(f"/lacak/{code}").status_code == 200
    assert len(slept) == 4


def test_too_many_guesses_at_once_are_turned_away(client: FlaskClient, app: Flask, code: str) -> None:
    inner: list[int] = []

    def meanwhile(_seconds: float) -> None:
        inner.append(app.test_client().get(f"/lacak/{UNKNOWN}").status_code)

    app.extensions["guessing"] = Guessing(MemoryStorage(), meanwhile)
    for _ in range(6):
        client.get(f"/lacak/{UNKNOWN}")
    assert inner == [429, 404, 404, 404]


def test_nothing_typed_asks_again(client: FlaskClient) -> None:
    assert client.post("/lacak", data={}).status_code == 200


def test_looking_sets_no_cookie(client: FlaskClient, code: str) -> None:
    assert "Set-Cookie" not in client.get(f"/lacak/{code}").headers
