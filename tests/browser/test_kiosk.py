"""The screen at the desk: two visitors in a row, and whatever the second one tries, the first one is gone."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from core.db import db
from offices.models import Point
from survey.models import Rating
from tests.browser.chromium import ARGUMENTS, installed
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_accessible import faults
from tests.browser.test_rating import answer
from tests.server import Server

SECRET = "Rahasia pengunjung pertama"
# Everything that a page can find out about what was kept, and all that stands in it.
REMAINS = """async () => {
    const found = [document.documentElement.outerHTML, document.cookie, JSON.stringify(history.state)];
    for (const store of [sessionStorage, localStorage]) found.push(JSON.stringify({...store}));
    for (const field of document.querySelectorAll("textarea, input, select")) found.push(field.value);
    return found.concat(await caches.keys(), (await indexedDB.databases()).map((base) => base.name)).join("\\n");
}"""
STORED = """async () => [
    await caches.keys(), await indexedDB.databases(), sessionStorage.length, localStorage.length,
    await navigator.serviceWorker.getRegistrations(), history.length,
]"""


@pytest.fixture
def code(house: Flask) -> str:
    return db.session.scalars(sa.select(Point.code).filter_by(purpose="both", service_code=None)).one()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """The tablet at the desk."""
    opened = browser.new_context(base_url=server.url, viewport={"width": 800, "height": 1280}, locale="id-ID")
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


@pytest.fixture
def screen(context: BrowserContext, code: str) -> Page:
    """Set up by an officer, and not touched yet."""
    page = context.new_page()
    page.clock.install()
    page.goto(f"/survei/{code}/kios")
    return page


def begin(screen: Page) -> None:
    screen.get_by_role("link", name="Mulai").click()
    expect(screen.get_by_role("button", name="Kirim penilaian")).to_be_visible()


def fill(screen: Page, words: str = SECRET) -> None:
    answer(screen, 1)
    screen.locator("select[name=service]").select_option("ktp")
    screen.locator("textarea[name=suggestion]").fill(words)


def send(screen: Page) -> None:
    screen.get_by_role("button", name="Kirim penilaian").click()


def go_quiet(screen: Page, milliseconds: int) -> None:
    """Nobody touches the screen for so long. Scrolling that began before may end late, and is no touch: it is not let
    through.
    """
    screen.evaluate("addEventListener('scroll', (late) => late.stopPropagation(), { capture: true })")
    screen.clock.run_for(milliseconds)


def ratings(words: str) -> list[Rating]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Rating).filter_by(suggestion=words)))


def expect_a_fresh_start(screen: Page) -> None:
    expect(screen.get_by_role("link", name="Mulai")).to_be_visible()
    assert SECRET not in screen.evaluate(REMAINS)


def expect_nothing_kept(screen: Page) -> None:
    begin(screen)
    assert SECRET not in screen.evaluate(REMAINS)
    expect(screen.locator("input:checked")).to_have_count(0)
    expect(screen.locator("select[name=service]")).to_have_value("")


def test_two_visitors_in_a_row(screen: Page) -> None:
    before = len(ratings(SECRET))
    begin(screen)
    assert screen.evaluate("Boolean(document.fullscreenElement)")
    fill(screen)
    send(screen)
    expect(screen.get_by_role("heading", name="Terima kasih")).to_be_visible()
    screen.clock.run_for(11_000)
    expect_a_fresh_start(screen)
    assert screen.evaluate("Boolean(document.fullscreenElement)")
    expect_nothing_kept(screen)
    assert screen.evaluate(STORED) == [[], [], 0, 0, [], 2]  # two addresses: the empty tab's, and the screen's
    (rating,) = ratings(SECRET)[before:]
    assert rating.source == "kiosk"


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "left half filled in"])
def test_back_and_forward_show_nothing_of_the_last_visitor(screen: Page, sent: bool) -> None:
    begin(screen)
    fill(screen)
    if sent:
        send(screen)
        expect(screen.get_by_role("heading", name="Terima kasih")).to_be_visible()
    screen.go_back()
    expect(screen).to_have_url("about:blank")
    screen.go_forward()
    expect_a_fresh_start(screen)
    expect_nothing_kept(screen)


def test_reloading_shows_the_start(screen: Page) -> None:
    begin(screen)
    fill(screen)
    screen.reload()
    expect_a_fresh_start(screen)


def test_a_page_that_comes_out_of_the_back_cache_is_wiped(screen: Page) -> None:
    begin(screen)
    fill(screen)
    screen.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert SECRET not in screen.evaluate(REMAINS)
    screen.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect_a_fresh_start(screen)


def test_a_browser_that_keeps_whole_pages_for_back_keeps_none_of_a_visitor(
    browser: Browser, server: Server, code: str
) -> None:
    """With the header taken off that forbids it, and the switch that playwright sets."""

    def storable(route: Route) -> None:
        answered = route.fetch()
        headers = {name: value for name, value in answered.headers.items() if name != "cache-control"}
        route.fulfill(response=answered, headers=headers)

    keeping = browser.browser_type.launch(
        executable_path=installed(), args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
    )
    screen = keeping.new_context(base_url=server.url).new_page()
    screen.route("**/kios/isi", storable)
    screen.goto(f"/survei/{code}/kios/isi")
    screen.evaluate("addEventListener('pageshow', (shown) => { sessionStorage.kept = shown.persisted; })")
    fill(screen)
    screen.evaluate("setTimeout(() => { location.href = '/privasi'; })")
    screen.wait_for_url("**/privasi")
    screen.evaluate("setTimeout(() => history.back())")
    expect(screen.get_by_role("link", name="Mulai")).to_be_visible()
    assert SECRET not in screen.evaluate(REMAINS)
    assert screen.evaluate("sessionStorage.kept") == "true"
    keeping.close()


def test_who_goes_quiet_is_asked_then_wiped(screen: Page) -> None:
    begin(screen)
    fill(screen)
    go_quiet(screen, 42_000)
    expect(screen.get_by_role("dialog")).to_be_hidden()
    go_quiet(screen, 5_000)
    dialog = screen.get_by_role("dialog", name="Masih di sini?")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[aria-live]")).to_have_text("Isian dihapus dalam 15 detik.")
    assert faults(screen) == []
    go_quiet(screen, 15_000)
    expect_a_fresh_start(screen)
    expect_nothing_kept(screen)


def test_who_answers_keeps_what_was_filled_in(screen: Page) -> None:
    begin(screen)
    fill(screen)
    go_quiet(screen, 52_000)
    screen.get_by_role("button", name="Saya masih mengisi").click()
    go_quiet(screen, 40_000)
    expect(screen.locator("textarea[name=suggestion]")).to_have_value(SECRET)
    go_quiet(screen, 8_000)
    screen.keyboard.press("Escape")
    go_quiet(screen, 40_000)
    expect(screen.locator("textarea[name=suggestion]")).to_have_value(SECRET)
    go_quiet(screen, 10_000)
    screen.get_by_role("button", name="Hapus isian saya").click()
    expect_a_fresh_start(screen)


def test_without_network_it_is_said_and_stays_on_the_screen(screen: Page, context: BrowserContext) -> None:
    before = len(ratings(SECRET))
    begin(screen)
    fill(screen)
    context.set_offline(True)
    send(screen)
    expect(screen.get_by_role("alert")).to_contain_text("Belum terkirim")
    expect(screen.locator("textarea[name=suggestion]")).to_have_value(SECRET)
    context.set_offline(False)
    send(screen)
    expect(screen.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(ratings(SECRET)) == before + 1


def test_without_network_nobody_begins_in_vain(screen: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    screen.get_by_role("link", name="Mulai").click()
    expect(screen.get_by_role("alert")).to_contain_text("Jaringan sedang putus")
    context.set_offline(False)
    begin(screen)


def test_without_network_the_screen_is_wiped_all_the_same(screen: Page, context: BrowserContext) -> None:
    begin(screen)
    fill(screen)
    context.set_offline(True)
    go_quiet(screen, 61_000)
    expect_a_fresh_start(screen)


def test_what_is_missing_is_told_on_the_same_page_and_makes_no_history(screen: Page) -> None:
    begin(screen)
    screen.evaluate("document.querySelector('main form').noValidate = true")
    screen.locator("textarea[name=suggestion]").fill(SECRET)
    send(screen)
    summary = screen.get_by_role("alert").filter(has_text="dilengkapi")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(screen.locator("textarea[name=suggestion]")).to_have_value(SECRET)
    assert screen.evaluate("history.length") == 2
    expect(screen).not_to_have_url(re.compile("#"))


def test_another_language_keeps_the_answers_and_ends_with_the_visitor(screen: Page) -> None:
    begin(screen)
    fill(screen)
    screen.get_by_role("link", name="English").click()
    expect(screen.locator("html")).to_have_attribute("lang", "en")
    expect(screen.locator("input:checked")).to_have_count(9)
    screen.locator("main form button[type=submit]").click()
    expect(screen.locator("#kios")).to_have_attribute("data-page", "thanks")
    screen.clock.run_for(11_000)
    expect_a_fresh_start(screen)
    expect(screen.locator("html")).to_have_attribute("lang", "id")


def test_without_a_script_it_goes_page_by_page_and_returns(browser: Browser, server: Server, code: str) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/survei/{code}/kios")
    begin(page)
    fill(page, "Tanpa skrip")
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    expect(page.get_by_role("link", name="Mulai")).to_be_visible(timeout=15_000)
    page.go_back()
    expect(page.locator("input:checked")).to_have_count(0)
    context.close()
    assert len(ratings("Tanpa skrip")) == 1
