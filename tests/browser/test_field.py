"""An officer in the field: the own cases are readable without signal, and a settling waits for it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from complaints.case_models import Photo
from complaints.reporting.intake import Keys
from core.clock import now
from core.db import db
from offices.models import Staff
from tests import make
from tests.browser.signing_in import sign_in
from tests.browser.waiting import until
from tests.complaints import cases, submitting

KEPT = """async (path) => {
    for (let tries = 0; tries < 100; tries++) {
        if (await caches.match(path) && await caches.match("/petugas")) return true;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
}"""
WORDS = "Alat suara diamankan di tempat"


@pytest.fixture
def number(house: Flask, page: Page) -> str:
    """A case that the officer has in hand, kept on the phone by a look at the inbox."""
    keys = Keys(house.config["RECEIPT_KEY"], house.config["IDENTITY_KEY"])
    handed = submitting.send(keys=keys, now=now())
    email = make.staff("officer")
    db.session.rollback()
    officer = db.session.scalars(sa.select(Staff.id).filter_by(email=email)).one()
    for step in ("verify", "assign", "start"):
        cases.act(handed.number, step, actor=officer, now=now())
    sign_in(page, email)
    page.goto("/petugas")
    assert page.evaluate(KEPT, f"/petugas/laporan/{handed.number}")
    return handed.number


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "bukti.jpg"
    Image.effect_noise((400, 300), 60).convert("RGB").save(file)
    return file


@pytest.fixture
def without_sync(context: BrowserContext) -> None:
    """As in browsers that know no Background Sync: only an open page sends what waits."""
    context.add_init_script("delete window.SyncManager")


def colleague() -> str:
    email = make.staff("section_head")
    db.session.rollback()
    return email


def settle(page: Page, number: str, picture: Path) -> None:
    page.goto(f"/petugas/laporan/{number}")
    form = page.locator("form[aria-label='Selesaikan']")
    page.locator("details", has=form).locator("summary").first.click()
    form.locator("[name=action]").fill(WORDS)
    form.locator("[name=answer]").fill("Sudah kami tertibkan.")
    form.locator("[name=photos]").set_input_files(picture)
    form.get_by_role("button", name="Selesaikan").click()


def proofs(number: str) -> int:
    report = cases.report(number)
    chosen = sa.select(sa.func.count()).select_from(Photo).filter_by(complaint_id=report.id, kind="proof")
    return db.session.scalar(chosen) or 0


def test_a_case_is_read_and_settled_without_signal(
    context: BrowserContext, page: Page, number: str, picture: Path
) -> None:
    context.set_offline(True)
    page.goto("/petugas")
    expect(page.get_by_text("Sinyal lemah atau tidak ada.")).to_be_visible()
    expect(page.get_by_role("link", name=number).first).to_be_visible()
    settle(page, number, picture)
    expect(page.get_by_text("Penyelesaian tersimpan di HP ini")).to_be_visible()
    assert cases.report(number).status == "in_progress"
    page.close()
    page = context.new_page()
    page.goto(f"/petugas/laporan/{number}")
    expect(page.get_by_text("Penyelesaian tersimpan di HP ini")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Penyelesaian terkirim")).to_be_visible()
    assert cases.report(number).status == "settled"
    assert proofs(number) == 1
    assert [event.move for event in cases.history(number)].count("settle") == 1


def test_who_comes_second_is_told_and_keeps_the_words(
    context: BrowserContext, page: Page, number: str, picture: Path
) -> None:
    context.set_offline(True)
    settle(page, number, picture)
    expect(page.get_by_text("Penyelesaian tersimpan di HP ini")).to_be_visible()
    cases.act(number, "take_back", now=now())
    context.set_offline(False)
    expect(page.get_by_text("Penyelesaian belum diterima")).to_be_visible()
    page.goto("/petugas")
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert cases.report(number).status == "assigned"


def test_what_is_missing_is_told_and_mended(context: BrowserContext, page: Page, number: str, picture: Path) -> None:
    context.set_offline(True)
    settle(page, number, picture)
    expect(page.get_by_text("Penyelesaian tersimpan di HP ini")).to_be_visible()
    page.evaluate(
        """(id) => Antrean.all().then((items) => Antrean.update(items.find((item) => item.page.endsWith(id)).id,
        (item) => { item.entries.find((entry) => entry.name === "answer").text = ""; }))""",
        number,
    )
    context.set_offline(False)
    expect(page.get_by_text("Penyelesaian belum diterima")).to_be_visible()
    page.goto(f"/petugas/laporan/{number}")
    page.get_by_role("button", name="Isi lagi ke formulir").click()
    form = page.locator("form[aria-label='Selesaikan']")
    expect(form.locator("[name=action]")).to_have_value(WORDS)
    form.locator("[name=answer]").fill("Sudah kami tertibkan.")
    form.get_by_role("button", name="Selesaikan").click()
    expect(page.get_by_role("status").filter(has_text="Selesaikan")).to_be_visible()
    assert cases.report(number).status == "settled"
    assert proofs(number) == 1
    expect(page.get_by_text("Penyelesaian belum diterima")).to_have_count(0)


def test_other_steps_say_that_they_need_signal(context: BrowserContext, page: Page, number: str) -> None:
    context.set_offline(True)
    page.goto(f"/petugas/laporan/{number}")
    said: list[str] = []

    def hear(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.accept()

    page.on("dialog", hear)
    page.evaluate("document.querySelector('form[action$=\"/ask\"]').requestSubmit()")
    page.wait_for_timeout(300)
    assert said == ["Langkah ini perlu sinyal. Tulisan Anda tetap ada di halaman ini."]


def test_signing_out_takes_the_cases_off_the_phone(context: BrowserContext, page: Page, number: str) -> None:
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk*")
    assert page.evaluate("(path) => caches.match(path).then(Boolean)", f"/petugas/laporan/{number}") is False
    context.set_offline(True)
    page.goto(f"/petugas/laporan/{number}")
    expect(page.get_by_role("heading", name="Tidak ada sinyal")).to_be_visible()


def test_after_half_a_day_a_kept_case_is_shown_no_longer(context: BrowserContext, page: Page, number: str) -> None:
    address = f"/petugas/laporan/{number}"
    page.wait_for_load_state("networkidle")  # the page itself keeps its case anew once it has loaded
    page.evaluate(
        """async (path) => {
            const cache = await caches.open("petugas-1"), found = await cache.match(path);
            const headers = new Headers(found.headers);
            headers.set("X-Kept-At", String(Date.now() - 13 * 3600000));
            await cache.put(path, new Response(await found.blob(), { headers }));
        }""",
        address,
    )
    context.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", name="Tidak ada sinyal")).to_be_visible()


@pytest.mark.usefixtures("without_sync")
def test_nobody_elses_session_sends_what_an_officer_wrote(
    context: BrowserContext, page: Page, number: str, picture: Path
) -> None:
    officer = cases.history(number)[-1].actor_id
    cookies = context.cookies()
    context.set_offline(True)
    settle(page, number, picture)
    expect(page.get_by_text("Penyelesaian tersimpan di HP ini")).to_be_visible()
    page.close()
    context.clear_cookies()
    context.set_offline(False)
    page = context.new_page()
    sign_in(page, colleague())
    until(page, "Antrean.all().then((items) => items[0].state === 'refused')")
    expect(page.get_by_text("Penyelesaian belum diterima")).to_have_count(0)
    assert (cases.report(number).status, proofs(number)) == ("in_progress", 0)
    context.clear_cookies()
    context.add_cookies([dict(cookie) for cookie in cookies])  # type: ignore[misc]  # as they were given
    page.goto("/petugas")
    expect(page.get_by_text("akun lain sedang masuk")).to_be_visible()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.get_by_text("Penyelesaian terkirim")).to_be_visible()
    last = cases.history(number)[-1]
    assert (last.move, last.actor_id, proofs(number)) == ("settle", officer, 1)


def kept_cases(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """async () => {
            const cache = await caches.open("petugas-1");
            return (await cache.keys()).map((request) => new URL(request.url).pathname);
        }"""
    )
    return found


def test_a_session_that_is_over_takes_the_cases_off_the_phone(context: BrowserContext, page: Page, number: str) -> None:
    assert f"/petugas/laporan/{number}" in kept_cases(page)
    context.clear_cookies()
    page.goto("/petugas")
    for _ in range(50):  # a page that is slow to come is shown as it was kept, once
        if not kept_cases(page):
            break
        page.wait_for_timeout(100)
    assert kept_cases(page) == []
    page.goto("/petugas")
    assert "/masuk" in page.url


def test_somebodys_search_is_not_kept_as_the_inbox(context: BrowserContext, page: Page, number: str) -> None:
    context.route("**/petugas/kasus-saya.json", lambda route: route.abort())  # it would fetch the inbox afresh
    page.goto("/petugas?cari=tidak-ada-yang-begini")
    expect(page.get_by_role("link", name=number)).to_have_count(0)
    page.wait_for_timeout(500)
    context.set_offline(True)
    page.goto("/petugas")
    expect(page.get_by_role("link", name=number).first).to_be_visible()


def test_a_case_that_is_on_its_way_while_somebody_signs_out_is_not_kept(
    context: BrowserContext, page: Page, number: str
) -> None:
    address, held = f"/petugas/laporan/{number}", []
    context.route(f"**{address}", lambda route: held.append((route, route.fetch())))
    page.evaluate(
        """async (path) => {
            await (await caches.open("petugas-1")).delete(path);
            (await navigator.serviceWorker.ready).active.postMessage({ keepCases: [path] });
        }""",
        address,
    )
    for _ in range(50):
        if held:
            break
        page.wait_for_timeout(100)
    assert held, "the worker asked for the case"
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk*")
    for route, answer in held:
        route.fulfill(response=answer)
    page.wait_for_timeout(1000)
    assert kept_cases(page) == []
