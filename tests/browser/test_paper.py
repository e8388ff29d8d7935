"""Paper forms typed by somebody with a pile beside the keyboard: few keys, nothing lost, the same without a script."""

from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from survey.elements import OFFICIAL_ORDER
from survey.entry.paper_terms import Given
from tests import make
from tests.browser.signing_in import sign_in
from tests.survey.entry import papers
from tests.survey.entry.papers import reading

MOST_KEYS = 15  # for a form without a suggestion
ROWS = ("3333333332341", "4444444441111", "123412341-1-7", "2222222222222", "4321432141666")


@pytest.fixture
def officer(house: Flask) -> str:
    return make.staff("officer")


def opened(page: Page, officer: str, pile: UUID, turn: int = 1) -> None:
    """The next form of a pile, ready for the first key."""
    sign_in(page, officer)
    page.goto(f"/petugas/survei/kertas/{pile}/isi/{turn}")
    expect(page.locator(".isian.kini")).to_have_count(1)


def typed(page: Page, keys: str, *, number: int) -> int:
    """One form by its keys and Enter, until it is told that it is kept; how many keys that took."""
    for key in (*keys, "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#keadaan")).to_contain_text(f"No. {number} tersimpan")
    return len(keys) + 1


def test_five_forms_by_few_keys(phone: Page, officer: str) -> None:
    pile = papers.pile()
    opened(phone, officer, pile)
    keys = [typed(phone, row, number=number) for number, row in enumerate(ROWS, 1)]
    assert keys == [14] * 5
    assert max(keys) <= MOST_KEYS
    kept = [sheet.first for sheet in papers.sheets(pile)]
    assert kept[0] == reading(3, sex="female", age_band="30s", education="diploma", occupation="pns-tni-polri")
    assert [given.texts["sex"] for given in kept if given] == ["female", "male", "", "female", "male"]
    expect(phone.locator("#nomor")).to_have_text("6")


def test_a_mixed_pile_takes_one_key_more(phone: Page, officer: str) -> None:
    pile = papers.pile(service_code=None)
    opened(phone, officer, pile)
    assert typed(phone, f"b{ROWS[0]}", number=1) <= MOST_KEYS
    (sheet,) = papers.sheets(pile)
    assert sheet.first
    assert sheet.first.texts["service"] == "kk"


def test_a_slip_is_mended_on_the_way_and_a_suggestion_written(phone: Page, officer: str) -> None:
    pile = papers.pile()
    opened(phone, officer, pile)
    for key in (*"33", "0", *"43333333", *"1111"):
        phone.keyboard.press(key)
    expect(phone.locator("[name=suggestion]")).to_be_focused()
    phone.keyboard.type("Antre 0 menit")
    typed(phone, "", number=1)
    (sheet,) = papers.sheets(pile)
    told = reading(3, sex="male", age_band="under20", education="sd", occupation="pns-tni-polri", prosedur="4")
    assert sheet.first == Given(is_incomplete=False, texts={**told.texts, "suggestion": "Antre 0 menit"})


def test_what_is_missing_is_named_or_marked(phone: Page, officer: str) -> None:
    pile = papers.pile()
    opened(phone, officer, pile)
    for key in (*"33333333", "Enter"):
        phone.keyboard.press(key)
    expect(phone.locator("#keadaan")).to_contain_text("Belum diisi: 9 Sarana dan Prasarana")
    typed(phone, "*", number=1)
    (sheet,) = papers.sheets(pile)
    assert sheet.first
    assert sheet.first.is_incomplete


def test_without_a_connection_it_waits_and_is_kept_once(phone: Page, officer: str) -> None:
    pile = papers.pile()
    opened(phone, officer, pile)
    phone.context.set_offline(True)
    for key in (*ROWS[0], "Enter"):
        phone.keyboard.press(key)
    expect(phone.locator("#keadaan")).to_contain_text("Belum tersimpan: tidak ada hubungan")
    assert papers.sheets(pile) == []
    phone.context.set_offline(False)
    expect(phone.locator("#keadaan")).to_contain_text("No. 1 tersimpan")
    assert len(papers.sheets(pile)) == 1


def test_after_reloading_one_is_where_one_was(phone: Page, officer: str) -> None:
    pile = papers.pile()
    opened(phone, officer, pile)
    typed(phone, ROWS[0], number=1)
    for key in "123":
        phone.keyboard.press(key)
    phone.reload()
    expect(phone.locator("#nomor")).to_have_text("2")
    expect(phone.locator(".isian.kini")).to_contain_text("Biaya/Tarif")
    expect(phone.locator("[name=waktu]:checked")).to_have_value("3")
    typed(phone, "4" * 10, number=2)


def test_after_signing_out_nothing_typed_is_lost(phone: Page, officer: str) -> None:
    pile = papers.pile()
    opened(phone, officer, pile)
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    for key in (*ROWS[0], "Enter"):
        phone.keyboard.press(key)
    expect(phone.locator("#keadaan")).to_contain_text("perlu masuk lagi")
    phone.context.add_cookies(cookies)  # type: ignore[arg-type]  # what comes out goes in
    typed(phone, "", number=1)


def test_two_people_at_the_same_pile_lose_nothing(phone: Page, officer: str) -> None:
    pile = papers.pile()
    opened(phone, officer, pile)
    papers.entered(pile, 1, reading(1))
    for key in (*ROWS[0], "Enter"):
        phone.keyboard.press(key)
    expect(phone.locator("#keadaan")).to_contain_text("ia menjadi No. 2")
    typed(phone, "", number=2)
    assert [given.texts["waktu"] for sheet in papers.sheets(pile) if (given := sheet.first)] == ["1", "3"]


def test_entered_twice_compared_and_counted(any_phone: Page, officer: str) -> None:
    pile = papers.pile()
    papers.entered(pile, 1, reading(3))
    papers.finished(pile)
    sign_in(any_phone, officer)
    any_phone.goto(f"/petugas/survei/kertas/{pile}")
    any_phone.get_by_role("link", name="Lanjutkan masukan kedua").click()
    for key in OFFICIAL_ORDER:
        any_phone.locator(f"#{key} label").nth(2).click()
    any_phone.locator("#waktu label").nth(3).click()
    any_phone.get_by_role("button", name="Simpan").click()
    any_phone.get_by_role("link", name="Lihat kertas, putuskan").click()
    any_phone.locator("#waktu label").nth(3).click()
    any_phone.get_by_role("button", name="Simpan keputusan").click()
    any_phone.get_by_role("button", name="Masukkan ke hitungan").click()
    expect(any_phone.get_by_text("1 penilaian masuk hitungan", exact=True)).to_be_visible()
    (sheet,) = papers.sheets(pile)
    assert sheet.final(twice=True) == reading(3, waktu="4")
