"""The desk of visits: codes on the screen and on slips, counts entered, nothing that leads to a rating."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from core.db import reader
from survey.visits import using
from tests import make
from tests.complaints.pages import fields_of
from tests.survey import given
from tests.survey.visits import given_visits

PATH = "/petugas/survei/kunjungan"
DOTS_AN_INCH = 203
CODE = re.compile(r"MBS-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def officer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    client = make.signed_in(app, "officer")
    given.now_is(monkeypatch, make.START)
    return client


def give(officer: FlaskClient, count: str = "1", service: str = "ktp") -> str:
    """Where the codes are shown."""
    token = make.token(officer, PATH)
    answer = officer.post(f"{PATH}/kode", data={"service": service, "count": count, "csrf_token": token})
    assert answer.status_code == 302, answer.text
    return answer.location


def test_a_button_gives_a_code_that_can_be_rated_with(client: FlaskClient, officer: FlaskClient) -> None:
    page = officer.get(give(officer)).text
    code = CODE.search(page)
    assert code
    assert "<svg" in page
    assert "Berlaku sampai 8 Oktober 2026" in page
    assert client.get(f"/k/{code[0]}").status_code == 200


@pytest.mark.parametrize(("paper", "count", "pages"), [("58", "1", 1), ("80", "2", 2), ("a4", "13", 2)])
def test_slips_are_printed_with_their_codes(officer: FlaskClient, paper: str, count: str, pages: int) -> None:
    where = give(officer, count)
    codes = set(CODE.findall(officer.get(where).text))
    answer = officer.get(f"{where}.pdf?kertas={paper}")
    document = PdfReader(BytesIO(answer.data))
    text = " ".join(page.extract_text() for page in document.pages)
    assert (answer.mimetype, len(document.pages)) == ("application/pdf", pages)
    assert codes <= set(CODE.findall(text))
    assert len(codes) == int(count)


@pytest.mark.parametrize("paper", ["58", "a4"])
def test_a_slip_scans_at_the_dots_of_a_receipt_printer(app: Flask, officer: FlaskClient, paper: str) -> None:
    where = give(officer)
    code = CODE.search(officer.get(where).text)
    assert code
    slip = officer.get(f"{where}.pdf?kertas={paper}").data
    with pypdfium2.PdfDocument(slip) as document:  # type: ignore[no-untyped-call]  # the library carries no types
        picture = document[0].render(scale=DOTS_AN_INCH / 72).to_pil()
    address = f"{app.config['SETTINGS'].base_url}/k/{code[0]}"
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [address]


@pytest.mark.parametrize("count", ["0", "61", "", "x"])
def test_a_number_that_can_not_be_is_said(officer: FlaskClient, count: str) -> None:
    token = make.token(officer, PATH)
    answer = officer.post(f"{PATH}/kode", data={"service": "ktp", "count": count, "csrf_token": token})
    assert answer.status_code == 422
    assert "Ada yang perlu dilengkapi" in answer.text


def test_the_page_never_says_whether_a_code_was_used(app: Flask, officer: FlaskClient) -> None:
    where = give(officer)
    before = re.sub(r'value="[^"]{40,}"|nonce="[^"]+"', "", officer.get(where).text)
    code = CODE.search(before)
    assert code
    visit = using.find(reader(), code[0])
    assert visit
    given.rated(once=using.once(visit, None, make.START))
    assert re.sub(r'value="[^"]{40,}"|nonce="[^"]+"', "", officer.get(where).text) == before


def test_codes_that_are_not_there_are_missing(officer: FlaskClient) -> None:
    assert officer.get(f"{PATH}/kode/{uuid4()}").status_code == 404


def test_a_day_is_entered_and_told_with_who_and_when(officer: FlaskClient) -> None:
    fields = fields_of(officer.get(f"{PATH}?hari=2026-09-30").text)
    assert fields["day"] == "2026-09-30"
    page = officer.post(PATH, data=fields | {"visits-ktp": "12"}, follow_redirects=True).text
    assert "Kunjungan dicatat." in page
    assert re.search(r"KTP elektronik: <b>12</b><br><span class=\"soft\">Petugas \w+, 1 Oktober 2026", page)
    assert "September 2026" in page
    assert "0 dari 12" in page


def test_an_emptied_number_lets_the_codes_count_again(app: Flask, officer: FlaskClient) -> None:
    given_visits.issued(app, count=3, now=make.START - timedelta(hours=1))
    given_visits.counted({"ktp": 12}, now=make.START - timedelta(minutes=1))
    emptied = fields_of(officer.get(PATH).text) | {"visits-ktp": ""}
    page = officer.post(PATH, data=emptied, follow_redirects=True).text
    assert "KTP elektronik: <b>dihitung dari kode</b>" in page
    assert "0 dari 3" in page


def test_an_old_page_changes_only_what_was_typed_on_it(officer: FlaskClient) -> None:
    given_visits.counted({"skck": 5}, now=make.START - timedelta(seconds=1))
    old = fields_of(officer.get(PATH).text)
    given_visits.counted({"ktp": 12, "skck": 6}, now=make.START + timedelta(seconds=1))
    officer.post(PATH, data=old | {"visits-kk": "7"})
    now = fields_of(officer.get(PATH).text)
    assert [now[f"visits-{code}"] for code in ("ktp", "kk", "skck")] == ["12", "7", "6"]


@pytest.mark.parametrize(("field", "value"), [("visits-ktp", "-1"), ("visits-ktp", "dua"), ("day", "2999-01-01")])
def test_a_day_that_can_not_be_comes_back_as_typed(officer: FlaskClient, field: str, value: str) -> None:
    fields = fields_of(officer.get(PATH).text) | {"visits-kk": "7", field: value}
    answer = officer.post(PATH, data=fields)
    assert answer.status_code == 422
    assert "Ada yang perlu dilengkapi" in answer.text
    assert 'value="7"' in answer.text


@pytest.mark.parametrize("asked", ["?bulan=2026-09", "?bulan=x&hari=x", "?bulan=2999-01", "?hari=2026-10-09"])
def test_any_month_that_is_asked_for_is_a_page(officer: FlaskClient, asked: str) -> None:
    assert officer.get(PATH + asked).status_code == 200


def test_the_months_figures_count_the_codes(app: Flask, officer: FlaskClient) -> None:
    given_visits.issued(app, count=20, now=make.START - timedelta(hours=1))
    assert "0 dari 19" in officer.get(PATH).text
