"""The desk gives a visitor a code, counts who came, and helps to fill in: in a real browser."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from core.db import db
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from tests import make
from tests.browser.signing_in import sign_in

KEYS = [key.value for key in OFFICIAL_ORDER]
VISITS = "/petugas/survei/kunjungan"


@pytest.fixture
def officer(any_phone: Page, house: Flask) -> Page:
    sign_in(any_phone, make.staff("officer"))
    return any_phone


def newest() -> Rating:
    db.session.rollback()
    return db.session.scalars(sa.select(Rating).order_by(Rating.recorded_at.desc())).all()[0]


def test_from_the_desks_button_to_a_verified_rating(officer: Page) -> None:
    officer.goto(VISITS)
    officer.get_by_role("button", name=re.compile("KTP elektronik")).click()
    code = officer.locator(".code").inner_text()
    expect(officer.get_by_role("img", name=re.compile(code))).to_be_visible()
    officer.goto(f"/k/?kode={code.lower()}")
    expect(officer.get_by_text("KTP elektronik")).to_be_visible()
    for key in KEYS:
        officer.locator(f"input[name={key}][value='4']").check()
    officer.get_by_role("button", name="Kirim penilaian").click()
    expect(officer.get_by_role("heading", name="Terima kasih")).to_be_visible()
    rating = newest()
    assert (rating.visit, rating.service_code) == ("code", "ktp")
    assert rating.fill_s is not None
    officer.goto(f"/k/{code}")
    expect(officer.get_by_role("heading", name="Kode ini sudah dipakai")).to_be_visible()
    expect(officer.get_by_role("link", name="Nilai tanpa kode")).to_be_visible()


def test_a_days_visits_are_entered(phone: Page, house: Flask) -> None:
    sign_in(phone, make.staff("officer"))
    phone.goto(VISITS)
    phone.locator("[name=visits-kk]").fill("14")
    phone.get_by_role("button", name="Simpan kunjungan").click()
    expect(phone.get_by_role("status")).to_have_text("Kunjungan dicatat.")
    expect(phone.locator("[name=visits-kk]")).to_have_value("14")
    expect(phone.get_by_role("row", name=re.compile("14"))).to_be_visible()


def test_four_keys_are_enough_to_enter_what_a_visitor_says(phone: Page, house: Flask) -> None:
    sign_in(phone, make.staff("officer"))
    phone.goto("/petugas/survei/isi")
    phone.locator("select[name=service]").select_option("kk")
    phone.locator("h1").click()
    for answer in "123412341":
        phone.keyboard.press(answer)
    assert phone.evaluate("document.activeElement.name") == "sex"
    phone.locator("textarea[name=suggestion]").fill("Nomor 1234 lama")
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_role("status")).to_contain_text("Formulir kosong siap")
    rating = newest()
    assert [getattr(rating, key) for key in KEYS] == [1, 2, 3, 4, 1, 2, 3, 4, 1]
    assert (rating.source, rating.suggestion) == ("assisted", "Nomor 1234 lama")
    expect(phone.locator("input:checked")).to_have_count(0)


def test_a_visitor_helped_without_script_counts_too(officer: Page) -> None:
    officer.goto("/petugas/survei/isi")
    officer.locator("select[name=service]").select_option("skck")
    for key in KEYS:
        officer.locator(f"input[name={key}][value='2']").check()
    officer.get_by_role("button", name="Simpan").click()
    expect(officer.get_by_role("status")).to_contain_text("Formulir kosong siap")
    assert (newest().source, newest().service_code) == ("assisted", "skck")
