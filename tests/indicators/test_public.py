"""What everybody may read: ended periods, in words and for programs, with no small group in them."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from core import clock
from core.calendar import Month
from core.db import db
from indicators import nightly
from offices import settings
from tests import make

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MID = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def october(app: Flask) -> None:
    """Thirty ratings, nine of them by women, eleven of another service; and one settled report of two."""
    for n in range(30):
        make.rating(
            answer=3 + n % 2, sex="female" if n < 9 else "male", service="kk" if n < 11 else "ktp", now=MID,
            visit="code" if n < 12 else "",
        )  # fmt: skip
    make.rating(answer=1, is_excluded=True, now=MID)
    make.happened(make.complaint(now=MID), "settle", now=MID + timedelta(hours=1))
    make.complaint(now=MID)
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    db.session.rollback()


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).data.decode("utf-8-sig"))))


def read(client: FlaskClient, path: str) -> Any:
    return client.get(path).json


def test_an_ended_month_is_published(client: FlaskClient, october: None) -> None:
    assert "Oktober 2026" in client.get("/hasil").text
    page = " ".join(client.get("/hasil/2026-10").text.split())
    for words in ("Angka sementara", "87,50", "50,00", "1 penilaian dikeluarkan", "Dengan bukti kunjungan: 87,50"):
        assert words in page


@pytest.mark.parametrize("path", ["2026-11", "2026-TW4", "2026", "2026-13", "lain"])
def test_a_period_that_has_not_ended_is_not_there(client: FlaskClient, october: None, path: str) -> None:
    for ending in ("", ".json", ".csv", "/rincian.csv", "/sematan"):
        assert client.get(f"/hasil/{path}{ending}").status_code == 404


def test_a_month_is_published_only_once_its_last_day_is_counted(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.rating(now=MID)
    last_night, midnight = datetime(2026, 10, 30, 17, 30, tzinfo=UTC), datetime(2026, 10, 31, 17, 10, tzinfo=UTC)
    nightly.run_now(lambda: last_night, nightly.recount_marked)
    monkeypatch.setattr(clock, "now", lambda: midnight)
    assert client.get("/hasil/2026-10").status_code == 404
    assert "Oktober 2026" not in client.get("/hasil").text
    nightly.run_now(lambda: midnight + timedelta(minutes=20), nightly.recount_marked)
    assert client.get("/hasil/2026-10").status_code == 200


def test_a_period_without_figures_is_not_there(client: FlaskClient, october: None) -> None:
    for path in ("2026-09", "2001", "2001.png", "2001/poster.pdf"):
        assert client.get(f"/hasil/{path}").status_code == 404


def test_a_few_verified_ratings_are_not_told(client: FlaskClient) -> None:
    for n in range(30):
        make.rating(answer=4 - 3 * (n == 0), visit="report" if n == 0 else "", now=MID)
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    assert read(client, "/hasil/2026-10.json")["verified"] == {"ikm": None, "respondents": None}
    assert "bukti kunjungan" not in client.get("/hasil/2026-10").text


def test_a_quarter_that_has_ended_is_published(app: Flask, client: FlaskClient) -> None:
    for days in (20, 50, 80):
        make.rating(now=MID - timedelta(days=days))
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    assert "Triwulan III 2026" in client.get("/hasil").text
    found = read(client, "/hasil/2026-TW3.json")
    assert (found["period"], found["month"], found["respondents"]) == ("2026-TW3", None, 3)


def test_programs_read_the_same(client: FlaskClient, october: None) -> None:
    found = read(client, "/hasil/2026-10.json")
    expected = {
        "month": "2026-10", "period": "2026-10", "provisional": True, "ikm": "87.50", "grade": "B", "respondents": 30,
        "received": 2, "settled": 1, "percent_settled": "50.00", "excluded": 1, "weight": "1/9",
        "all": {"ikm": "85.48", "respondents": 31}, "verified": {"ikm": "87.50", "respondents": 12},
    }  # fmt: skip
    assert found.items() >= expected.items()
    [row] = rows(client, "/hasil/2026-10.csv")
    assert (row["ikm"], row["percent_settled"], row["interval95_low"]) == ("87.50", "50.00", found["interval95_low"])


def test_a_small_group_is_hidden_and_cannot_be_subtracted(client: FlaskClient, october: None) -> None:
    found = {(row["group"], row["code"]): row for row in rows(client, "/hasil/2026-10/rincian.csv")}
    assert [found["sex", each]["hidden"] for each in ("female", "male")] == ["ya", "ya"]
    assert {found["sex", each]["respondents"] for each in ("female", "male")} == {""}
    assert found["sex", "gabungan"]["respondents"] == "30"
    assert [found["service", each]["respondents"] for each in ("ktp", "kk")] == ["19", "11"]
    assert "disembunyikan" in client.get("/hasil/2026-10").text


def test_every_published_field_is_in_the_dictionary(client: FlaskClient, october: None) -> None:
    known = read(client, "/hasil/kamus-data.json")
    names = {table: {field["name"].partition(".")[0] for field in fields} for table, fields in known.items()}
    assert set(read(client, "/hasil/2026-10.json")) == names["rows"] | names["more"]
    assert set(rows(client, "/hasil/2026-10.csv")[0]) == names["rows"]
    assert set(rows(client, "/hasil/2026-10/rincian.csv")[0]) == names["groups"]
    assert "Arti setiap kolom" in client.get("/hasil/kamus-data").text


def test_all_months_stand_in_one_table(client: FlaskClient, october: None) -> None:
    make.rating(answer=4, now=MID - timedelta(days=31))
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    series = rows(client, "/hasil.csv")
    assert [(row["month"], row["ikm"]) for row in series] == [("2026-09", "100.00"), ("2026-10", "87.50")]
    assert [row["ikm"] for row in read(client, "/hasil.json")] == ["100.00", "87.50"]
    assert Decimal(series[1]["ikm"]) == Decimal(rows(client, "/hasil/2026-10.csv")[0]["ikm"])


def test_a_month_has_one_interval_wherever_it_is_read(client: FlaskClient, october: None) -> None:
    """Narrower where the number of service users is known, in the table of all months, too."""
    wide = rows(client, "/hasil.csv")[-1]
    settings.set_value(
        office_id=make.OFFICE, key="service_users", value="40", month=Month(2026, 10), by="tests", now=NOW
    )
    narrow = rows(client, "/hasil.csv")[-1]
    assert narrow == rows(client, "/hasil/2026-10.csv")[0]
    assert Decimal(narrow["interval95_low"]) > Decimal(wide["interval95_low"])


def test_a_picture_and_a_poster_can_be_shared(client: FlaskClient, october: None) -> None:
    picture = Image.open(io.BytesIO(client.get("/hasil/2026-10.png").data))
    poster = PdfReader(io.BytesIO(client.get("/hasil/2026-10/poster.pdf").data))
    assert (picture.size, len(poster.pages)) == ((1080, 1080), 1)
    words = " ".join(poster.pages[0].extract_text().split())
    assert "87,50" in words
    assert "/hasil/2026-10.png" in client.get("/hasil/2026-10").text


def test_only_the_embedded_page_stands_inside_others(client: FlaskClient, october: None) -> None:
    inside = client.get("/hasil/2026-10/sematan")
    assert "frame-ancestors *" in inside.headers["Content-Security-Policy"]
    assert "87,50" in inside.text
    assert "frame-ancestors 'none'" in client.get("/hasil/2026-10").headers["Content-Security-Policy"]


def test_the_number_of_readings_does_not_grow(app: Flask, client: FlaskClient, october: None) -> None:
    client.get("/hasil/2026-10")
    asked = make.statements()
    client.get("/hasil/2026-10")
    few = len(asked)
    for n in range(60):
        make.rating(answer=1 + n % 4, now=MID + timedelta(hours=n), service=("ktp", "kk", "sktm")[n % 3], sex="male")
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    asked.clear()
    client.get("/hasil/2026-10")
    assert len(asked) == few
