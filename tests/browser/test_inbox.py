"""An officer finds reports and moves many of them, on a phone."""

from decimal import Decimal

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.clock import now
from tests import make
from tests.browser.signing_in import sign_in
from tests.complaints import cases, submitting


@pytest.fixture
def rubbish(house: Flask) -> list[str]:
    """Two reports of rubbish, after one of noise."""
    submitting.send(now=now())
    words = f"Pembuangan sampah {make.word()}"
    return [submitting.send(now=now(), category="sampah-ternak", description=words).number for _n in range(2)]


def test_filtering_and_moving_many(any_phone: Page, rubbish: list[str]) -> None:
    sign_in(any_phone, make.staff("officer"))
    any_phone.get_by_label("Cari kata atau nomor").fill("membuang sampah")
    any_phone.get_by_role("button", name="Tampilkan").click()
    any_phone.get_by_text("Saring menurut keadaan").click()
    any_phone.get_by_label("Jenis").select_option("sampah-ternak")
    any_phone.get_by_role("button", name="Saring", exact=True).click()
    for number in rubbish:
        any_phone.get_by_label(f"Pilih {number}").check()
    form = any_phone.locator("#pilihan")
    form.locator("summary", has_text="Keluarkan dari hitungan").click()
    form.get_by_role("button", name="Keluarkan dari hitungan").click()
    expect(any_phone.get_by_role("alert")).to_contain_text("Tulis alasannya")
    expect(any_phone.get_by_label(f"Pilih {rubbish[0]}")).to_be_checked()
    form.get_by_label("Uji coba atau bukan laporan").check()
    form.locator("[name=reason]").fill("Hanya mencoba")
    form.get_by_role("button", name="Keluarkan dari hitungan").click()
    expect(any_phone.get_by_role("status").filter(has_text="2 laporan")).to_be_visible()
    assert {cases.report(number).status for number in rubbish} == {"excluded"}
    assert "jenis=sampah-ternak" in any_phone.url


def test_a_view_is_kept_and_opened(any_phone: Page, rubbish: list[str]) -> None:
    sign_in(any_phone, make.staff("officer"))
    any_phone.goto("/petugas?jenis=sampah-ternak")
    any_phone.get_by_text("Simpan saringan ini").click()
    any_phone.get_by_label("Nama tampilan").fill("Sampah")
    any_phone.get_by_role("button", name="Simpan", exact=True).click()
    any_phone.goto("/petugas")
    any_phone.get_by_role("link", name="Sampah", exact=True).click()
    expect(any_phone.get_by_role("link", name=rubbish[0])).to_be_visible()
    expect(any_phone.get_by_label("Jenis")).to_have_value("sampah-ternak")


def test_all_are_ticked_at_once(phone: Page, rubbish: list[str]) -> None:
    sign_in(phone, make.staff("officer"))
    phone.get_by_role("button", name="Centang semua").click()
    expect(phone.get_by_label(f"Pilih {rubbish[0]}")).to_be_checked()
    expect(phone.locator("#tercentang")).to_contain_text("laporan dicentang")


def test_a_new_report_is_told(phone: Page, house: Flask) -> None:
    phone.clock.install()
    sign_in(phone, make.staff("officer"))
    expect(phone.locator("#baru")).to_be_hidden()
    phone.get_by_role("button", name="Bunyikan bila ada laporan mendesak").click()
    expect(phone.get_by_role("button", name="Matikan bunyi")).to_be_visible()
    submitting.send(now=now(), category="tawuran")
    phone.clock.fast_forward(31_000)
    expect(phone.locator("#baru")).to_contain_text("1 laporan baru, ada yang mendesak. Muat ulang")
    phone.locator("#baru a").click()
    expect(phone.locator("#baru")).to_be_hidden()


def test_the_map_shows_the_list(phone: Page, house: Flask) -> None:
    number = cases.case(now=now(), lat=Decimal("-8.25"), lng=Decimal("113.75"))
    sign_in(phone, make.staff("officer"))
    phone.get_by_role("link", name="Lihat di peta").click()
    expect(phone.locator(".leaflet-marker-icon")).to_have_count(1)
    expect(phone.get_by_role("link", name=number)).to_be_visible()
