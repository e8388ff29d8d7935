"""The inbox's pages: filters in the address, saved views, downloads, what is new."""

import csv
import io
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from complaints.desk import desk_inbox, saved_views
from core import clock
from core.ids import first_id
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import send

SignIn = Callable[[str], FlaskClient]
HOSTILE = ("' OR 1=1 --", "\x00", "x" * 10_000, "\ud800", "NEAR(a", '"', "<script>", "9" * 400)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("officer")


def listed(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text.split("<main", 1)[1]


def test_filters_stand_in_the_address_and_in_the_form(officer: FlaskClient) -> None:
    wanted, other = cases.case(category_code="tawuran"), cases.case()
    page = listed(officer, "/petugas?jenis=tawuran&dari=2026-10-01")
    assert wanted in page
    assert other not in page
    assert '<option selected value="tawuran">' in page
    assert 'value="2026-10-01"' in page
    assert "jenis=tawuran" in page.split('aria-label="Kelompok laporan"', 1)[1].split("</nav>", 1)[0]


def test_nothing_found_says_what_to_do(officer: FlaskClient) -> None:
    assert "Ubah atau hapus saringannya" in listed(officer, "/petugas?cari=tiada")


def test_a_filter_that_cannot_be_read_is_named(officer: FlaskClient) -> None:
    assert "tidak dapat dibaca dan tidak dipakai: dari." in listed(officer, "/petugas?dari=kemarin")


@pytest.mark.parametrize(
    "name", ["keadaan", "jenis", "desa", "petugas", "dari", "sampai", "sumber", "mendesak", "cari", "sesudah"]
)
def test_no_filter_is_a_bug(officer: FlaskClient, name: str) -> None:
    cases.case()
    for text in HOSTILE:
        for group in ("terbuka", "semua"):
            typed = quote(text, errors="surrogatepass")
            answer = officer.get(f"/petugas?kelompok={group}&{name}={typed}")
            assert answer.status_code == 200
            assert '<script>"' not in answer.text


def test_a_question_too_long_says_what_was_looked_for(officer: FlaskClient) -> None:
    assert "dua belas kata pertama" in listed(officer, "/petugas?cari=" + "+".join(f"kata{n}" for n in range(20)))


@pytest.mark.parametrize("typed", ["{}", " {} "])
def test_a_public_number_goes_straight_to_its_report(officer: FlaskClient, typed: str) -> None:
    number = cases.case()
    answer = officer.get("/petugas", query_string={"cari": typed.format(number.lower())})
    assert answer.status_code == 302
    assert answer.location.endswith(f"/petugas/laporan/{number}")


def test_a_number_that_nobody_has_is_only_a_word(officer: FlaskClient) -> None:
    assert "Tidak ada laporan yang cocok" in listed(officer, "/petugas?cari=TRB-2026-99999")


def test_held_reports_say_why(officer: FlaskClient) -> None:
    cases.case(is_held=True, held_because="trap")
    assert "Biasanya itu dikirim mesin" in listed(officer, "/petugas?kelompok=ditahan")


def test_the_next_page_keeps_the_filters(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for _n in range(51):
        cases.case(category_code="tawuran")
    page = listed(officer, "/petugas?jenis=tawuran")
    address = page.split('rel="next"', 1)[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "jenis=tawuran" in address
    assert listed(officer, address).count('class="lead"') == 1


def test_every_page_costs_the_same_for_any_number(app: Flask, officer: FlaskClient) -> None:
    number = send(description="Jalan rusak").number
    paths = ("/petugas", "/petugas?kelompok=semua&jenis=jalan&cari=rusak", f"/petugas/laporan/{number}")
    few = [cost(officer, path) for path in paths]
    for _n in range(12):
        send(description="Jalan rusak", category="jalan")
    assert [cost(officer, path) for path in paths] == few
    assert max(few) <= 30


def cost(client: FlaskClient, path: str) -> int:
    client.get(path)
    asked = make.statements()
    assert client.get(path).status_code == 200
    return len([text for text in asked if text.startswith("SELECT")])


def test_a_view_is_saved_opened_replaced_and_deleted(officer: FlaskClient) -> None:
    token = make.token(officer, "/petugas")
    for query in ("jenis=jalan&cari=a%20%26%20b", "jenis=tawuran"):
        answer = officer.post(f"/petugas/tampilan?{query}", data={"name": " Punya saya ", "csrf_token": token})
        assert answer.status_code == 303
    page = listed(officer, "/petugas")
    assert 'href="/petugas?jenis=tawuran">Punya saya' in page
    delete = page.split("/petugas/tampilan/", 1)[1].partition('"')[0]
    assert officer.post(f"/petugas/tampilan/{delete}", data={"csrf_token": token}).status_code == 303
    assert "Punya saya</a>" not in listed(officer, "/petugas")


def test_a_view_needs_a_name_and_room(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = make.token(officer, "/petugas")
    answer = officer.post("/petugas/tampilan?jenis=jalan", data={"name": "", "csrf_token": token})
    assert answer.status_code == 422
    assert "Tulis namanya" in answer.text
    assert "jenis=jalan" in answer.text
    monkeypatch.setattr(saved_views, "MOST", 0)
    answer = officer.post("/petugas/tampilan", data={"name": "Satu lagi", "csrf_token": token})
    assert answer.status_code == 422
    assert 'value="Satu lagi"' in answer.text


def test_nobody_sees_or_deletes_a_view_of_somebody_else(app: Flask, officer: FlaskClient) -> None:
    token = make.token(officer, "/petugas")
    officer.post("/petugas/tampilan?jenis=jalan", data={"name": "Rahasia", "csrf_token": token})
    address = listed(officer, "/petugas").split("/petugas/tampilan/", 1)[1].partition('"')[0]
    other = make.signed_in(app, "officer")
    assert "Rahasia" not in other.get("/petugas").text
    token = make.token(other, "/petugas")
    assert other.post(f"/petugas/tampilan/{address}", data={"csrf_token": token}).status_code == 404
    assert "Rahasia" in officer.get("/petugas").text


def workbook(client: FlaskClient, path: str) -> Worksheet:
    with closing(client.get(path)) as answer:
        return load_workbook(io.BytesIO(answer.data)).worksheets[0]


def test_a_download_holds_what_is_shown_of_all_pages(officer: FlaskClient) -> None:
    numbers = {cases.case(category_code="tawuran") for _n in range(60)}
    cases.case()
    answer = officer.get("/petugas/unduh.csv?jenis=tawuran")
    assert answer.headers["Content-Disposition"] == "attachment; filename=laporan-2026-10-01.csv"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row["Nomor"] for row in rows} == numbers
    heads, *cells = workbook(officer, "/petugas/unduh.xlsx?jenis=tawuran").iter_rows(values_only=True)
    assert list(heads) == list(rows[0])
    assert {row[0] for row in cells} == numbers


def test_a_download_runs_nothing_and_names_nobody(officer: FlaskClient) -> None:
    send(place="=cmd|' /C calc'!A0", name="Bu Siti", phone="0812 3456 7890", description="Rahasia besar")
    text = officer.get("/petugas/unduh.csv").data.decode()
    assert ",'=cmd|" in text
    cell = next(workbook(officer, "/petugas/unduh.xlsx").iter_rows(min_row=2))[6]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")
    for written in ("Siti", "0812", "Rahasia besar"):
        assert written not in text


def test_an_empty_download_has_its_columns(officer: FlaskClient) -> None:
    assert officer.get("/petugas/unduh.csv").data.decode("utf-8-sig").startswith("Nomor,")
    assert workbook(officer, "/petugas/unduh.xlsx").max_row == 1


def test_what_is_new_is_told(officer: FlaskClient) -> None:
    later = cases.LATER + timedelta(minutes=1)
    send()
    send(now=later, category="tawuran")
    answer = officer.get(f"/petugas/baru/{first_id(later)}")
    assert answer.json == {"baru": 1, "mendesak": 1}
    assert officer.get("/petugas/baru/x").status_code == 404


def test_the_map_lists_what_the_filters_choose(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    located = cases.case(category_code="tawuran", lat=Decimal("-8.25"), lng=Decimal("113.75"))
    bare, other = cases.case(category_code="tawuran"), cases.case()
    page = listed(officer, "/petugas/peta?jenis=tawuran")
    assert 'data-lat="-8.250000" data-lng="113.750000"' in page
    assert located in page
    assert bare in page
    assert other not in page
    assert "1 dari 2 laporan punya titik lokasi." in page
    monkeypatch.setattr(desk_inbox, "MOST_ON_MAP", 1)
    assert "Hanya 1 laporan pertama" in listed(officer, "/petugas/peta?jenis=tawuran")
