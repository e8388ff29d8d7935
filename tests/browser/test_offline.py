"""A phone without signal, and back: nothing is lost with the tab, nothing is sent twice."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from complaints.case_models import Photo
from complaints.models import Complaint
from core.db import db
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_accessible import faults
from tests.browser.waiting import stand_still, until
from tests.server import Server

RECEIPT = r"MBS-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]"
KEPT = """async () => {
    await navigator.serviceWorker.ready;
    for (let tries = 0; tries < 100; tries++) {
        const kept = await caches.match("/lapor") && await caches.match("/static/lapor.js");
        if (navigator.serviceWorker.controller && kept)
            return true;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
}"""

# The page with the receipt takes the report out of the queue, once its script runs: on a busy machine that is later.
NOTHING_KEPT = "window.Antrean ? Antrean.all().then((items) => !items.length) : false"

# Does what the service worker does while it sends: it holds the lock, and has claimed the report for two minutes.
SENDING = """async () => {
    await new Promise((resolve, reject) => {
        const queue = document.createElement("script");
        Object.assign(queue, { src: "/static/antrean.js", onload: resolve, onerror: reject });
        document.head.append(queue);
    });
    const [{ id }] = await Antrean.all();
    let release;
    await new Promise((held) => navigator.locks.request("antrean", () => {
        held();
        return new Promise((end) => { release = end; });
    }));
    await Antrean.update(id, (item) => { Object.assign(item, { state: "sending", until: Date.now() + 120000 }); });
    window.gaveUp = async () => { release(); await Antrean.later(id); };
}"""


@pytest.fixture
def page(context: BrowserContext, house: Flask) -> Page:
    """The report form, visited once with signal."""
    opened = context.new_page()
    opened.goto("/lapor")
    assert opened.evaluate(KEPT)
    return opened


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "sampah.jpg"
    Image.effect_noise((400, 300), 60).convert("RGB").save(file)
    return file


def waiting(page: Page) -> Locator:
    return page.locator("#antrean")


def fill(page: Page, words: str, category: str = "kebisingan") -> None:
    page.locator("select[name=category]").select_option(category)
    page.locator("textarea[name=description]").fill(words)
    page.locator("select[name=village]").select_option(index=2)


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim laporan").click()


def without_scripts(page: Page) -> None:
    """Send the form as it goes before its scripts have come."""
    page.evaluate("document.getElementById('lapor').submit()")


def stays(page: Page) -> None:
    expect(waiting(page)).to_contain_text("Tersimpan di HP ini")


def keep(page: Page, words: str) -> None:
    """Without signal from here on: a report filled in and sent, and kept on the phone."""
    page.context.set_offline(True)
    fill(page, words)
    send(page)
    stays(page)


def arrives(page: Page) -> None:
    """With signal from here on: what was kept is sent."""
    page.context.set_offline(False)
    expect(waiting(page)).to_contain_text("Terkirim", timeout=PATIENCE_MS)


def reports(words: str) -> list[Complaint]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Complaint).filter_by(description=words)))


def photos(report: Complaint) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Photo).filter_by(complaint_id=report.id)) or 0


def test_a_report_with_a_photo_waits_for_signal_and_is_sent_once(
    context: BrowserContext, page: Page, picture: Path
) -> None:
    words = "Tanpa sinyal, dengan foto"
    context.set_offline(True)
    page.goto("/lapor")
    fill(page, words)
    page.locator("input[type=file]").set_input_files(picture)
    send(page)
    stays(page)
    expect(page.locator("textarea[name=description]")).to_have_value("")
    page.close()
    page = context.new_page()
    page.goto("/lapor")
    expect(waiting(page)).to_contain_text("Belum sampai ke kantor")
    arrives(page)
    (report,) = reports(words)
    assert (photos(report), report.source, report.is_held) == (1, "web", False)
    page.reload()
    expect(waiting(page).locator(".code")).to_be_visible()
    page.get_by_role("button", name="Kodenya sudah saya catat").click()
    expect(waiting(page)).to_be_hidden()


def test_with_signal_the_page_answers_with_its_receipt_and_nothing_stays_on_the_phone(page: Page) -> None:
    words = "Dengan sinyal"
    fill(page, words)
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    until(page, NOTHING_KEPT)
    page.goto("/lapor")
    page.wait_for_timeout(500)
    expect(waiting(page)).to_be_hidden()
    assert len(reports(words)) == 1


def test_a_server_that_is_away_while_the_form_is_sent_loses_nothing(page: Page, server: Server) -> None:
    words = "Server sedang mati"
    fill(page, words)
    server.kill()
    page.clock.install()
    send(page)
    stays(page)
    stand_still(page)
    server.start()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(waiting(page)).to_contain_text("Terkirim")
    assert len(reports(words)) == 1


def test_two_tabs_send_a_report_once(context: BrowserContext, page: Page) -> None:
    words = "Dua jendela"
    keep(page, words)
    other = context.new_page()
    other.goto("/lapor")
    stays(other)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    context.set_offline(False)
    for tab in (page, other):
        expect(waiting(tab)).to_contain_text("Terkirim")
    assert len(reports(words)) == 1
    assert sum(address.endswith("/complaints") for address in asked) <= 1


def test_what_was_refused_is_told_and_can_be_mended(context: BrowserContext, page: Page) -> None:
    words = "Nomor telepon salah"
    context.set_offline(True)
    fill(page, words)
    page.get_by_text("Mau kami hubungi?").click()
    page.locator("input[name=phone]").fill("bukan nomor")
    send(page)
    stays(page)
    context.set_offline(False)
    expect(waiting(page)).to_contain_text("Ditolak")
    expect(waiting(page)).to_contain_text("tidak dapat ditelepon")
    page.goto("/lapor")
    page.get_by_role("button", name="Buka isian").click()
    expect(page.locator("textarea[name=description]")).to_have_value(words)
    phone = page.locator("input[name=phone]")
    expect(phone).to_be_focused()
    expect(phone).to_have_accessible_description(re.compile("tidak dapat ditelepon"))
    assert faults(page) == []
    phone.fill("0812 3456 7890")
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(reports(words)) == 1


def test_what_waits_can_be_taken_off_the_phone(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    fill(page, "Tidak jadi")
    send(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Hapus dari HP ini").click()
    expect(waiting(page)).to_be_hidden()
    context.set_offline(False)
    page.goto("/lapor")
    assert reports("Tidak jadi") == []


def test_danger_shows_the_phone_numbers_without_signal_too(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    page.goto("/lapor")
    fill(page, "Dua kelompok berkelahi", category="tawuran")
    expect(page.locator("#dulu a[href='tel:110']")).to_be_visible()
    send(page)
    stays(page)
    arrives(page)


def test_a_form_whose_scripts_have_not_come_is_kept_all_the_same(
    context: BrowserContext, page: Page, picture: Path
) -> None:
    words = "Naskahnya belum datang"
    fill(page, words)
    page.locator("input[type=file]").set_input_files(picture)
    context.set_offline(True)
    without_scripts(page)
    stays(page)
    arrives(page)
    (report,) = reports(words)
    assert photos(report) == 1


def test_two_people_with_one_kept_page_and_no_scripts_are_both_kept(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    for words in ("Orang pertama", "Orang kedua"):
        page.goto("/lapor")
        fill(page, words)
        without_scripts(page)
        stays(page)
    context.set_offline(False)
    expect(waiting(page).locator(".code")).to_have_count(2, timeout=PATIENCE_MS)
    assert [len(reports(words)) for words in ("Orang pertama", "Orang kedua")] == [1, 1]


def without_scripts_as(page: Page, number: str, words: str, phone: str = "") -> None:
    """The form gone back to, with its number of then, sent as it goes before its scripts have come."""
    page.goto("/lapor")
    fill(page, words)
    page.locator("input[name=phone]").evaluate("(field, phone) => { field.value = phone; }", phone)
    page.locator("#lapor").evaluate(
        "(form, number) => { form.elements.submission_id.value = number; form.submit(); }", number
    )
    page.wait_for_url("**tersimpan")
    stays(page)


def test_a_form_gone_back_to_and_sent_with_other_words_is_a_report_of_its_own(
    context: BrowserContext, page: Page
) -> None:
    number = page.locator("#lapor input[name=submission_id]").input_value()
    context.set_offline(True)
    for words in ("Satu\nbaris", "Satu\nbaris", "Kata lain", "Kata lain"):
        without_scripts_as(page, number, words)
    context.set_offline(False)
    expect(waiting(page).locator(".code")).to_have_count(2, timeout=PATIENCE_MS)
    assert [len(reports(words)) for words in ("Satu\nbaris", "Kata lain")] == [1, 1]


def test_a_form_gone_back_to_after_its_words_have_arrived_is_not_sent_twice(
    context: BrowserContext, page: Page
) -> None:
    number, words = page.locator("#lapor input[name=submission_id]").input_value(), "Sudah sampai"
    context.set_offline(True)
    without_scripts_as(page, number, words)
    arrives(page)
    context.set_offline(True)
    page.goto("/lapor")
    fill(page, words)
    page.locator("#lapor").evaluate(
        "(form, number) => { form.elements.submission_id.value = number; form.submit(); }", number
    )
    page.wait_for_url("**tersimpan")
    context.set_offline(False)
    page.reload()
    until(page, "Antrean.all().then((items) => items.every((item) => item.state === 'sent'))")
    assert len(reports(words)) == 1


def test_what_was_refused_and_mended_before_the_scripts_came_is_sent_as_mended(
    context: BrowserContext, page: Page
) -> None:
    number, words = page.locator("#lapor input[name=submission_id]").input_value(), "Nomornya dibetulkan"
    context.set_offline(True)
    without_scripts_as(page, number, words, "bukan nomor")
    context.set_offline(False)
    expect(waiting(page)).to_contain_text("Ditolak", timeout=PATIENCE_MS)
    context.set_offline(True)
    without_scripts_as(page, number, words, "0812 3456 7890")
    arrives(page)
    assert len(reports(words)) == 1


def test_a_phone_without_room_shows_the_words_it_can_not_keep(context: BrowserContext, page: Page) -> None:
    (worker,) = context.service_workers
    worker.evaluate("() => { Antrean.put = () => Promise.reject(new Error('full')); }")
    fill(page, "Tidak muat di HP")
    context.set_offline(True)
    without_scripts(page)
    expect(page.get_by_role("heading", name="Belum terkirim")).to_be_visible()
    expect(page.locator("main")).to_contain_text("tidak dapat menyimpan laporan Anda")
    context.set_offline(False)
    page.get_by_role("button", name="Kirim lagi").click()
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(reports("Tidak muat di HP")) == 1


def test_who_wants_back_to_the_form_without_signal_sends_nothing(context: BrowserContext, page: Page) -> None:
    fill(page, "Belum mau dikirim")
    context.set_offline(True)
    page.locator("#lapor").evaluate(
        "(form) => { const back = document.createElement('input'); back.name = 'edit'; back.value = '1';"
        " form.append(back); form.submit(); }"
    )
    page.wait_for_timeout(500)
    context.set_offline(False)
    page.goto("/lapor")
    assert page.evaluate("Antrean.all().then((items) => items.length)") == 0


def test_a_server_that_asks_to_wait_is_asked_again(context: BrowserContext, page: Page) -> None:
    words = "Sedang ramai"
    asked: list[str] = []

    def busy_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
        else:
            route.fulfill(status=503, headers={"Retry-After": "1"}, json={"title": "Tunggu sebentar"})

    keep(page, words)
    context.route("**/api/v1/complaints", busy_once)
    arrives(page)
    assert (len(asked), len(reports(words))) == (2, 1)


def test_who_gives_up_sending_leaves_it_to_the_page_that_is_open(context: BrowserContext, page: Page) -> None:
    words = "Yang mengirim menyerah"
    keep(page, words)
    other = context.new_page()
    other.goto("/lacak")
    other.evaluate(SENDING)
    context.set_offline(False)
    page.wait_for_timeout(1000)
    assert reports(words) == []
    other.evaluate("gaveUp()")
    expect(waiting(page)).to_contain_text("Terkirim", timeout=PATIENCE_MS)
    assert len(reports(words)) == 1


def test_a_number_that_was_used_up_is_told_and_the_words_sent_as_new(context: BrowserContext, page: Page) -> None:
    words = "Nomornya sudah terpakai"
    keep(page, words)
    used = {"title": "Laporan dengan nomor formulir ini sudah kami terima, dengan isi yang lain."}
    context.route("**/api/v1/complaints", lambda route: route.fulfill(status=409, json=used))
    context.set_offline(False)
    expect(waiting(page)).to_contain_text("dengan isi yang lain")
    page.get_by_role("button", name="Buka isian").click()
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(reports(words)) == 1


def test_what_waits_is_shown_accessibly(context: BrowserContext, page: Page) -> None:
    keep(page, "Untuk dilihat semua orang")
    assert faults(page) == []


def test_a_form_that_fails_touches_no_report_but_its_own(page: Page, server: Server) -> None:
    other: dict[str, object] = {
        "id": "0b0e5a5c-0000-4000-8000-000000000001",
        "kind": "report",
        "state": "draft",
        "fields": {},
    }
    other |= {"photos": [], "made": 1, "touched": 9e15, "title": "Milik orang lain"}
    page.evaluate("(item) => Antrean.put(item)", other)
    fill(page, "Hanya yang ini")
    server.kill()
    send(page)
    stays(page)
    states = page.evaluate("Antrean.all().then((items) => items.map((item) => [item.title, item.state]))")
    server.start()
    assert ["Milik orang lain", "draft"] in states
    assert sorted(state for _, state in states) in (["draft", "sending"], ["draft", "waiting"])
