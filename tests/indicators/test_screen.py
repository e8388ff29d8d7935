"""The screen in the waiting room: the newest published month, for everybody, with nobody on it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from indicators import nightly
from tests import make
from tests.indicators.locked_months import lock
from tests.survey import given

MID = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def screen(client: FlaskClient, path: str = "/layar") -> str:
    return " ".join(client.get(path).text.replace("\xa0", " ").split())


def test_it_shows_the_newest_published_month(app: Flask, client: FlaskClient) -> None:
    for answer in (3, 4):
        make.rating(answer=answer, now=MID)
    make.happened(make.complaint(now=MID), "settle", now=MID + timedelta(hours=1))
    make.complaint(now=MID)
    make.rating(answer=1, now=NOW - timedelta(days=1))
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    page = screen(client)
    for words in (
        "87,50",
        "Mutu B: baik",
        "50,00",
        "1 dari 2 laporan",
        "Oktober 2026",
        "22 November 2026",
        "sementara",
    ):
        assert words in page
    lock("2026-10", 1, NOW)
    assert "Angka dikunci, versi 1." in screen(client)


def test_it_says_so_where_nothing_is_published_yet(app: Flask, client: FlaskClient) -> None:
    page = screen(client)
    assert "Belum ada penilaian" in page
    assert "Penilaian Anda menentukan" in page


def test_it_leads_to_the_first_open_point(app: Flask, client: FlaskClient) -> None:
    code = given.point(None, "rate")
    page = screen(client)
    assert "/t/MBS-" in page
    assert code.startswith("MBS-")


def test_it_renews_itself_without_a_script_and_in_the_office_asked_for(app: Flask, client: FlaskClient) -> None:
    page = screen(client, "/layar?office=MBS")
    assert '<noscript><meta http-equiv="refresh" content="300"></noscript>' in page
    assert "Kecamatan Mumbulsari" in page
    assert "Kecamatan Mumbulsari" in screen(client, "/layar?office=XYZ")


def test_the_operator_finds_it_where_points_are_kept(app: Flask) -> None:
    assert 'href="/layar?office=MBS"' in make.signed_in(app, "operator").get("/pengaturan/titik").text
