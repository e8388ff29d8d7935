"""Rating without signal: on a phone that has rated here before, nothing is lost and nothing counts twice."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, Route, expect

from core.clock import now
from core.db import db
from offices.models import Point
from survey.models import Rating
from tests.browser.chromium import PHONE
from tests.browser.test_accessible import faults
from tests.browser.test_rating import answer, send
from tests.browser.waiting import stand_still, until
from tests.server import Server
from tests.survey.visits import given_visits

KEPT = """async (path) => {
    await navigator.serviceWorker.ready;
    for (let tries = 0; tries < 100; tries++) {
        if (navigator.serviceWorker.controller && await caches.match(path) && await caches.match("/static/nilai.js"))
            return true;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
}"""
# Everything that is on the phone: the queue, and the texts of all caches.
REMAINS = """async () => {
    const parts = [JSON.stringify(await Antrean.all()), JSON.stringify([{...sessionStorage}, {...localStorage}])];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
            parts.push(request.url, await (await caches.match(request)).text());
    return parts.join("\\n");
}"""
WAITS = "Belum terkirim"
ARRIVED = "sudah kami terima"


@pytest.fixture
def code(house: Flask) -> str:
    return db.session.scalars(sa.select(Point.code).filter_by(purpose="both", service_code=None)).one()


@pytest.fixture
def page(context: BrowserContext, code: str) -> Page:
    """A phone on which a rating was sent before."""
    opened = context.new_page()
    opened.goto(f"/survei/{code}")
    fill(opened, "Yang pertama")
    send(opened)
    expect(opened.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert opened.evaluate(KEPT, f"/survei/{code}")
    return opened


def fill(page: Page, words: str, value: int = 3) -> None:
    answer(page, value)
    page.locator("select[name=service]").select_option("ktp")
    page.locator("textarea[name=suggestion]").fill(words)


def waiting(page: Page) -> Locator:
    return page.locator("#antrean")


def ratings(words: str) -> list[Rating]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Rating).filter_by(suggestion=words)))


def rate_offline(context: BrowserContext, page: Page, code: str, words: str) -> None:
    context.set_offline(True)
    page.goto(f"/survei/{code}")
    fill(page, words)
    send(page)
    expect(waiting(page)).to_contain_text(WAITS)


def test_a_first_visit_is_one_request_and_keeps_nothing(context: BrowserContext, code: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/survei/{code}")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [page.url]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0


def test_a_first_visit_without_signal_keeps_the_answers_on_the_page(context: BrowserContext, code: str) -> None:
    page, said = context.new_page(), list[str]()

    def hear(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.accept()

    page.on("dialog", hear)
    page.goto(f"/survei/{code}")
    fill(page, "Pertama kali, tanpa sinyal")
    context.set_offline(True)
    send(page)
    expect(page.get_by_role("radio", checked=True)).to_have_count(9)
    context.set_offline(False)
    send(page)
    page.wait_for_url("**/terima-kasih*")
    assert said == ["Tidak ada sinyal. Isian Anda masih di halaman ini: kirim lagi begitu ada sinyal."]


def test_a_rating_waits_through_closing_and_is_counted_once(context: BrowserContext, page: Page, code: str) -> None:
    words = "Tanpa sinyal"
    rate_offline(context, page, code, words)
    expect(page.locator("input:checked")).to_have_count(0)
    page.close()
    page = context.new_page()
    page.goto(f"/survei/{code}")
    expect(waiting(page)).to_contain_text("belum sampai ke kantor")
    context.set_offline(False)
    expect(waiting(page)).to_contain_text(ARRIVED)
    (rating,) = ratings(words)
    assert (rating.source, rating.point_code, rating.service_code) == ("web", code, "ktp")
    page.reload()
    assert len(ratings(words)) == 1
    assert words not in page.evaluate(REMAINS)


def test_two_on_one_kept_page_are_two_people(context: BrowserContext, page: Page, code: str) -> None:
    for words in ("Orang kesatu", "Orang kedua"):
        rate_offline(context, page, code, words)
    expect(waiting(page).locator(".box")).to_have_count(2)
    context.set_offline(False)
    expect(waiting(page)).to_contain_text(ARRIVED)
    expect(waiting(page).get_by_text(WAITS)).to_have_count(0)
    assert [len(ratings(words)) for words in ("Orang kesatu", "Orang kedua")] == [1, 1]


def test_two_tabs_send_a_rating_once(context: BrowserContext, page: Page, code: str) -> None:
    words = "Dua jendela"
    rate_offline(context, page, code, words)
    other = context.new_page()
    other.goto(f"/survei/{code}")
    expect(waiting(other)).to_contain_text(WAITS)
    context.set_offline(False)
    for tab in (page, other):
        expect(waiting(tab).get_by_text(WAITS)).to_have_count(0)
    assert len(ratings(words)) == 1


def test_signal_that_comes_back_while_a_kept_page_is_filled_in_needs_no_second_tap(
    context: BrowserContext, page: Page, code: str
) -> None:
    words = "Sinyal kembali"
    context.set_offline(True)
    page.goto(f"/survei/{code}")
    fill(page, words)
    context.set_offline(False)
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(ratings(words)) == 1


def test_a_server_that_is_away_while_the_form_is_sent_loses_nothing(page: Page, code: str, server: Server) -> None:
    words = "Server sedang mati"
    page.goto(f"/survei/{code}")
    fill(page, words)
    server.kill()
    page.clock.install()
    send(page)
    expect(waiting(page)).to_contain_text(WAITS)
    stand_still(page)
    server.start()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(waiting(page)).to_contain_text(ARRIVED)
    assert len(ratings(words)) == 1


def test_an_answer_that_got_lost_does_not_count_twice(context: BrowserContext, page: Page, code: str) -> None:
    """The rating is in, but the phone never heard so: as after a broken line it goes once more, under its number."""
    words = "Jawaban hilang"
    page.goto(f"/survei/{code}")
    number = page.locator("input[name=submission_id]").input_value()
    fill(page, words)
    made = """async (number) => {
        const form = new FormData(document.querySelector("main form"));
        await Antrean.put(Nilai.made(form, new URL(location.href)));
        return number;
    }"""
    page.evaluate(made, number)
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    expect(waiting(page)).to_contain_text(ARRIVED)
    assert [str(rating.submission_id) for rating in ratings(words)] == [number]


REFUSALS: list[tuple[int, dict[str, Any], str]] = [
    (409, {"title": "Penilaian dengan nomor ini sudah kami terima dengan isi yang lain."}, "dengan isi yang lain"),
    (
        422,
        {"title": "Keliru.", "errors": {"point": ["Titik ini tidak menerima penilaian."]}},
        "tidak menerima penilaian",
    ),
]


@pytest.mark.parametrize(("status", "told", "shown"), REFUSALS, ids=["409", "422"])
def test_what_was_refused_is_told_and_can_be_sent_anew(
    context: BrowserContext, page: Page, code: str, status: int, told: dict[str, Any], shown: str
) -> None:
    words = f"Ditolak {status}"
    rate_offline(context, page, code, words)

    def refuse(route: Route) -> None:
        route.fulfill(status=status, json=told)

    context.route("**/api/v1/ratings", refuse)
    context.set_offline(False)
    expect(waiting(page)).to_contain_text(shown)
    assert faults(page) == []
    page.goto(f"/survei/{code}")
    page.get_by_role("button", name="Buka isian").click()
    expect(page.locator("textarea[name=suggestion]")).to_have_value(words)
    expect(page.locator("input:checked")).to_have_count(9)
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(ratings(words)) == 1
    until(page, "Boolean(window.Antrean)")
    assert words not in page.evaluate("Antrean.all().then(JSON.stringify)")


def test_what_waits_can_be_taken_off_the_phone(context: BrowserContext, page: Page, code: str) -> None:
    rate_offline(context, page, code, "Tidak jadi")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Hapus dari HP ini").click()
    expect(waiting(page).get_by_text(WAITS)).to_have_count(0)
    context.set_offline(False)
    page.goto(f"/survei/{code}")
    assert ratings("Tidak jadi") == []


def test_a_full_phone_says_so_and_the_page_holds_the_answers(context: BrowserContext, page: Page, code: str) -> None:
    words = 'HP penuh "sekali" & <b>lambat</b>'
    page.goto(f"/survei/{code}")
    fill(page, words)
    (worker,) = context.service_workers
    worker.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error('full'); }; }")
    context.set_offline(True)
    send(page)
    expect(page.get_by_text("HP ini tidak dapat menyimpan")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="Kirim lagi").click()
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(ratings(words)) == 1


def test_where_no_service_worker_may_be_the_form_goes_the_ordinary_way(
    browser: Browser, server: Server, code: str
) -> None:
    context = browser.new_context(base_url=server.url, viewport=PHONE, service_workers="block")
    page = context.new_page()
    for _turn in range(2):
        page.goto(f"/survei/{code}")
        fill(page, "Jendela pribadi")
        send(page)
        expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    context.close()
    assert len(ratings("Jendela pribadi")) == 2


def test_a_page_with_somebodys_own_code_or_choice_is_not_kept(page: Page, code: str) -> None:
    page.goto(f"/survei/{code}?service=kk")
    page.goto(f"/survei/{code}?bahasa=id")
    page.wait_for_timeout(300)
    kept = page.evaluate("caches.open('warga-1').then((c) => c.keys()).then((k) => k.map((each) => each.url))")
    assert sorted(url.partition("/survei/")[2] for url in kept if "/survei/" in url) == [code, f"{code}?bahasa=id"]


def test_the_form_is_kept_in_the_language_it_was_read_in(context: BrowserContext, page: Page, code: str) -> None:
    page.goto(f"/survei/{code}?bahasa=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.set_offline(True)
    page.goto(f"/survei/{code}?bahasa=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(waiting(page)).to_contain_text("There is no signal")
    page.goto(f"/survei/{code}")
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_a_visits_code_waits_with_its_rating(context: BrowserContext, page: Page, house: Flask, code: str) -> None:
    words = "Dengan kode kunjungan"
    visit, text = given_visits.issued(house, now=now())
    page.goto(f"/k/{text}")
    answer(page, 4)
    page.locator("textarea[name=suggestion]").fill(words)
    context.set_offline(True)
    send(page)
    expect(page.get_by_role("heading", name="Tersimpan di HP ini")).to_be_visible()
    page.goto(f"/survei/{code}")
    expect(waiting(page)).to_contain_text(WAITS)
    context.set_offline(False)
    expect(waiting(page)).to_contain_text(ARRIVED)
    (rating,) = ratings(words)
    assert (rating.visit, rating.service_code, rating.point_code) == ("code", visit.service_code, None)
