"""Settling with photos on a phone: one form, with and without JavaScript, nothing typed or chosen twice."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from complaints.pictures import proofs
from core.clock import now
from tests import make
from tests.browser.signing_in import sign_in
from tests.browser.test_accessible import faults
from tests.complaints import cases, drawn
from tests.complaints.pictures.test_proofs import waiting

Kept = Callable[[int], Path]
SEEDS = count(31)


def fresh() -> int:
    """The number of a scene that no other test has used: they share one house."""
    return next(SEEDS)


@pytest.fixture
def photo(tmp_path: Path) -> Kept:
    """A photo file of the scene with this number, edited a little."""

    def kept(seed: int) -> Path:
        path = tmp_path / f"bukti{seed}.jpg"
        path.write_bytes(drawn.jpeg(drawn.cropped(drawn.scene(seed))))
        return path

    return kept


def handled() -> str:
    moment = now() - timedelta(hours=2)
    number = cases.case(now=moment)
    for step in ("verify", "start"):
        cases.act(number, step, now=moment)
    return number


def settled_with(house: Flask, seed: int) -> str:
    number = handled()
    proofs.add(
        data_dir=house.config["SETTINGS"].data_dir, office_id=make.OFFICE, number=number, version=3, role="officer",
        actor_id=cases.officer(), source=drawn.jpeg(drawn.scene(seed)), now=now(),
    )  # fmt: skip
    cases.act(number, "settle", record_number="", now=now())
    return number


def unfold(page: Page, number: str) -> Locator:
    """The settling's form on the case's page."""
    page.goto(f"/petugas/laporan/{number}")
    form = page.locator("form[aria-label='Selesaikan']")
    page.locator("details", has=form).locator("summary").first.click()
    form.locator("[name=action]").fill("Lapak dipindahkan")
    form.locator("[name=answer]").fill("Trotoar sudah bersih.")
    return form


def test_a_new_photo_settles_at_once(any_phone: Page, house: Flask, photo: Kept) -> None:
    number, officer = handled(), make.staff("officer")
    sign_in(any_phone, officer)
    form = unfold(any_phone, number)
    form.locator("[name=photos]").set_input_files(photo(fresh()))
    form.get_by_label("Perlihatkan foto bukti").check()
    form.get_by_role("button", name="Selesaikan").click()
    expect(any_phone.get_by_role("status").filter(has_text="Selesaikan")).to_be_visible()
    assert cases.report(number).status == "settled"


def test_a_used_photo_asks_for_a_reason_and_nothing_else_again(any_phone: Page, house: Flask, photo: Kept) -> None:
    seed = fresh()
    first, number = settled_with(house, seed), handled()
    sign_in(any_phone, make.staff("officer"))
    form = unfold(any_phone, number)
    form.locator("[name=photos]").set_input_files(photo(seed))
    form.get_by_role("button", name="Selesaikan").click()
    expect(form.get_by_text(f"sangat mirip dengan bukti lain: {first}")).to_be_visible()
    expect(form.locator("[name=answer]")).to_have_value("Trotoar sudah bersih.")
    assert len(waiting(number)) == 1
    compared = form.locator(".pair img").last
    compared.scroll_into_view_if_needed()
    any_phone.wait_for_load_state("networkidle")
    assert compared.evaluate("image => image.complete && image.naturalWidth > 0")
    form.get_by_label("Penjelasan Anda").fill("Lapak yang sama, difoto ulang.")
    form.get_by_role("button", name="Selesaikan").click()
    expect(any_phone.get_by_role("status").filter(has_text="Selesaikan")).to_be_visible()
    sign_out_and_oversee(any_phone)
    expect(any_phone.get_by_text("Lapak yang sama, difoto ulang.").first).to_be_visible()


def test_a_wrong_photo_is_taken_away_and_the_form_keeps_what_was_typed(
    any_phone: Page, house: Flask, photo: Kept
) -> None:
    seed = fresh()
    settled_with(house, seed)
    number = handled()
    sign_in(any_phone, make.staff("officer"))
    form = unfold(any_phone, number)
    form.locator("[name=photos]").set_input_files(photo(seed))
    form.get_by_role("button", name="Selesaikan").click()
    form.get_by_text("Salah foto? Lepaskan").click()
    form.get_by_role("button", name="Lepas foto bukti 1").click()
    expect(any_phone.get_by_text("Foto bukti sudah dilepas dan dihapus.")).to_be_visible()
    expect(form.locator("[name=answer]")).to_have_value("Trotoar sudah bersih.")
    assert (len(waiting(number)), cases.report(number).status) == (0, "in_progress")
    form.locator("[name=photos]").set_input_files(photo(fresh()))
    form.get_by_role("button", name="Selesaikan").click()
    expect(any_phone.get_by_role("status").filter(has_text="Selesaikan")).to_be_visible()


def test_the_enter_key_settles_and_takes_no_photo_away(any_phone: Page, house: Flask, photo: Kept) -> None:
    number = handled()
    sign_in(any_phone, make.staff("officer"))
    form = unfold(any_phone, number)
    form.locator("[name=answer]").fill("")
    form.locator("[name=photos]").set_input_files(photo(fresh()))
    form.get_by_role("button", name="Selesaikan").click()
    expect(any_phone.get_by_role("alert")).to_be_visible()
    form.locator("[name=answer]").fill("Trotoar sudah bersih.")
    form.locator("[name=record_number]").press("Enter")
    expect(any_phone.get_by_role("status").filter(has_text="Selesaikan")).to_be_visible()
    assert cases.report(number).status == "settled"


def sign_out_and_oversee(page: Page) -> None:
    page.get_by_role("button", name="Keluar").click()
    sign_in(page, make.staff("section_head"))
    page.get_by_role("link", name="Temuan").click()


def test_without_proof_the_form_says_what_to_add(any_phone: Page, house: Flask) -> None:
    number = handled()
    sign_in(any_phone, make.staff("officer"))
    form = unfold(any_phone, number)
    form.get_by_role("button", name="Selesaikan").click()
    expect(any_phone.get_by_role("alert")).to_contain_text("Lampirkan foto bukti, atau tulis nomor berita acara")
    form.locator("[name=record_number]").fill("BA-17/2026")
    form.get_by_role("button", name="Selesaikan").click()
    expect(any_phone.get_by_role("status").filter(has_text="Selesaikan")).to_be_visible()
    expect(any_phone.get_by_text("BA-17/2026")).to_be_visible()


def test_what_officers_and_overseers_see_of_a_doubtful_photo_is_for_everybody(
    phone: Page, house: Flask, photo: Kept
) -> None:
    seed = fresh()
    settled_with(house, seed)
    sign_in(phone, make.staff("officer"))
    form = unfold(phone, handled())
    form.locator("[name=photos]").set_input_files(photo(seed))
    form.get_by_role("button", name="Selesaikan").click()
    expect(form.get_by_label("Penjelasan Anda")).to_be_visible()
    form.get_by_text("Salah foto? Lepaskan").click()
    found = faults(phone)
    sign_out_and_oversee(phone)
    found += faults(phone)
    phone.get_by_role("link", name="Rantai catatan").click()
    phone.get_by_label("Segel dari ringkasan").fill("12:abc")
    phone.get_by_role("button", name="Periksa seluruh rantai").click()
    expect(phone.get_by_role("alert")).to_contain_text("Tulis segel")
    found += faults(phone)
    phone.get_by_label("Segel dari ringkasan").fill(f"1:{'a' * 64}")
    phone.get_by_role("button", name="Periksa seluruh rantai").click()
    expect(phone.get_by_text("Segel tercetak itu tidak ada di rantai")).to_be_visible()
    assert [*found, *faults(phone)] == []
