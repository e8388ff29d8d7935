"""The case's page: what stands on it, what it costs, and what is done beside the moves."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from complaints.desk import case_queries
from complaints.desk.case_queries import Look
from complaints.terms import Exclusion
from core import clock
from tests import make
from tests.complaints import cases, submitting

SignIn = Callable[[str], FlaskClient]
AGENCY = "Dinas Pekerjaan Umum"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    (app.config["SETTINGS"].data_dir / "identity.key").write_text(submitting.KEYS.identity)
    return sign_in("officer")


def path_of(number: str) -> str:
    return f"/petugas/laporan/{number}"


def send(client: FlaskClient, number: str, what: str, **fields: str) -> TestResponse:
    fields = {"csrf_token": make.token(client, path_of(number)), "version": str(cases.report(number).version)} | fields
    return client.post(f"{path_of(number)}/{what}", data=fields)


def named() -> str:
    return submitting.send(name="Bu Siti", phone="0812 3456 7890").number


def cost(client: FlaskClient, number: str) -> int:
    client.get(path_of(number))
    asked = make.statements()
    assert client.get(path_of(number)).status_code == 200
    return sum(statement.startswith("SELECT") for statement in asked)


def test_a_busy_case_costs_no_more_than_a_new_one(officer: FlaskClient) -> None:
    plain, busy = cases.case(), cases.case()
    for _time in range(3):
        cases.act(busy, "note", note="Catatan")
        send(officer, busy, "tugas", title="Temui pemilik")
        cases.act(cases.case(), "exclude", exclusion=Exclusion.DUPLICATE, first_report=busy)
    assert cost(officer, busy) <= cost(officer, plain) <= 20


def test_a_number_is_called_only_after_the_look(officer: FlaskClient) -> None:
    number = named()
    assert "tel:" not in officer.get(path_of(number)).text
    answer = send(officer, number, "identitas", reason="Menanyakan letak")
    assert answer.status_code == 200
    assert 'href="tel:081234567890"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    page = officer.get(path_of(number)).text
    assert "Menanyakan letak" in page
    assert "Siti" not in page


def test_no_reason_no_identity(officer: FlaskClient) -> None:
    answer = send(officer, named(), "identitas", reason=" ")
    assert answer.status_code == 422
    assert "Tulis untuk apa" in answer.text
    assert "Siti" not in answer.text


@pytest.mark.parametrize("role", ["head", "secretary", "operator"])
def test_who_only_reads_never_sees_the_identity(sign_in: SignIn, role: str) -> None:
    assert sign_in(role).post(f"{path_of(named())}/identitas", data={"reason": "Ingin tahu"}).status_code == 403


@pytest.mark.parametrize("role", ["section_head", "secretary", "head"])
def test_looks_are_read_by_those_who_answer_for_it(officer: FlaskClient, sign_in: SignIn, role: str) -> None:
    number = named()
    send(officer, number, "identitas", reason="Menanyakan letak")
    page = sign_in(role).get("/petugas/identitas").text
    assert number in page
    assert "Menanyakan letak" in page


def test_looks_are_no_reading_for_officers_or_other_sections(app: Flask, officer: FlaskClient) -> None:
    assert officer.get("/petugas/identitas").status_code == 403
    assert make.signed_in(app, "section_head", "pmks").get("/petugas/identitas").status_code == 403


def test_a_task_is_added_and_ticked_off(officer: FlaskClient) -> None:
    number = cases.case()
    lacking = send(officer, number, "tugas", title="", due_on="2026-10-09")
    assert lacking.status_code == 422
    assert 'value="2026-10-09"' in lacking.text
    assert send(officer, number, "tugas", title="Temui pemilik", due_on="2026-10-09").status_code == 303
    page = officer.get(path_of(number)).text
    assert "paling lambat 9 Oktober 2026" in page
    action = page.split(f'action="{path_of(number)}/tugas/')[1].split('"')[0]
    assert send(officer, number, f"tugas/{action}").status_code == 303
    assert "<s>Temui pemilik</s>" in officer.get(path_of(number)).text


def test_what_goes_to_another_agency_has_words_without_the_resident(officer: FlaskClient) -> None:
    number = submitting.send(name="Bu Siti", description="Jembatan rusak oleh Pak X", place="Jembatan Suco").number
    answer = send(
        officer, number, "exclude", exclusion="out_of_authority", reason="Bukan wewenang", handed_over_to=AGENCY,
        answer="Kami teruskan.",
    )  # fmt: skip
    assert answer.status_code == 303
    page = officer.get(path_of(number)).text
    words = page.split('id="serah-terima">')[1].split("</p>")[0]
    for part in (number, AGENCY, "Suco", "Jembatan Suco", "1 Oktober 2026"):
        assert part in words
    assert "Pak X" not in words
    assert "https://wa.me/?text=Yth.%20Dinas" in page


def test_another_category_tells_the_old_and_the_new_day(officer: FlaskClient) -> None:
    number = cases.case()
    answer = send(officer, number, "recategorise", category="sungai", reason="Salah pilih")
    page = officer.get(answer.location).text
    assert page.count("Tenggat penyelesaian berubah dari 21 Oktober 2026 menjadi") == 2  # said once, and kept
    assert "karena jenis laporan diganti" in page


def test_asking_stops_the_clock_and_resuming_starts_it(officer: FlaskClient) -> None:
    number = cases.case()
    assert send(officer, number, "ask", question="Di mana tepatnya?").status_code == 303
    page = officer.get(path_of(number)).text
    assert "Di mana tepatnya?" in page
    assert "Lanjutkan tanpa jawaban" in page
    assert send(officer, number, "resume", reason="Tidak menjawab").status_code == 303


def test_a_first_answer_may_go_with_the_check(officer: FlaskClient) -> None:
    number = cases.case()
    assert send(officer, number, "verify", answer="Kami periksa besok.").status_code == 303
    assert "Kami periksa besok." in officer.get(path_of(number)).text


def test_a_duplicate_and_its_first_report_lead_to_each_other(officer: FlaskClient) -> None:
    first, second = cases.case(), cases.case()
    cases.act(second, "exclude", exclusion=Exclusion.DUPLICATE, first_report=first)
    assert f'href="{path_of(second)}"' in officer.get(path_of(first)).text
    assert f'href="{path_of(first)}"' in officer.get(path_of(second)).text


def test_a_place_without_a_position_is_looked_for_by_its_words(officer: FlaskClient) -> None:
    page = officer.get(path_of(cases.case(place="Depan pasar", village_code="35.09.23.2005"))).text
    assert 'href="geo:0,0?q=Depan%20pasar%2C%20Suco"' in page


def test_closing_a_report_that_waits_tells_of_no_moved_day(
    officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = cases.case()
    cases.act(number, "ask")
    monkeypatch.setattr(clock, "now", lambda: cases.LATER.replace(day=7))
    assert send(officer, number, "exclude", exclusion="spam", reason="Bukan laporan").status_code == 303
    page = officer.get(path_of(number)).text
    assert page.count("Tenggat penyelesaian berubah") == 1  # kept, not said


def test_a_page_of_looks_says_that_there_are_more(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    number = cases.case()
    look = Look(uuid4(), cases.LATER, "Petugas", number, "Perlu dihubungi")
    monkeypatch.setattr(case_queries, "looks", lambda *_given, **_values: [look] * 51)
    page = officer.get(path_of(number)).text
    assert page.count("Perlu dihubungi") == 50
    assert "50 yang terbaru" in page
