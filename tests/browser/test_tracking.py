"""A resident follows a report, answers, judges, rates, keeps the code, erases their data; with and without a script."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from complaints.reporting.intake import Handed, Keys
from complaints.terms import Status
from core.clock import now
from core.db import db
from survey.elements import OFFICIAL_ORDER
from tests.complaints import cases
from tests.complaints.submitting import send
from tests.server import Server


@pytest.fixture
def handed(house: Flask) -> Handed:
    keys = Keys(receipt=house.config["RECEIPT_KEY"], identity=house.config["IDENTITY_KEY"])
    made = send(keys=keys, name="Bu Siti", now=now() - timedelta(hours=1))
    db.session.rollback()
    return made


@pytest.fixture
def settled(handed: Handed) -> Handed:
    for step in ("verify", "start", "settle"):
        cases.act(handed.number, step, now=now())
    return handed


def track(page: Page, handed: Handed) -> None:
    page.goto(f"/lacak/{handed.code}")


def test_the_question_is_answered(any_phone: Page, handed: Handed) -> None:
    cases.act(handed.number, "ask", question="Di RT berapa?", now=now())
    track(any_phone, handed)
    expect(any_phone.get_by_text("kami undur selama menunggu")).to_be_visible()
    any_phone.get_by_role("link", name="Jawab pertanyaan ini").click()
    any_phone.get_by_label("Jawaban Anda").fill("RT 2")
    any_phone.get_by_role("button", name="Kirim jawaban").click()
    expect(any_phone.get_by_text("Terima kasih. Jawaban Anda sudah kami terima.")).to_be_visible()
    assert cases.report(handed.number).status == Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("link", "button", "words", "becomes"),
    [
        ("Sudah beres", "Ya, sudah beres", "", Status.FINAL),
        ("Baru sebagian", "Kirim", "Pagi masih ramai", Status.SETTLED),
        ("Belum beres", "Ya, belum beres", "Masih ramai", Status.IN_PROGRESS),
    ],
)
def test_the_resident_judges(
    any_phone: Page, settled: Handed, link: str, button: str, words: str, becomes: Status
) -> None:
    track(any_phone, settled)
    any_phone.get_by_role("link", name=link).click()
    assert cases.report(settled.number).status == Status.SETTLED
    if words:
        any_phone.get_by_label("Apa yang belum beres?").fill(words)
    any_phone.get_by_role("button", name=button, exact=True).dblclick()
    expect(any_phone.get_by_text("Terima kasih. Jawaban Anda sudah kami terima.")).to_be_visible()
    assert cases.report(settled.number).status == becomes


def test_missing_words_are_asked_for(any_phone: Page, settled: Handed) -> None:
    any_phone.goto(f"/lacak/{settled.code}/belum")
    any_phone.get_by_role("button", name="Ya, belum beres").click()
    expect(any_phone.get_by_role("alert")).to_contain_text("Tulis keterangan Anda.")


def test_something_is_added(any_phone: Page, handed: Handed) -> None:
    track(any_phone, handed)
    any_phone.get_by_role("link", name="Tambah keterangan").click()
    any_phone.get_by_label("Keterangan tambahan").fill("Malam ini lagi")
    any_phone.get_by_role("button", name="Kirim keterangan").click()
    expect(any_phone.get_by_text("Malam ini lagi")).to_be_visible()


def test_the_handling_is_rated_once(any_phone: Page, settled: Handed) -> None:
    track(any_phone, settled)
    any_phone.get_by_role("link", name="Nilai penanganan ini").click()
    any_phone.wait_for_url("**/survei/penanganan/**")
    address = any_phone.url
    for element in OFFICIAL_ORDER:
        any_phone.locator(f"input[name={element.value}][value='4']").check()
    any_phone.get_by_role("button", name="Kirim penilaian").last.click()
    expect(any_phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    any_phone.goto(address)
    expect(any_phone.get_by_text("sudah dinilai")).to_be_visible()


def test_the_code_is_kept_as_a_picture(any_phone: Page, handed: Handed) -> None:
    track(any_phone, handed)
    any_phone.get_by_text("Simpan kode ini").click()
    with any_phone.expect_download() as download:
        any_phone.get_by_role("button", name="Simpan gambar").click()
    assert download.value.suggested_filename == f"tanda-terima-{handed.number}.png"
    link = any_phone.get_by_role("link", name="Kirim ke WhatsApp saya")
    expect(link).to_have_attribute("href", re.compile("wa.me"))


def test_the_code_is_copied_and_typed_again(phone: Page, server: Server, house: Flask) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    phone.goto("/lapor")
    phone.locator("select[name=category]").select_option("jalan")
    phone.locator("textarea[name=description]").fill("Pasar tumpah")
    phone.locator("select[name=village]").select_option(index=1)
    phone.get_by_role("button", name="Kirim laporan").click()
    code = phone.locator(".code").first.inner_text()
    phone.get_by_role("button", name="Salin kode").click()
    expect(phone.get_by_text("Tersalin.")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == code
    again = phone.get_by_label("Sudah dicatat? Ketik ulang kodenya")
    again.fill("MBS-00000-00000-0")
    expect(phone.get_by_text("Belum sama.")).to_be_visible()
    again.fill(code.lower().replace("-", " "))
    expect(phone.get_by_text("Cocok.")).to_be_visible()


def test_ones_data_is_seen_and_erased(any_phone: Page, handed: Handed) -> None:
    track(any_phone, handed)
    any_phone.get_by_role("link", name="Data saya").click()
    expect(any_phone.get_by_text("Bu Siti")).to_be_visible()
    with any_phone.expect_download():
        any_phone.get_by_role("link", name="Unduh data saya").click()
    any_phone.get_by_label("Ya, hapus data saya").check()
    any_phone.get_by_role("button", name="Hapus data saya").click()
    expect(any_phone.get_by_text("Data Anda sudah kami hapus.")).to_be_visible()
    expect(any_phone.get_by_text("Bu Siti")).to_have_count(0)
