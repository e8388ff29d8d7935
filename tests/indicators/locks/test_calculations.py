"""The calculations and notes of a locked month keep to what was locked, whatever the registers say later."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from indicators import targets
from indicators.registers import reviews
from indicators.sheet import Indicator
from tests import make
from tests.indicators.locks import given_locks as given
from tests.indicators.locks.given_locks import AT
from tests.indicators.registers import entries
from tests.indicators.registers.entries import REVIEW, SIGNED, added
from tests.indicators.test_summary import MID

PATH = "/ringkasan/2026-10/sakip"
PATHS = ("dokumen", "pemberdayaan", "sakip", "program")
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(hours=3))


def review(app: Flask, score: str, on: str, **more: object) -> None:
    values = {"score": Decimal(score), "reviewed_on": entries.day(on), **more}
    added(reviews.add, REVIEW, entries.kept(app.config["SETTINGS"]), **values)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """October locked with 75,40; then a review of its last day with 99, and a target of 100."""
    review(app, "75.40", "04-14", now=MID)
    given.locked()
    review(app, "99", "10-31", now=LATER)
    target = {"indicator": Indicator.SAKIP, "year": 2026, "value": Decimal(100), "now": LATER, **SIGNED}
    targets.set_target(**target)
    return make.signed_in(app, "secretary", None)


@pytest.mark.parametrize("query", ["", "?versi=1"])
def test_a_locked_calculation_says_what_was_locked(client: FlaskClient, query: str) -> None:
    page = client.get(PATH + query).text
    assert "75,40 (BB)" in page
    assert "nilai evaluasi 75,40" in page
    assert "1 isian di balik angka ini" in page
    assert "99,00" not in page
    assert "100,00" not in page  # the target of later
    assert "Dikunci, versi 1. Isian seperti tercatat 2 November 2026" in page
    assert "yang berlaku sekarang" not in page
    assert f'href="/register/sakip.csv?{query[1:] and query[1:] + "&amp;"}masa=2026-10"' in page


@pytest.mark.parametrize(
    ("query", "scores", "name"),
    [
        ("masa=2026-10", ["75.40"], "2026-10-versi-1"),
        ("masa=2026-10&versi=1", ["75.40"], "2026-10-versi-1"),
        ("masa=2026-10&pada=2026-11-02T12:00", ["75.40", "99.00"], "2026-10-pada-20261102T050000Z"),
        ("masa=2026-TW4", ["75.40", "99.00"], "2026-TW4"),
        ("tahun=2026", ["75.40", "99.00"], "2026"),
    ],
)
def test_a_file_of_a_locked_month_has_what_was_locked(
    client: FlaskClient, query: str, scores: list[str], name: str
) -> None:
    answer = client.get(f"/register/sakip.csv?{query}")
    rows = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert sorted(row["score"] for row in rows) == scores
    assert f"register-sakip-{name}.csv" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["masa=2026-10&versi=77", "masa=2026-TW4&versi=1", "masa=x"])
def test_a_file_of_a_version_that_never_was_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/register/sakip.csv?{query}").status_code == 404


def test_each_version_has_its_own_calculation(client: FlaskClient) -> None:
    given.night(LATER + timedelta(hours=1))
    given.lock(LATER + timedelta(hours=2), reason="Nilai SAKIP baru.")
    assert "Dikunci, versi 2." in (newest := client.get(PATH).text)
    assert "99,00 (AA)" in newest
    assert "75,40 (BB)" in (first := client.get(f"{PATH}?versi=1").text)
    assert "?versi=1" in first.partition("</h1>")[0].partition('class="crumb"')[2]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", ["versi=77", "versi=x", "versi=1&jangka=tahun"])
def test_a_version_that_never_was_is_not_found(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(f"/ringkasan/2026-10/{path}?{query}").status_code == 404


def test_what_is_not_locked_follows_the_registers(client: FlaskClient) -> None:
    for address in (f"{PATH}?jangka=tahun", "/ringkasan/2026-TW4/sakip"):
        page = client.get(address).text
        assert "99,00 (AA)" in page
        assert "yang berlaku sekarang" in page


def test_the_notes_of_a_locked_month_have_its_values(client: FlaskClient) -> None:
    page = client.get("/ringkasan/2026-10/catatan").text
    assert "75,40" in page
    assert "99,00" not in page
