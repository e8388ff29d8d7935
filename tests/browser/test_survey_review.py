"""The head looks doubtful ratings over, and plans what is to be done, on a phone."""

from datetime import timedelta

from flask import Flask
from playwright.sync_api import Page, expect

from core.calendar import Month
from core.clock import now
from indicators import nightly
from tests import make
from tests.browser.signing_in import sign_in


def test_doubtful_ratings_are_excluded_with_a_reason(phone: Page, house: Flask) -> None:
    moment = now()
    for n in range(3):
        make.rating(answer=3, waktu=1 + n, fill_s=4, service="waris", now=moment)
    sign_in(phone, make.staff("head"))
    phone.goto(f"/petugas/survei/tinjauan?bulan={Month.of(moment)}&tanda=cepat")
    phone.get_by_role("button", name="Centang semua").click()
    expect(phone.locator("#tercentang")).to_contain_text("penilaian dicentang")
    phone.get_by_label("Alasan").fill("Uji coba kios")
    phone.get_by_role("button", name="Keluarkan dari indeks").click()
    expect(phone.get_by_role("status").filter(has_text="dikeluarkan dari indeks")).to_be_visible()
    phone.get_by_role("link", name="Dikeluarkan (").click()
    expect(phone.get_by_text("Uji coba kios").first).to_be_visible()


def test_the_lowest_element_becomes_a_plan(phone: Page, house: Flask) -> None:
    moment = now() - timedelta(days=1)
    month = Month.of(moment)
    for _turn in range(4):
        make.rating(answer=4, sarana=1, now=moment)
    nightly.run_now(now, nightly.recount_marked)
    sign_in(phone, make.staff("head"))
    phone.goto(f"/petugas/survei/tindak-lanjut?periode={month}")
    phone.get_by_role("link", name="Buat rencana U9").click()
    phone.get_by_label("Kegiatan").fill("Menambah kursi ruang tunggu")
    phone.get_by_role("button", name="Simpan rencana").click()
    expect(phone.get_by_role("alert")).to_contain_text("Penanggung jawab")
    phone.get_by_label("Penanggung jawab").fill("Sekcam")
    phone.get_by_role("button", name="Simpan rencana").click()
    expect(phone.get_by_text("Menambah kursi ruang tunggu")).to_be_visible()
    phone.get_by_role("link", name="U9 Sarana").click()
    phone.get_by_text("Kemajuan dan hasil").click()
    phone.get_by_label("Keadaan").select_option("doing")
    phone.get_by_role("button", name="Simpan kemajuan").click()
    expect(phone.get_by_text("Sedang dikerjakan").first).to_be_visible()
