"""A resident reports disorder and follows the report, with JavaScript and without."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from complaints.models import Complaint, Contact
from core.db import db
from offices.models import Point
from tests.complaints.asking import ask
from tests.server import Server

RECEIPT = re.compile(r"MBS-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]")


@pytest.fixture
def poster(house: Flask) -> Point:
    """A poster at a village hall: its desa is filled in."""
    chosen = sa.select(Point).filter_by(purpose="report").order_by(Point.name)
    return db.session.scalars(chosen).all()[0]


def newest() -> Complaint:
    db.session.rollback()
    return db.session.scalars(sa.select(Complaint).order_by(Complaint.recorded_at.desc()).limit(1)).one()


def count() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Complaint)) or 0


def fill(page: Page, category: str = "kebisingan", words: str = "Sound horeg sampai pagi") -> None:
    page.locator("select[name=category]").select_option(category)
    page.locator("textarea[name=description]").fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim laporan").click()


def receipt(page: Page) -> str:
    code = page.locator(".code").inner_text().strip()
    assert RECEIPT.fullmatch(code)
    return code


def test_scan_report_and_follow(any_phone: Page, poster: Point) -> None:
    any_phone.goto(f"/t/{poster.code}")
    expect(any_phone.locator("select[name=village]")).to_have_value(poster.village_code or "")
    fill(any_phone)
    send(any_phone)
    code = receipt(any_phone)
    number = newest().number
    expect(any_phone.get_by_text(number).first).to_be_visible()
    any_phone.goto("/lacak")
    any_phone.locator("input[name=receipt]").fill(code.lower().replace("-", " ").replace("0", "o"))
    any_phone.get_by_role("button", name="Lihat laporan").click()
    expect(any_phone.get_by_role("heading", name=number)).to_be_visible()
    expect(any_phone.get_by_text("Laporan Anda sudah kami terima.")).to_be_visible()
    assert newest().point_code == poster.code


def test_a_report_needs_no_name(any_phone: Page, poster: Point) -> None:
    any_phone.goto(f"/lapor/{poster.code}")
    fill(any_phone)
    send(any_phone)
    receipt(any_phone)
    assert db.session.get(Contact, (newest().office_id, newest().id)) is None


def test_what_is_danger_shows_the_phone_numbers_first(any_phone: Page, poster: Point) -> None:
    any_phone.goto(f"/lapor/{poster.code}")
    fill(any_phone, category="tawuran", words="Dua kelompok berkelahi")
    expect(any_phone.locator("a[href='tel:110']").first).to_be_visible()
    send(any_phone)
    first = any_phone.get_by_text("belum terkirim")
    expect(first.or_(any_phone.locator(".code")).first).to_be_visible()
    if first.count():
        any_phone.get_by_role("button", name="Tetap kirim").click()
    receipt(any_phone)
    assert newest().category_code == "tawuran"


def test_an_impatient_double_tap_is_one_report(any_phone: Page, poster: Point) -> None:
    before = count()
    any_phone.goto(f"/lapor/{poster.code}")
    fill(any_phone)
    any_phone.get_by_role("button", name="Kirim laporan").dblclick()
    receipt(any_phone)
    assert count() == before + 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(any_phone: Page, house: Flask) -> None:
    any_phone.goto("/lapor")
    any_phone.evaluate("document.querySelector('main form').noValidate = true")
    any_phone.locator("textarea[name=description]").fill("Warung miras dekat sekolah")
    send(any_phone)
    expect(any_phone.get_by_role("alert")).to_contain_text("Pilih jenis gangguannya")
    expect(any_phone.locator("textarea[name=description]")).to_have_value("Warung miras dekat sekolah")


def test_the_phone_may_say_where(phone: Page, server: Server, house: Flask) -> None:
    phone.context.grant_permissions(["geolocation"], origin=server.url)
    phone.context.set_geolocation({"latitude": -8.2612345, "longitude": 113.7412345})
    phone.goto("/lapor")
    fill(phone)
    phone.get_by_role("button", name="Pakai posisi").click()
    expect(phone.get_by_text("Posisi tercatat")).to_be_visible()
    send(phone)
    receipt(phone)
    assert (str(newest().lat), str(newest().lng)) == ("-8.261235", "113.741235")


def test_what_the_office_would_like_to_know_is_said_of_that_kind_alone(phone: Page, house: Flask) -> None:
    ask("kebisingan", "Jam berapa?\nDari mana?")
    phone.goto("/lapor")
    fill(phone)
    expect(phone.locator("#sebutkan")).to_contain_text("Sebutkan juga:")
    expect(phone.locator("#sebutkan li")).to_have_text(["Jam berapa?", "Dari mana?"])
    phone.locator("select[name=category]").select_option("jalan")
    expect(phone.locator("#sebutkan")).to_be_empty()


def test_an_unknown_receipt_is_told_kindly(any_phone: Page, house: Flask) -> None:
    any_phone.goto("/lacak")
    any_phone.locator("input[name=receipt]").fill("MBS-00000-00000-1")
    any_phone.get_by_role("button", name="Lihat laporan").click()
    expect(any_phone.get_by_text("tidak kami temukan")).to_be_visible()
    expect(any_phone.locator("input[name=receipt]")).to_have_value("MBS-00000-00000-1")
