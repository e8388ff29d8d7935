"""The resident's report: the form, the numbers first, the receipt."""

import gzip
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints import queries
from complaints.models import Complaint, Contact
from core.imaging import (
    MEGABYTE,
    MOST_BYTES,
    MOST_PHOTOS,
    MOST_PIXELS,
    MOST_PIXELS_UNFOLDED,
    MOST_PIXELS_WEBP,
    MOST_SCANS,
)
from offices.models import Point
from tests import make
from tests.complaints.asking import ask
from tests.complaints.pages import fields_of
from tests.complaints.submitting import fresh

SUCO = "35.09.23.2005"
CODE = re.compile(r"MBS-\w{5}-\w{5}-\w")
LARGEST_FORM = 7000  # bytes as they travel: two seconds on a bad line
Fill = Callable[..., dict[str, Any]]


@pytest.fixture
def fill(client: FlaskClient) -> Fill:
    """The fields as the page would send them."""

    def filled(**typed: Any) -> dict[str, Any]:
        page = {"submission_id": str(uuid4()), "csrf_token": make.token(client, "/lapor")}
        return page | {"category": "jalan", "description": "Pasar tumpah", "village": SUCO} | typed

    return filled


def test_a_report_asks_the_database_little(client: FlaskClient, fill: Fill) -> None:
    data, asked = fill(), make.statements()
    client.post("/lapor", data=data)
    assert sum(statement.startswith("SELECT") for statement in asked) <= 6
    assert sum(not statement.startswith(("SELECT", "BEGIN")) for statement in asked) <= 9, asked


def reports() -> int:
    return fresh().scalar(sa.select(sa.func.count()).select_from(Complaint)) or 0


def point(client: FlaskClient) -> Point:
    return fresh().scalars(sa.select(Point).where(Point.village_code == SUCO)).one()


def test_the_form_shows_the_phone_numbers_before_anything_is_asked(client: FlaskClient) -> None:
    page = client.get("/lapor").text
    assert page.index("tel:112") < page.index("tel:110") < page.index("<form")
    assert "kebakaran" in page
    assert "Tanpa nama, tanpa akun" in page


def test_the_form_stays_small_with_questions_for_every_kind(client: FlaskClient) -> None:
    for kind in queries.open_categories(fresh(), make.OFFICE):
        ask(kind.code, "Sejak kapan?\nMasih berlangsung? | ya; tidak\nSiapa yang <b>terganggu</b> & 'di mana'?")
    page = client.get("/lapor", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.data) < LARGEST_FORM
    [asked] = re.findall(r"data-asked='([^']*)'", gzip.decompress(page.data).decode())
    assert json.loads(asked)["jalan"] == [
        "Sejak kapan?", "Masih berlangsung?", "Siapa yang <b>terganggu</b> & 'di mana'?"
    ]  # fmt: skip


def test_the_form_names_every_limit_of_a_photo(client: FlaskClient) -> None:
    page = client.get("/lapor").text
    words = page[page.index('id="foto"') : page.index("</details>")]
    limits = [MOST_PIXELS, MOST_PIXELS_UNFOLDED, MOST_PIXELS_UNFOLDED, MOST_PIXELS_WEBP]
    assert [int(found) * 10**6 for found in re.findall(r"(\d+) megapiksel", words)] == limits
    for limit in (f"{MOST_PHOTOS} foto", f"{MOST_BYTES // MEGABYTE} MB", f"{MOST_SCANS} tahap", "progresif", "HEIC"):
        assert limit in words


def test_a_poster_fills_in_its_desa(client: FlaskClient) -> None:
    page = client.get(f"/lapor/{point(client).code.lower()}").text
    assert re.search(rf'<option selected value="{SUCO}">', page)


def test_a_report_is_answered_with_a_receipt(client: FlaskClient, fill: Fill) -> None:
    answer = client.post("/lapor", data=fill())
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert CODE.search(answer.text)
    assert "TRB-2" in answer.text
    assert reports() == 1


def test_a_report_by_poster_names_its_point(client: FlaskClient, fill: Fill) -> None:
    code = point(client).code
    assert client.post(f"/lapor/{code}", data=fill()).status_code == 201
    assert fresh().scalar(sa.select(Complaint.point_code)) == code


def test_pressing_twice_gives_the_same_receipt(client: FlaskClient, fill: Fill) -> None:
    data = fill()
    first, second = client.post("/lapor", data=data), client.post("/lapor", data=data)
    assert (first.status_code, second.status_code) == (201, 200)
    assert CODE.findall(first.text) == CODE.findall(second.text)
    assert reports() == 1


def test_changed_words_under_the_same_form_may_be_sent_as_another_report(client: FlaskClient, fill: Fill) -> None:
    data = fill()
    client.post("/lapor", data=data)
    page = client.post("/lapor", data=data | {"description": "Parkir liar"})
    assert page.status_code == 409
    assert "Kirim sebagai laporan baru" in page.text
    assert "Parkir liar" in page.text
    assert client.post("/lapor", data=fields_of(page.text)).status_code == 201
    assert reports() == 2


@pytest.mark.parametrize("token", ["", "wrong"])
def test_an_expired_form_needs_one_more_tap(client: FlaskClient, fill: Fill, token: str) -> None:
    page = client.post("/lapor", data=fill(csrf_token=token, description="Kata yang panjang"))
    assert page.status_code == 400
    assert "sekali lagi" in page.text
    assert "Kata yang panjang" in page.text
    assert reports() == 0
    assert client.post("/lapor", data=fields_of(page.text)).status_code == 201


def test_what_is_wrong_stands_on_top_and_nothing_typed_is_lost(client: FlaskClient, fill: Fill) -> None:
    page = client.post("/lapor", data=fill(category="", lat="-8.2", lng="200", phone="ya", description="Kata saya"))
    assert page.status_code == 422
    for kept in ("Kata saya", 'href="#category"', 'href="#phone"', 'value="ya"', '<details class="field" open'):
        assert kept in page.text
    assert reports() == 0


def test_an_urgent_kind_shows_the_numbers_before_it_is_sent(client: FlaskClient, fill: Fill) -> None:
    page = client.post("/lapor", data=fill(category="bencana", description="Banjir\nsampai lutut"))
    assert page.status_code == 200
    assert "belum terkirim" in page.text
    assert "tel:113" in page.text
    assert reports() == 0
    sent = client.post("/lapor", data=fields_of(page.text) | {"urgent_seen": "1"})
    assert sent.status_code == 201
    assert fresh().scalar(sa.select(Complaint.description)) == "Banjir\nsampai lutut"


def test_the_receipt_of_an_urgent_kind_leads_with_the_numbers(client: FlaskClient, fill: Fill) -> None:
    page = client.post("/lapor", data=fill(category="bencana", description="Banjir", urgent_seen="1")).text
    code = CODE.search(page)
    assert code
    assert page.count("<h1>") == 1
    assert page.index("tel:112") < code.start() < page.index("Kami selesaikan paling lambat")
    assert "tel:112" in client.get(f"/lacak/{code[0]}").text


def test_the_receipt_of_another_kind_names_no_numbers(client: FlaskClient, fill: Fill) -> None:
    page = client.post("/lapor", data=fill()).text
    code = CODE.search(page)
    assert code
    assert "tel:" not in page
    assert "tel:" not in client.get(f"/lacak/{code[0]}").text


def test_from_the_numbers_one_can_go_back_to_the_form(client: FlaskClient, fill: Fill) -> None:
    page = client.post("/lapor", data=fill(category="bencana", description="Banjir"))
    back = client.post("/lapor", data=fields_of(page.text) | {"edit": "1"})
    assert 'id="lapor"' in back.text
    assert "Banjir" in back.text


def test_a_nameless_report_keeps_nobody(client: FlaskClient, fill: Fill) -> None:
    client.post("/lapor", data=fill())
    assert fresh().scalar(sa.select(sa.func.count()).select_from(Contact)) == 0


def test_an_unknown_poster_leads_on(client: FlaskClient) -> None:
    page = client.get("/lapor/MBS-000000")
    assert page.status_code == 404
    assert 'href="/lapor"' in page.text


def test_a_point_closed_meanwhile_costs_nobody_the_report(client: FlaskClient, fill: Fill) -> None:
    assert client.post("/lapor/MBS-000000", data=fill()).status_code == 201
    assert fresh().scalar(sa.select(Complaint.point_code)) is None


def test_the_receipt_is_in_no_log(
    client: FlaskClient, fill: Fill, caplog: pytest.LogCaptureFixture, app: Flask
) -> None:
    caplog.set_level("DEBUG")
    code = CODE.search(client.post("/lapor", data=fill()).text)
    assert code
    client.get(f"/lacak/{code[0]}")
    assert code[0] not in caplog.text
