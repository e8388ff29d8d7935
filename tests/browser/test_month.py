"""The monthly page on a phone, without a script, on paper: whole everywhere, and open to everybody."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from core.calendar import Month
from core.clock import now
from core.db import db, reader
from indicators import nightly
from offices import boundaries, outlines
from offices import queries as offices
from tests import make
from tests.browser.signing_in import sign_in
from tests.browser.test_accessible import faults
from tests.complaints import cases

KINDS = ("jalan", "kebisingan", "asusila-miras-judi", "tawuran", "odgj-anjal", "bangunan-reklame", "sampah-ternak")
CORNERS = "[[[{0},-8.2],[{1},-8.2],[{1},-8.3],[{0},-8.3],[{0},-8.2]]]"


@pytest.fixture(scope="module")
def month(house: Flask) -> str:
    """The last month that has ended, with every service rated and every desa heard."""
    ended = Month.of(now()).previous()
    middle = ended.range[0] + timedelta(days=14, hours=3)
    for service in offices.services(reader(), make.OFFICE):
        for answer in (2, 3, 4):
            make.rating(answer=answer, service=service.code, suggestion="Antre lama", now=middle)
    villages = offices.villages(reader(), make.OFFICE)
    for number, kind in enumerate(KINDS):
        _report(kind, villages[number].code, middle)
    shapes = [_square(number, village.name) for number, village in enumerate(villages)]
    collection = f'{{"type":"FeatureCollection","features":[{",".join(shapes)}]}}'
    boundaries.put(office_id=make.OFFICE, found=outlines.read(collection.encode()), by="tests", now=now())
    nightly.run_now(now, nightly.recount_all)
    db.session.rollback()
    return f"/ringkasan/{ended}"


def _report(kind: str, village: str, at: datetime) -> None:
    settled = cases.case(now=at, category_code=kind, village_code=village)
    officer = cases.officer()
    for hours, step in enumerate(("verify", "start", "settle"), 1):
        cases.act(settled, step, actor=officer, now=at + timedelta(hours=hours))
    cases.case(now=at, category_code=kind, village_code=village)


def _square(number: int, name: str) -> str:
    corners = CORNERS.format(113.7 + number / 100, 113.71 + number / 100)
    return (
        f'{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Polygon","coordinates":{corners}}}}}'
    )


def test_the_full_page_shuts_nobody_out(phone: Page, month: str) -> None:
    sign_in(phone, make.staff("secretary"))
    found = []
    for path in (month, f"{month}?jangka=tahun", f"{month}/penyelesaian/lewat-tenggat", "/ringkasan/banding"):
        phone.goto(path)
        found += faults(phone)
    assert not found, "\n".join(found)


def test_it_prints_on_two_sheets(phone: Page, month: str) -> None:
    sign_in(phone, make.staff("secretary"))
    for path in (month, f"{month}?jangka=tahun"):
        phone.goto(path)
        made = phone.pdf(prefer_css_page_size=True)
        printed = PdfReader(BytesIO(made))
        assert len(printed.pages) == 2
        assert "Menurut petugas" in printed.pages[1].extract_text()


def test_the_message_is_there_to_be_copied(any_phone: Page, month: str) -> None:
    sign_in(any_phone, make.staff("secretary"))
    any_phone.goto(month)
    expect(any_phone.get_by_label("Salin untuk WhatsApp")).to_have_value(re.compile("Kecamatan Mumbulsari"))
    link = any_phone.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href")
    assert link is not None
    assert link.startswith("https://wa.me/?text=%2AKecamatan")


def test_the_button_copies_it(phone: Page, month: str) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(phone, make.staff("secretary"))
    phone.goto(month)
    phone.get_by_role("button", name="Salin").click()
    expect(phone.get_by_role("button", name="Tersalin")).to_be_visible()
    assert "Indeks Kepuasan Masyarakat" in phone.evaluate("navigator.clipboard.readText()")
