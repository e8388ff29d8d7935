"""Photos from a phone: with the report and after it, made smaller, asked where they were taken, or refused."""

from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect

from complaints.case_models import Photo
from complaints.models import Complaint
from core import media
from core.db import db
from tests import make
from tests.browser.signing_in import sign_in
from tests.browser.test_reporting import fill, newest, receipt, send
from tests.browser.waiting import until
from tests.complaints import photo_suite as suite
from tests.server import Server

PHOTOS = "input[type=file][name=photos]"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files as they lie on a phone."""
    folder = tmp_path_factory.mktemp("pictures")
    files = {
        "besar.jpg": suite.jpeg(suite.scene(4000, 3000), exif=suite.exif(orientation=6)),
        "kecil.jpg": suite.laden(),
        "hp.heic": suite.heic(),
        "halaman.jpg": b"<!DOCTYPE html><script>alert(1)</script>",
    }
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return folder


def kept(complaint: Complaint) -> list[Photo]:
    db.session.rollback()
    chosen = sa.select(Photo).filter_by(complaint_id=complaint.id).order_by(Photo.id)
    return list(db.session.scalars(chosen))


def picture(server: Server, photo: Photo) -> Image.Image:
    raw = media.read(server.data_dir, photo.office_id, photo.id)
    assert raw
    assert [secret for secret in suite.SECRETS if secret in raw] == []
    return Image.open(BytesIO(raw))


def begun(page: Page) -> None:
    page.goto("/lapor")
    fill(page)
    page.locator("select[name=village]").select_option(index=1)


def wait_for(page: Page, complaint: Complaint, count: int) -> list[Photo]:
    for _ in range(100):
        if len(found := kept(complaint)) == count:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(kept(complaint))} photos instead of {count}")


def test_a_report_with_photos(any_phone: Page, server: Server, house: Flask, pictures: Path) -> None:
    begun(any_phone)
    any_phone.locator(PHOTOS).set_input_files([pictures / "besar.jpg", pictures / "hp.heic"])
    send(any_phone)
    receipt(any_phone)
    photos = wait_for(any_phone, newest(), 2)
    big = next(photo for photo in photos if photo.height == 2048)
    assert suite.corners(picture(server, big)) == ["blue", "red", "lime", "yellow"]
    assert {photo.event_id for photo in photos} == {None}


def test_a_photo_that_is_none_costs_nobody_the_report(any_phone: Page, house: Flask, pictures: Path) -> None:
    begun(any_phone)
    any_phone.locator(PHOTOS).set_input_files([pictures / "halaman.jpg", pictures / "kecil.jpg"])
    send(any_phone)
    receipt(any_phone)
    expect(any_phone.get_by_text("bukan foto yang dapat kami baca")).to_be_visible()
    wait_for(any_phone, newest(), 1)


def test_photos_can_be_added_later(any_phone: Page, house: Flask, pictures: Path) -> None:
    begun(any_phone)
    send(any_phone)
    code = receipt(any_phone)
    any_phone.goto(f"/lacak/{code}")
    any_phone.get_by_role("link", name="Tambah foto").click()
    any_phone.locator(PHOTOS).set_input_files([pictures / "kecil.jpg"])
    any_phone.get_by_role("button", name="Kirim foto").click()
    expect(any_phone.locator("img[alt='Foto 1 dari Anda']")).to_be_visible()
    assert len(kept(newest())) == 1


def test_the_phone_sends_little(phone: Page, house: Flask, pictures: Path) -> None:
    begun(phone)
    phone.locator(PHOTOS).set_input_files([pictures / "besar.jpg"])
    expect(phone.locator("ul.foto li")).to_have_count(1)
    sent = f"createImageBitmap(document.querySelector('{PHOTOS}').files[0])"
    until(phone, f"{sent}.then(b => b.width === 1536 && b.height === 2048)")


def test_a_chosen_photo_can_be_taken_back(phone: Page, house: Flask, pictures: Path) -> None:
    begun(phone)
    phone.locator(PHOTOS).set_input_files([pictures / "kecil.jpg", pictures / "besar.jpg"])
    phone.get_by_role("button", name="Hapus foto ini").first.click()
    expect(phone.locator("ul.foto li")).to_have_count(1)
    send(phone)
    receipt(phone)
    wait_for(phone, newest(), 1)


def test_more_than_three_are_said_to_be_too_many(phone: Page, house: Flask, pictures: Path) -> None:
    begun(phone)
    for name in ("kecil.jpg", "besar.jpg", "hp.heic", "halaman.jpg"):
        phone.locator(PHOTOS).set_input_files([pictures / name])
    expect(phone.get_by_text("Paling banyak 3 foto.")).to_be_visible()
    expect(phone.locator("ul.foto li")).to_have_count(3)


def test_the_photo_offers_where_and_when_it_was_taken(phone: Page, house: Flask, pictures: Path) -> None:
    begun(phone)
    phone.locator(PHOTOS).set_input_files([pictures / "kecil.jpg"])
    phone.get_by_role("button", name="Pakai lokasi dari foto").click()
    phone.get_by_role("button", name="Pakai waktu dari foto").click()
    expect(phone.locator("input[name=happened_at]")).to_have_value("2026-10-01T08:30")
    send(phone)
    receipt(phone)
    assert (str(newest().lat), str(newest().lng)) == ("-8.260000", "113.740000")
    photo = wait_for(phone, newest(), 1)[0]
    assert photo.taken_at is None


def test_a_photo_waits_for_signal_and_the_words_do_not(phone: Page, house: Flask, pictures: Path) -> None:
    phone.route("**/api/v1/complaints/*/photos", lambda route: route.abort())
    begun(phone)
    phone.locator(PHOTOS).set_input_files([pictures / "kecil.jpg"])
    send(phone)
    receipt(phone)
    expect(phone.get_by_text("Fotonya menunggu sinyal")).to_be_visible()
    complaint = newest()
    assert kept(complaint) == []
    phone.unroute("**/api/v1/complaints/*/photos")
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    wait_for(phone, complaint, 1)
    expect(phone.get_by_text("1 foto sudah sampai ke kantor.")).to_be_visible()


def test_staff_see_the_photos(phone: Page, server: Server, house: Flask, pictures: Path) -> None:
    begun(phone)
    phone.locator(PHOTOS).set_input_files([pictures / "kecil.jpg"])
    send(phone)
    receipt(phone)
    complaint = newest()
    wait_for(phone, complaint, 1)
    number = complaint.number
    sign_in(phone, make.staff("officer"))
    phone.goto(f"/petugas/laporan/{number}")
    expect(phone.locator("img[alt='Foto warga 1']")).to_be_visible()
