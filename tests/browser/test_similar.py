"""Similar reports on the form itself: joined with photos, declined, and joined from the queue."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect

from complaints.case_models import Joiner, Photo
from complaints.models import Complaint
from complaints.reporting.intake import Keys
from complaints.reporting.suspicion import QUICKEST
from core import clock
from core.db import db
from tests.browser.test_accessible import faults
from tests.browser.test_reporting import fill, newest, receipt, send
from tests.complaints import submitting

SUCO = "35.09.23.2005"
LIST, STEP = "Mungkin sudah dilaporkan", "Apakah ini sama?"


@pytest.fixture(autouse=True)
def neighbour(house: Flask) -> str:
    """Somebody's report of a river in Suco; its number."""
    db.session.rollback()
    keys, yesterday = Keys(house.config["RECEIPT_KEY"], house.config["IDENTITY_KEY"]), clock.now() - timedelta(days=1)
    sent = submitting.send(category="sungai", village=SUCO, description="Sungai tersumbat", keys=keys, now=yesterday)
    return sent.number


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "sungai.jpg"
    Image.effect_noise((400, 300), 60).convert("RGB").save(file)
    return file


def count(model: type[Complaint | Joiner | Photo]) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def joined() -> Joiner:
    db.session.rollback()
    return db.session.scalars(sa.select(Joiner).order_by(Joiner.joined_at.desc()).limit(1)).one()


def river(page: Page, words: str = "Airnya meluap") -> None:
    """The form filled in, its list there."""
    page.goto("/lapor")
    fill(page, "sungai", words)
    page.locator("select[name=village]").select_option(SUCO)
    expect(page.get_by_role("heading", name=LIST)).to_be_visible()
    page.wait_for_timeout(QUICKEST.total_seconds() * 1000)  # who is quicker than people joins nobody


def test_joining_from_the_form_takes_the_photos_along(phone: Page, picture: Path) -> None:
    reports, joiners, photos = count(Complaint), count(Joiner), count(Photo)
    river(phone)
    expect(phone.locator("#mirip li").first).to_contain_text("Desa Suco")
    phone.locator("input[type=file]").set_input_files(picture)
    phone.get_by_role("button", name="Ikut melapor").first.click()
    receipt(phone)
    expect(phone.get_by_text("Anda sudah ikut melapor")).to_be_visible()
    expect(phone.get_by_text("1 foto sudah sampai ke kantor.")).to_be_visible()
    assert (count(Complaint), count(Joiner), count(Photo)) == (reports, joiners + 1, photos + 1)
    photo = db.session.scalars(sa.select(Photo).order_by(Photo.id.desc()).limit(1)).one()
    assert (photo.complaint_id, photo.joiner_id) == (joined().complaint_id, joined().id)


def test_who_says_that_it_is_another_is_not_asked_again(phone: Page) -> None:
    reports, joiners = count(Complaint), count(Joiner)
    river(phone)
    phone.get_by_role("button", name="Bukan yang sama").click()
    expect(phone.get_by_role("heading", name=LIST)).to_have_count(0)
    expect(phone.locator("#mirip")).to_be_focused()
    send(phone)
    receipt(phone)
    assert (count(Complaint), count(Joiner)) == (reports + 1, joiners)


def test_who_saw_the_list_and_sends_is_not_asked_again(phone: Page) -> None:
    reports = count(Complaint)
    river(phone)
    send(phone)
    receipt(phone)
    assert count(Complaint) == reports + 1


def test_another_place_takes_the_list_away(phone: Page) -> None:
    river(phone)
    phone.locator("select[name=village]").select_option("tidak-tahu")
    expect(phone.get_by_role("heading", name=LIST)).to_have_count(0)
    expect(phone.locator("input[name=similar_seen]")).to_have_value("")


def test_kinds_that_are_not_for_all_are_never_asked_about(phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/lapor")
    fill(phone, "kebisingan")
    phone.locator("select[name=village]").select_option(SUCO)
    phone.wait_for_timeout(1000)
    assert not [url for url in asked if "similar" in url]


def test_what_is_missing_is_said_before_joining(phone: Page) -> None:
    joiners = count(Joiner)
    river(phone, words="")
    phone.get_by_role("button", name="Ikut melapor").first.click()
    expect(phone.locator("textarea[name=description]")).to_be_focused()
    expect(phone.locator("input[name=join]")).to_have_value("")
    assert count(Joiner) == joiners


def test_the_list_is_for_everybody(phone: Page) -> None:
    river(phone)
    assert faults(phone) == []


def test_joining_waits_for_signal_with_its_photo(phone: Page, picture: Path) -> None:
    reports, joiners = count(Complaint), count(Joiner)
    river(phone, "Tanpa sinyal, ikut")
    phone.locator("input[type=file]").set_input_files(picture)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Ikut melapor").first.click()
    expect(phone.locator("#antrean")).to_contain_text("Tersimpan di HP ini")
    expect(phone.locator("input[name=join]")).to_have_value("")
    phone.context.set_offline(False)
    expect(phone.locator("#antrean")).to_contain_text("1 foto sudah sampai ke kantor.")
    assert (count(Complaint), count(Joiner)) == (reports, joiners + 1)


def test_a_list_grown_old_in_the_queue_costs_nobody_the_report(phone: Page) -> None:
    joiners = count(Joiner)
    river(phone, "Lama tanpa sinyal")
    phone.evaluate("""document.getElementById("lapor").addEventListener("submit",
        (event) => { event.target.elements.join.value = "kedaluwarsa" }, true)""")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Ikut melapor").first.click()
    expect(phone.locator("#antrean")).to_contain_text("Tersimpan di HP ini")
    phone.context.set_offline(False)
    expect(phone.locator("#antrean")).to_contain_text("Terkirim")
    assert (newest().description, count(Joiner)) == ("Lama tanpa sinyal", joiners)


def test_the_queue_offers_no_way_past_the_question(phone: Page) -> None:
    phone.route("**/complaints/similar*", lambda route: route.abort())
    phone.goto("/lapor")
    fill(phone, "sungai", "Sedang ditanya")
    phone.locator("select[name=village]").select_option(SUCO)
    send(phone)
    expect(phone.get_by_role("heading", name=STEP)).to_be_visible()
    phone.wait_for_timeout(500)
    expect(phone.locator("#antrean")).to_be_hidden()
    phone.goto("/lacak")
    phone.goto("/lapor")
    expect(phone.locator("#antrean")).to_contain_text("Belum selesai dikirim")


def test_the_queue_offers_no_way_past_the_phone_numbers(phone: Page) -> None:
    phone.goto("/lapor")
    fill(phone, "tawuran", "Dua kelompok")
    phone.locator("select[name=village]").select_option(SUCO)
    phone.locator("input[name=urgent_seen]").evaluate("(field) => { field.value = '' }")
    send(phone)
    expect(phone.get_by_role("button", name="Tetap kirim laporan")).to_be_visible()
    phone.wait_for_timeout(500)
    expect(phone.locator("#antrean")).to_be_hidden()


def test_a_small_phone_at_twice_the_size_scrolls_one_way(phone: Page, picture: Path) -> None:
    phone.set_viewport_size({"width": 180, "height": 320})
    river(phone)
    phone.locator("input[type=file]").set_input_files(picture)
    expect(phone.locator("ul.foto li")).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
