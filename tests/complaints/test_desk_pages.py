"""The desk's pages: what an officer sees and what happens at a tap."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from complaints.desk.desk_steps import MADE_HERE
from complaints.terms import Exclusion, Move
from core import clock
from tests import make
from tests.complaints import cases

SignIn = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("officer")


def send(client: FlaskClient, number: str, step: str, **fields: str) -> TestResponse:
    path = f"/petugas/laporan/{number}"
    fields = {"version": str(cases.report(number).version), "csrf_token": make.token(client, path)} | fields
    return client.post(f"{path}/{step}", data=fields)


def test_the_inbox_shows_what_is_open(officer: FlaskClient) -> None:
    number = cases.case(place="Depan pasar")
    page = officer.get("/petugas").text
    assert number in page
    assert "Depan pasar" in page
    assert "Jawaban pertama" in page
    assert "6 Oktober 2026" in page


def test_an_empty_inbox_says_so(officer: FlaskClient) -> None:
    assert "Tidak ada laporan yang menunggu" in officer.get("/petugas").text


def test_late_is_said_in_words(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.case()
    monkeypatch.setattr(clock, "now", lambda: cases.LATER.replace(day=9))
    assert "Terlambat 3 hari" in officer.get("/petugas?kelompok=lewat-tenggat").text


def test_an_unknown_group_or_report_is_not_found(officer: FlaskClient) -> None:
    assert officer.get("/petugas?kelompok=lain").status_code == 404
    assert officer.get("/petugas/laporan/TRB-2026-99999").status_code == 404
    assert officer.get("/petugas?sesudah=apa_saja").status_code == 200


def test_the_case_page_shows_what_is_known(officer: FlaskClient) -> None:
    number = cases.case(description="Sound horeg\nsampai pagi", lat=Decimal("-8.25"), lng=Decimal("113.75"))
    page = officer.get(f"/petugas/laporan/{number}").text
    assert "sampai pagi" in page
    assert 'href="geo:-8.250000,113.750000"' in page
    assert "Tanpa nama" in page


def test_waiting_puts_the_promise_off_day_by_day(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    number = cases.case()
    cases.act(number, "ask")
    assert "<b>21 Oktober 2026</b>" in officer.get(f"/petugas/laporan/{number}").text
    monkeypatch.setattr(clock, "now", lambda: cases.LATER.replace(day=23))
    page = officer.get(f"/petugas/laporan/{number}").text
    assert "<b>4 November 2026</b>" in page
    assert "Terlambat" not in page.split("Penyelesaian</dt>")[1]


def test_written_words_are_never_markup(officer: FlaskClient) -> None:
    number = cases.case(description="<script>x</script>")
    assert "<script>x" not in officer.get(f"/petugas/laporan/{number}").text


def test_buttons_are_those_of_the_table(officer: FlaskClient, sign_in: SignIn) -> None:
    number = cases.case()
    page = officer.get(f"/petugas/laporan/{number}").text
    assert "Nyatakan sudah diperiksa" in page
    assert "Keluarkan dari hitungan" in page
    assert "Selesaikan" not in page
    assert "<form" not in sign_in("head").get(f"/petugas/laporan/{number}").text.split("<main", 1)[1]


def test_a_report_goes_from_new_to_settled(officer: FlaskClient) -> None:
    number = cases.case()
    for step in ("verify", "start"):
        assert send(officer, number, step).status_code == 303
    answer = send(officer, number, "settle", action="Ditertibkan", answer="Sudah tenang.", record_number="BA-1")
    assert answer.location == f"/petugas/laporan/{number}"
    page = officer.get(answer.location).text
    assert "Langkah “Selesaikan” sudah tersimpan." in page
    assert "Sudah tenang." in page
    assert cases.report(number).status == "settled"


def test_what_is_missing_is_said_at_once_and_the_rest_is_kept(officer: FlaskClient) -> None:
    number = cases.case()
    cases.act(number, "verify")
    cases.act(number, "start")
    answer = send(officer, number, "settle", action="", answer="Sudah tenang.")
    assert answer.status_code == 422
    assert "Tulis tindakan yang sudah dilakukan." in answer.text
    assert ">\nSudah tenang.</textarea>" in answer.text.replace("\r", "")
    assert '<details class="move first" open>' in answer.text


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [("", "Pilih mengapa"), ("duplicate", "Tulis nomor laporan"), ("out_of_authority", "Tulis instansi")],
)
def test_an_exclusion_asks_what_its_kind_needs(officer: FlaskClient, kind: str, lacking: str) -> None:
    number = cases.case()
    answer = send(officer, number, "exclude", reason="Perlu", exclusion=kind)
    assert answer.status_code == 422
    assert lacking in answer.text


def test_a_duplicate_of_nothing_is_told_at_its_field(officer: FlaskClient) -> None:
    number = cases.case()
    answer = send(officer, number, "exclude", reason="Sama", exclusion="duplicate", first_report="TRB-2026-1")
    assert answer.status_code == 422
    assert 'id="exclude-first_report-error"' in answer.text


def test_only_active_officers_can_be_chosen(officer: FlaskClient) -> None:
    number, head = cases.case(), cases.officer("head")
    cases.act(number, "verify")
    for choice in (str(head), "bukan-uuid"):
        answer = send(officer, number, "assign", assignee=choice)
        assert answer.status_code == 422
        assert "Pilih salah satu dari daftar." in answer.text
    assert send(officer, number, "assign", assignee=str(cases.officer())).status_code == 303


def test_who_comes_second_sees_the_new_state_and_the_typed_words(officer: FlaskClient) -> None:
    number = cases.case()
    cases.act(number, "verify")
    answer = send(officer, number, "exclude", version="1", reason="Ini uji coba", exclusion="spam")
    assert answer.status_code == 409
    assert "baru saja dipindahkan" in answer.text
    assert "Ini uji coba" in answer.text
    assert 'name="version" value="1"' not in answer.text
    assert send(officer, number, "exclude", reason="Ini uji coba", exclusion="spam").status_code == 303


def test_words_for_a_move_that_is_gone_are_shown_to_be_copied(officer: FlaskClient) -> None:
    number = cases.settled()
    answer = send(officer, number, "settle", version="3", action="Dibubarkan", answer="Sudah", record_number="BA-1")
    assert answer.status_code == 409
    assert "Yang tadi Anda tulis" in answer.text
    assert "Dibubarkan" in answer.text


def test_an_expired_form_comes_back_filled(officer: FlaskClient) -> None:
    number = cases.case()
    answer = send(officer, number, "exclude", csrf_token="lama", reason="Ini uji coba", exclusion="spam")
    assert answer.status_code == 400
    assert "tekan tombolnya sekali lagi" in answer.text
    assert "Ini uji coba" in answer.text
    assert cases.report(number).version == 1


@pytest.mark.parametrize("role", ["secretary", "head", "operator"])
def test_who_only_looks_is_turned_away(sign_in: SignIn, role: str) -> None:
    number = cases.case()
    answer = sign_in(role).post(f"/petugas/laporan/{number}/verify", data={"version": "1"})
    assert answer.status_code == 403


def test_the_head_of_the_section_moves_reports_too(sign_in: SignIn) -> None:
    assert send(sign_in("section_head"), cases.case(), "verify").status_code == 303


def test_the_head_of_another_section_only_looks(app: Flask) -> None:
    number, head = cases.case(), make.signed_in(app, "section_head", "pmks")
    assert "Nyatakan sudah diperiksa" not in head.get(f"/petugas/laporan/{number}").text
    assert head.post(f"/petugas/laporan/{number}/verify", data={"version": "1"}).status_code == 403


@pytest.mark.parametrize(
    "fields", [{"reason": "x" * 3000}, {"reason": "a\x00b"}, {"version": "9" * 400}, {"version": "x"}]
)
def test_bad_fields_are_no_bug(officer: FlaskClient, fields: dict[str, str]) -> None:
    number = cases.case()
    answer = send(officer, number, "exclude", **({"reason": "Perlu", "exclusion": "spam"} | fields))
    assert answer.status_code in (409, 422)


@pytest.mark.parametrize("step", [*sorted(set(Move) - MADE_HERE), "terbang"])
def test_moves_that_are_not_the_officers_are_no_pages(officer: FlaskClient, step: str) -> None:
    assert send(officer, cases.settled(), step).status_code == 404


def test_the_history_names_who_did_what(officer: FlaskClient) -> None:
    number, who = cases.case(), cases.officer()
    cases.act(number, "exclude", actor=who, exclusion=Exclusion.SPAM, reason="Hanya mencoba")
    page = officer.get(f"/petugas/laporan/{number}").text
    assert "Dikeluarkan dari hitungan: Uji coba atau bukan laporan" in page
    assert "Hanya mencoba" in page
