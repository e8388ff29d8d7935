"""From a resident's QR scan to the Sekcam's monthly page, over HTTP, at an hour when WIB has the next day."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.db import db, reader
from indicators import nightly
from offices import queries
from survey.elements import OFFICIAL_ORDER
from tests import make

LAST_NIGHT = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # 06:30 WIB on 1 November


class Hands:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    found = Hands(LAST_NIGHT)
    monkeypatch.setattr(clock, "now", found)
    return found


def point(purpose: str) -> str:
    return next(row.code for row in queries.points(reader(), make.OFFICE) if row.purpose == purpose)


def rate(client: FlaskClient) -> None:
    landed = client.get(f"/t/{point('rate').lower()}")
    path = landed.headers["Location"]
    answers = dict.fromkeys((key.value for key in OFFICIAL_ORDER), "4")
    sent = client.post(
        path, data={"submission_id": uuid4(), "service": "kk", "csrf_token": make.token(client, path), **answers}
    )
    assert "Terima kasih" in client.get(sent.headers["Location"]).text


def report(client: FlaskClient) -> tuple[str, str]:
    """The public number and the receipt."""
    path = client.get(f"/t/{point('report')}").headers["Location"]
    typed = {"category": "kebisingan", "description": "Sound horeg sampai pagi", "village": "35.09.23.2005"}
    page = client.post(
        path, data={"submission_id": uuid4(), "csrf_token": make.token(client, path), "place": "", **typed}
    ).text
    number, receipt = re.search(r"TRB-\d{4}-\d{5}", page), re.search(r"MBS-\w{5}-\w{5}-\w", page)
    assert number
    assert receipt
    return number[0], receipt[0]


def move(officer: FlaskClient, number: str, step: str, **words: str) -> None:
    path = f"/petugas/laporan/{number}"
    page = officer.get(path).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version
    data = {"csrf_token": make.token(officer, path), "version": version[1], **words}
    assert officer.post(f"{path}/{step}", data=data).status_code == 303


def test_from_the_scan_to_the_month(app: Flask, client: FlaskClient, sign_in: Callable[[str], FlaskClient]) -> None:
    rate(client)
    rate(client)
    number, receipt = report(client)
    assert "sudah kami terima" in client.get(f"/lacak/{receipt.lower()}").text
    officer = sign_in("officer")
    assert number in officer.get("/petugas").text
    move(officer, number, "verify")
    move(officer, number, "start")
    move(officer, number, "settle", action="Mendatangi lokasi", answer="Sudah kami tegur", record_number="BA-1")
    assert "Sudah kami tegur" in client.get(f"/lacak/{receipt}").text
    nightly.run_due(clock.now)
    db.session.rollback()
    month = sign_in("secretary").get("/ringkasan/2026-11.json").json
    assert month is not None
    assert [line["value"] for line in month["indicators"]] == [None, "100.00", None, "100.00", None, None]
    assert month["indicators"][1]["detail"]["respondents"] == 2
    assert sign_in("secretary").get("/ringkasan/2026-10.json").json["indicators"][3]["value"] is None  # type: ignore[index]
