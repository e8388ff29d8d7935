"""An officer takes a report from the inbox to its end, and the resident sees it."""

import re

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
    """A fresh report."""
    keys = Keys(house.config["RECEIPT_KEY"], house.config["IDENTITY_KEY"])
    return submitting.send(keys=keys, now=now())


def step(page: Page, name: str, **fields: str) -> None:
    """Open the move if it asks for something, fill it in, and make it."""
    form = page.locator(f"form[aria-label='{name}']")
    folded = page.locator("details", has=form)
    if folded.count():
        folded.locator("summary").click()
    for field, text in fields.items():
        form.locator(f"[name={field}]").fill(text)
    if form.locator("select[name=assignee]").count():
        form.locator("select[name=assignee]").select_option(index=1)
    form.get_by_role("button", name=name).click()
    expect(page.get_by_role("status").filter(has_text=name)).to_be_visible()


def test_from_the_inbox_to_the_end(any_phone: Page, handed: Handed) -> None:
    sign_in(any_phone, make.staff("officer"))
    any_phone.get_by_role("link", name=handed.number).click()
    step(any_phone, "Nyatakan sudah diperiksa")
    step(any_phone, "Tugaskan")
    step(any_phone, "Mulai tangani")
    step(
        any_phone,
        "Selesaikan",
        action="Alat suara diamankan",
        answer="Sudah kami tertibkan. Terima kasih.",
        record_number="BA-1",
    )
    assert cases.report(handed.number).status == "settled"
    any_phone.goto(f"/lacak/{handed.code}")
    expect(any_phone.get_by_text("Sudah kami tertibkan. Terima kasih.")).to_be_visible()
    expect(any_phone.get_by_text("Alat suara diamankan")).to_have_count(0)


def test_who_comes_second_is_told(any_phone: Page, handed: Handed) -> None:
    sign_in(any_phone, make.staff("officer"))
    any_phone.goto(f"/petugas/laporan/{handed.number}")
    cases.act(handed.number, "verify", now=now())
    form = any_phone.locator("form[aria-label='Nyatakan sudah diperiksa']")
    form.get_by_role("button", name="Nyatakan sudah diperiksa").click()
    expect(any_phone.get_by_role("alert")).to_be_visible()
    assert [event.move for event in cases.history(handed.number)] == ["receive", "verify"]


def test_settling_without_an_answer_is_refused_and_keeps_the_words(any_phone: Page, handed: Handed) -> None:
    for move in ("verify", "start"):
        cases.act(handed.number, move, now=now())
    sign_in(any_phone, make.staff("section_head"))
    any_phone.goto(f"/petugas/laporan/{handed.number}")
    form = any_phone.locator("form[aria-label='Selesaikan']")
    any_phone.locator("details", has=form).locator("summary").click()
    form.locator("[name=action]").fill("Sudah ditegur")
    form.get_by_role("button", name="Selesaikan").click()
    expect(any_phone.get_by_role("alert")).to_contain_text("Tulis jawaban untuk warga")
    expect(any_phone.locator("form[aria-label='Selesaikan'] [name=action]")).to_have_value("Sudah ditegur")


def test_signing_out_closes_the_desk(any_phone: Page, house: Flask) -> None:
    sign_in(any_phone, make.staff("head"))
    any_phone.get_by_role("button", name="Keluar").click()
    expect(any_phone.get_by_role("button", name="Keluar")).to_have_count(0)
    any_phone.goto("/petugas")
    expect(any_phone).to_have_url(re.compile("/masuk"))
