"""An officer in the field: the next step, an answer that stands ready, a task, a call, a slip for the resident."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from complaints.reporting.intake import Handed, Keys
from core.clock import now
from tests import make
from tests.browser.signing_in import sign_in
from tests.complaints import cases, submitting


@pytest.fixture
def handed(house: Flask) -> Handed:
    keys = Keys(house.config["RECEIPT_KEY"], house.config["IDENTITY_KEY"])
    return submitting.send(keys=keys, now=now(), name="Bu Siti", phone="0812 3456 7890")


@pytest.fixture
def case(any_phone: Page, handed: Handed) -> Page:
    """The report's page, on a phone with or without JavaScript."""
    sign_in(any_phone, make.staff("officer"))
    any_phone.goto(f"/petugas/laporan/{handed.number}")
    return any_phone


def unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).click()


def has_script(page: Page) -> bool:
    return page.locator("button[form=siap-ask]").is_hidden()


def test_the_next_step_is_seen_without_scrolling(case: Page) -> None:
    expect(case.get_by_role("button", name="Nyatakan sudah diperiksa")).to_be_in_viewport()


def test_nothing_is_wider_than_the_phone(case: Page) -> None:
    wide = case.locator("body").bounding_box()
    assert wide is not None
    assert wide["width"] <= case.viewport_size["width"]  # type: ignore[index]


def test_a_question_begins_with_a_ready_answer(case: Page, handed: Handed) -> None:
    unfold(case, "Tanya pelapor")
    scripted = has_script(case)
    case.locator("#siap-ask-pilih").select_option(label="Apakah masih terjadi?")
    if not scripted:
        case.locator("button[form=siap-ask]").click()
    expect(case.locator("#ask-question")).to_have_value("Apakah kejadian ini masih berlangsung sampai sekarang?")
    case.get_by_role("button", name="Tanya pelapor").click()
    expect(case.get_by_text("Menunggu warga")).to_be_visible()
    assert cases.report(handed.number).status == "waiting"


def test_a_task_is_added_and_ticked_off(case: Page) -> None:
    unfold(case, "Tambah tugas")
    case.get_by_label("Apa yang perlu dikerjakan?").fill("Temui pemilik sound")
    case.get_by_role("button", name="Tambah tugas").click()
    case.get_by_role("form", name="Temui pemilik sound").get_by_role("button").click()
    expect(case.locator("s", has_text="Temui pemilik sound")).to_be_visible()


def test_the_resident_is_called_after_a_reason(case: Page) -> None:
    expect(case.locator("[href^='tel:']")).to_have_count(0)
    unfold(case, "Hubungi pelapor")
    form = case.get_by_role("form", name="Lihat identitas")
    form.get_by_role("button").click()
    expect(case.get_by_role("alert")).to_contain_text("Tulis untuk apa")
    form.get_by_role("textbox").fill("Menanyakan letak tepatnya")
    form.get_by_role("button").click()
    expect(case.locator("[href='tel:081234567890']")).to_be_visible()


def test_a_letter_is_put_in_and_its_slip_opens_the_report(case: Page) -> None:
    case.goto("/petugas/laporan/baru")
    case.get_by_label("Surat atau formulir kertas").check()
    case.locator("[name=received_at]").fill(now().strftime("%Y-%m-%dT00:00"))
    case.locator("[name=category]").select_option("sungai")
    case.locator("[name=description]").fill("Sungai mampet sejak kemarin")
    case.locator("[name=village]").select_option(index=2)
    case.get_by_role("button", name="Catat laporan").click()
    code = case.locator(".slip .code").inner_text()
    case.goto(f"/lacak/{code}")
    expect(case.get_by_text("Laporan Anda sudah kami terima.")).to_be_visible()
