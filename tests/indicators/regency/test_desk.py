"""The regency's page: its table, its map, its downloads, and what it never leads to."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from shapely.geometry import box

from core import clock
from core.db import db
from indicators.formulas import Predicate
from offices import boundaries
from offices.outlines import Named
from tests import crowd, make
from tests.indicators.locks import given_locks
from tests.indicators.test_summary import MID

HREF = re.compile(r'(?:href|action)="(/[^"]*)"')


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: given_locks.AT)


@pytest.fixture
def overseer(app: Flask) -> FlaskClient:
    crowd.offices([2, 3])
    crowd.year([2, 3], 2026)
    db.session.rollback()
    return make.signed_in(app, "regency")


def outline(code: str, west: float) -> None:
    found = [Named(code, "", box(west, -8.3, west + 0.1, -8.2))]
    boundaries.put(office_id=make.OFFICE, found=found, by="tests", now=make.START)


def row_of(page: str, name: str) -> str:
    found = re.search(rf"<tr>(?:(?!</tr>).)*{name}.*?</tr>", page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_the_newest_ended_month_comes_first(overseer: FlaskClient) -> None:
    assert overseer.get("/kabupaten/").location == "/kabupaten/2026-10"


def test_all_offices_stand_in_one_table(overseer: FlaskClient) -> None:
    page = overseer.get("/kabupaten/2026").text
    assert "Kabupaten Jember, Tahun 2026" in page
    assert "belum cukup data" in row_of(page, "Kecamatan Mumbulsari")
    assert re.search(r"\d+ laporan, peringkat [12]", row_of(page, "Kecamatan 2"))


def test_no_link_leads_into_an_office(overseer: FlaskClient) -> None:
    page = overseer.get("/kabupaten/2026-10").text
    paths = {path.partition("?")[0] for path in HREF.findall(page)} - {"/akun", "/keluar"}
    assert {path for path in paths if not path.startswith(("/kabupaten/", "/static/"))} == set()


@pytest.mark.parametrize("key", ["kode", "nama", "iku-1", "iku-2", "iku-6", "responden", "laporan"])
def test_it_is_sorted_by_what_the_address_says(overseer: FlaskClient, key: str) -> None:
    page = overseer.get(f"/kabupaten/2026-10?urut={key}").text
    assert f'<option value="{key}" selected>' in page
    assert page.count('<td class="lead">') == 3


@pytest.mark.parametrize("path", ["2026-10?urut=x", "2026-10?peta=x", "2027-01", "bulan", "2026-13.csv"])
def test_what_there_is_not_is_not_found(overseer: FlaskClient, path: str) -> None:
    assert overseer.get(f"/kabupaten/{path}").status_code == 404


@pytest.mark.parametrize("path", ["2026-TW4", "2026-S2", "2026", "2026-10?jangka=tahun"])
def test_longer_periods_and_the_way_between_them(overseer: FlaskClient, path: str) -> None:
    page = overseer.get(f"/kabupaten/{path}").text
    for link in set(re.findall(r'href="(/kabupaten/[^"]*)"', page)):
        assert overseer.get(link.replace("&amp;", "&")).status_code in {200, 302}, link


def test_the_map_shows_offices_whose_outlines_are_known(overseer: FlaskClient) -> None:
    assert "Peta belum dapat digambar" in overseer.get("/kabupaten/2026-10").text
    outline("35.09.23.2001", 113.7)
    outline("35.09.23.2002", 113.8)
    page = overseer.get("/kabupaten/2026-10?peta=iku-4").text
    assert page.count("<title>Kecamatan Mumbulsari: –</title>") == 1
    assert "Tanpa batas desa: Kecamatan 2, Kecamatan 3." in page


def test_a_locked_month_keeps_its_figures(overseer: FlaskClient) -> None:
    given_locks.locked()
    make.rating(answer=1, now=MID)
    given_locks.night(given_locks.AT)
    page = overseer.get("/kabupaten/2026-10").text
    assert page.count("dikunci, versi") == 1
    assert "75,00 3 responden" in row_of(page, "Kecamatan Mumbulsari")
    assert "62,50 4 responden" in row_of(overseer.get("/kabupaten/2026-TW4").text, "Kecamatan Mumbulsari")
    [found] = [row for row in overseer.get("/kabupaten/2026-10.json").json["offices"] if row["office"] == "35.09.23"]  # type: ignore[index]
    assert (found["locked_version"], found["ikm_value"], found["settlement_value"]) == (1, "75.00", "50.00")


def test_programs_read_predicates_and_moments_as_in_every_file(overseer: FlaskClient) -> None:
    given_locks.night(given_locks.AT)
    told = overseer.get("/kabupaten/2026-10.json").json
    assert told is not None
    words = {row["settlement_predicate"] for row in told["offices"]} - {None}
    assert words
    assert words <= {each.label for each in Predicate}
    assert re.fullmatch(r"2026-11-\d\dT\d\d:\d\d:\d\dZ", told["as_of"])


def test_downloads_say_the_same(overseer: FlaskClient) -> None:
    told = overseer.get("/kabupaten/2026-10.json").json
    assert told is not None
    lines = overseer.get("/kabupaten/2026-10.csv").data.decode("utf-8-sig").splitlines()
    sheet = load_workbook(io.BytesIO(overseer.get("/kabupaten/2026-10.xlsx").data))["Kecamatan"]
    names = [field["name"] for field in told["fields"]]
    assert lines[0].split(",") == names == [cell.value for cell in sheet[1]]
    assert len(lines) == 1 + len(told["offices"]) == sheet.max_row
    assert [row["office"] for row in told["offices"]] == [sheet.cell(n, 2).value for n in (2, 3, 4)]
