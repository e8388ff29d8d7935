"""The desk of paper, page by page, without a script: nothing that was typed is lost, and each press does one thing."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core import clock
from offices import attachments
from survey.elements import OFFICIAL_ORDER
from survey.entry import paper, paper_queries
from tests import make
from tests.offices import houses
from tests.pdfs import PDF
from tests.survey import given as survey
from tests.survey.entry import papers
from tests.survey.entry.papers import reading

DESK = "/petugas/survei/kertas"
FILLED = dict.fromkeys(OFFICIAL_ORDER, "3") | {"sex": "male", "suggestion": "Bagus"}
SignIn = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: make.START)


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("officer")


def sent(client: FlaskClient, path: str, *, page: str = "", **data: Any) -> TestResponse:
    return client.post(path, data={"csrf_token": make.token(client, page or path), **data})


def scripted(client: FlaskClient, path: str, **data: Any) -> TestResponse:
    asked = {"csrf_token": make.token(client, path), **data}
    return client.post(path, data=asked, headers={"Accept": "application/json"})


def test_with_no_pile_it_says_what_to_do(officer: FlaskClient) -> None:
    page = officer.get(DESK).text
    assert "Belum ada tumpukan kertas" in page
    assert "Buka PDF untuk dicetak" in page


def test_the_questionnaire_is_printed(officer: FlaskClient) -> None:
    answer = officer.get(f"{DESK}/kuesioner.pdf?service=ktp")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert officer.get(f"{DESK}/kuesioner.pdf?service=tidak-ada").status_code == 404


def test_the_printed_code_begins_a_pile(officer: FlaskClient) -> None:
    point = houses.point("rate")
    page = officer.get(f"{DESK}/edisi/skm-2017?service=kk&point={point}", follow_redirects=True).text
    assert '<option selected value="kk">' in page
    assert f'<option selected value="{point}">' in page
    assert officer.get(f"{DESK}/edisi/tidak-ada").status_code == 404


def test_a_pile_is_begun_and_its_first_form_opened(officer: FlaskClient) -> None:
    begun = {"edition": "skm-2017", "day": "2026-10-01", "service": "ktp", "point": ""}
    refused = sent(officer, f"{DESK}/baru", **begun | {"day": "2026-10-02"})
    assert refused.status_code == 422
    assert "Hari itu belum tiba." in refused.text
    page = officer.get(sent(officer, f"{DESK}/baru", **begun).location, follow_redirects=True)
    assert page.request.path.endswith("/isi/1/1")


def test_a_form_is_kept_and_the_next_one_opened(officer: FlaskClient) -> None:
    pile = papers.pile()
    answer = sent(officer, f"{DESK}/{pile}/isi/1/1", **FILLED)
    assert answer.location == f"{DESK}/{pile}/isi/1/2"
    assert "No. 1 tersimpan." in officer.get(answer.location).text
    assert papers.sheets(pile)[0].first == reading(3, sex="male", suggestion="Bagus")


def test_what_is_missing_is_said_and_what_was_ticked_stays(officer: FlaskClient) -> None:
    pile = papers.pile()
    answer = sent(officer, f"{DESK}/{pile}/isi/1/1", **{**FILLED, "waktu": "", "biaya": "9"})
    assert answer.status_code == 422
    assert "belum dipilih." in answer.text
    assert "Pilih salah satu dari daftar." in answer.text
    assert re.search(r'name="sarana" value="3"[^>]*checked', answer.text)
    assert papers.sheets(pile) == []


def test_an_incomplete_form_keeps_its_number_and_is_not_guessed(officer: FlaskClient) -> None:
    pile = papers.pile()
    sent(officer, f"{DESK}/{pile}/isi/1/1", persyaratan="3", incomplete="y")
    (sheet,) = papers.sheets(pile)
    assert sheet.first
    assert (sheet.first.is_incomplete, sheet.first.texts["persyaratan"], sheet.first.texts["waktu"]) == (True, "3", "")


def test_each_form_of_a_mixed_pile_names_its_service(officer: FlaskClient) -> None:
    pile = papers.pile(service_code=None)
    assert sent(officer, f"{DESK}/{pile}/isi/1/1", **FILLED).status_code == 422
    sent(officer, f"{DESK}/{pile}/isi/1/1", **FILLED, service="kk")
    assert papers.sheets(pile)[0].first == reading(3, sex="male", suggestion="Bagus", service="kk")


def test_a_script_is_answered_in_short(officer: FlaskClient) -> None:
    path = f"{DESK}/{papers.pile()}/isi/1/1"
    missing = scripted(officer, path, sex="male")
    assert (missing.status_code, missing.json["errors"]["waktu"]) == (422, ["belum dipilih."])  # type: ignore[index]
    saved = scripted(officer, path, **FILLED)
    assert saved.json == {"said": ["No. 1 tersimpan."], "number": 1, "next": 2, "url": path[:-1] + "2"}
    again = scripted(officer, path, **FILLED)
    assert (again.status_code, again.json["next"]) == (200, 2)  # type: ignore[index]
    late = officer.post(path, data=FILLED | {"csrf_token": "lama"}, headers={"Accept": "application/json"})
    assert late.status_code == 400
    assert scripted(officer, path, **FILLED | {"csrf_token": late.json["token"]}).status_code == 200  # type: ignore[index]


def test_a_script_whose_session_has_ended_is_told_so(client: FlaskClient) -> None:
    path = f"{DESK}/{papers.pile()}/isi/1/1"
    assert client.post(path, data=FILLED, headers={"Accept": "application/json"}).status_code == 401


def test_a_number_that_somebody_else_took_goes_on_to_the_next(officer: FlaskClient) -> None:
    pile = papers.pile()
    path = f"{DESK}/{pile}/isi/1/1"
    token = make.token(officer, path)
    papers.entered(pile, 1, reading(1))
    answer = officer.post(path, data=FILLED | {"csrf_token": token, "was": ""})
    assert answer.status_code == 409
    assert "No. 1 sudah dimasukkan oleh satu@mumbulsari.example." in answer.text
    assert "ia menjadi No. 2" in answer.text
    assert f'action="{DESK}/{pile}/isi/1/2"' in answer.text
    assert re.search(r'name="sarana" value="3"[^>]*checked', answer.text)
    told = officer.post(path, data=FILLED | {"csrf_token": token, "was": ""}, headers={"Accept": "application/json"})
    assert (told.status_code, told.json["next"]) == (409, 2)  # type: ignore[index]


def test_the_second_entry_sees_nothing_of_the_first(officer: FlaskClient) -> None:
    pile = papers.pile()
    papers.entered(pile, 1, reading(4, suggestion="Rahasia"))
    sent(officer, f"{DESK}/{pile}/selesai", page=f"{DESK}/{pile}")
    page = officer.get(f"{DESK}/{pile}/isi/2", follow_redirects=True)
    assert page.request.path == f"{DESK}/{pile}/isi/2/1"
    assert "Rahasia" not in page.text
    assert " checked" not in page.text
    answer = sent(officer, f"{DESK}/{pile}/isi/2/1", **dict.fromkeys(OFFICIAL_ORDER, "4"))
    assert answer.location == f"{DESK}/{pile}/banding"


def test_only_what_differs_is_looked_up(officer: FlaskClient) -> None:
    pile = papers.differing()
    assert "Waktu Penyelesaian" in officer.get(f"{DESK}/{pile}/banding").text
    path = f"{DESK}/{pile}/banding/1"
    page = officer.get(path).text
    assert 'name="waktu"' in page
    assert 'name="biaya"' not in page
    assert sent(officer, path).status_code == 422
    assert sent(officer, path, waktu="4").location == f"{DESK}/{pile}/banding"
    overview = officer.get(f"{DESK}/{pile}/banding").text
    assert "Semua formulir sama" in overview
    assert officer.get(f"{DESK}/{pile}/banding/2").status_code == 404


def test_the_pile_is_counted_by_one_press_or_two(officer: FlaskClient) -> None:
    pile = papers.entered_twice(reading(3), reading(3, incomplete=True))
    token = make.token(officer, f"{DESK}/{pile}/banding")
    for _press in range(2):
        assert officer.post(f"{DESK}/{pile}/masukkan", data={"csrf_token": token}).status_code == 303
    page = officer.get(f"{DESK}/{pile}").text
    assert "1 penilaian masuk hitungan" in page
    assert "1 formulir ditolak karena tidak lengkap." in page
    assert [rating.source for rating in survey.ratings()] == ["paper"]


def test_forms_of_a_counted_pile_are_for_reviewers_alone(sign_in: SignIn) -> None:
    pile = papers.differing()
    papers.decided(pile, 1, texts={"waktu": "4"})
    papers.taken(pile)
    paths = [f"{DESK}/{pile}/{path}" for path in ("isi/1/1", "isi/2/1", "banding/1")]
    officer = sign_in("officer")
    token = make.token(officer, f"{DESK}/{pile}")
    for path in paths:
        for answer in (officer.get(path), officer.post(path, data={"csrf_token": token})):
            assert (answer.status_code, "hanya dapat dibuka oleh Kepala Seksi" in answer.text) == (404, True)
            assert " checked" not in answer.text
    assert [officer.get(f"{DESK}/{pile}{path}").status_code for path in ("", "/banding")] == [200, 200]
    reviewer = sign_in("section_head")
    assert [reviewer.get(path).status_code for path in paths] == [200, 200, 200]


def test_a_pile_that_differs_is_not_counted(officer: FlaskClient) -> None:
    pile = papers.differing()
    answer = sent(officer, f"{DESK}/{pile}/masukkan", page=f"{DESK}/{pile}")
    assert "Belum semua formulir sama" in answer.text
    assert survey.ratings() == []


def test_older_piles_are_on_the_next_page(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_queries, "PAGE", 2)
    last, *older = reversed([papers.pile(now=make.START + timedelta(seconds=n)) for n in range(3)])
    page = officer.get(DESK).text
    following = re.search(r'href="([^"]*sesudah=[^"]*)" rel="next"', page)
    assert following
    second = officer.get(following[1]).text
    assert [str(last) in page, str(older[1]) in page, str(older[1]) in second] == [True, False, True]
    assert ('rel="next"' in second, "Kembali ke awal daftar" in second) == (False, True)


def test_a_pile_is_thrown_away_with_a_reason(officer: FlaskClient) -> None:
    pile = papers.pile()
    path = f"{DESK}/{pile}/buang"
    assert "belum diisi." in sent(officer, path, page=f"{DESK}/{pile}", reason=" ").text
    sent(officer, path, page=f"{DESK}/{pile}", reason="Sudah dimasukkan kemarin")
    assert "Sudah dimasukkan kemarin (Petugas" in officer.get(f"{DESK}/{pile}").text


def test_scans_are_kept_beside_the_pile(app: Flask, officer: FlaskClient) -> None:
    pile = papers.pile()
    path = f"{DESK}/{pile}/pindaian"
    files = [(BytesIO(PDF), "pindaian.pdf"), (BytesIO(b"MZ"), "program.exe")]
    sent(officer, path, page=f"{DESK}/{pile}", files=files)
    page = officer.get(f"{DESK}/{pile}").text
    assert "1 pindaian tersimpan." in page
    assert "program.exe: Berkas ini bukan gambar atau PDF" in page
    (scan,) = attachments.of(papers.session(), make.OFFICE, paper.about(pile))
    assert f'href="/petugas/lampiran/{scan.id}"' in page
    assert "Pilih berkas pindaiannya" in sent(officer, path, page=f"{DESK}/{pile}").text


def test_a_closed_piles_scans_are_for_reviewers(officer: FlaskClient, sign_in: Callable[[str], FlaskClient]) -> None:
    pile = papers.pile()
    page = f"{DESK}/{pile}"
    sent(officer, f"{page}/pindaian", page=page, files=[(BytesIO(PDF), "pindaian.pdf")])
    (scan,) = attachments.of(papers.session(), make.OFFICE, paper.about(pile))
    path = f"/petugas/lampiran/{scan.id}"
    assert officer.get(path).status_code == 200
    sent(officer, f"{page}/buang", page=page, reason="Sudah dimasukkan kemarin")
    assert [officer.get(path).status_code, sign_in("head").get(path).status_code] == [404, 200]


def test_a_number_that_is_not_there_is_taken_out(officer: FlaskClient) -> None:
    pile = papers.pile()
    papers.entered(pile, 1, reading(3))
    path = f"{DESK}/{pile}/isi/1/1"
    sent(officer, f"{path}/hapus", page=path)
    assert papers.sheets(pile) == []


@pytest.mark.parametrize("path", ["isi/3", "isi/1/0", "isi/1/1000", "isi/9/1"])
def test_what_can_not_be_is_not_there(officer: FlaskClient, path: str) -> None:
    assert officer.get(f"{DESK}/{papers.pile()}/{path}").status_code == 404


def test_a_pile_that_is_not_there(officer: FlaskClient) -> None:
    theirs = "01900000-0000-7000-8000-000000000000"
    for path in ("", "/isi/1", "/isi/1/1", "/banding", "/banding/1"):
        assert officer.get(f"{DESK}/{theirs}{path}").status_code == 404
