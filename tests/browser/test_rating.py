"""A resident rates a service from a scanned code: with JavaScript, without it, and by keyboard alone."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from core.db import db
from offices.models import Point
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating

KEYS = [key.value for key in OFFICIAL_ORDER]


@pytest.fixture
def code(house: Flask) -> str:
    """A point at which one can rate and report; the rater says which service it was."""
    return db.session.scalars(sa.select(Point.code).filter_by(purpose="both", service_code=None)).one()


def ratings() -> list[Rating]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Rating).order_by(Rating.recorded_at)))


def answer(page: Page, value: int) -> None:
    for key in KEYS:
        page.locator(f"input[name={key}][value='{value}']").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim penilaian").click()


def test_scan_rate_and_be_thanked(any_phone: Page, code: str) -> None:
    before = len(ratings())
    any_phone.goto(f"/t/{code}")
    any_phone.locator(f"a[href='/survei/{code}']").click()
    answer(any_phone, 3)
    any_phone.locator("select[name=service]").select_option("ktp")
    any_phone.locator("select[name=sex]").select_option(index=1)
    any_phone.locator("textarea[name=suggestion]").fill("Kursi tunggu ditambah")
    send(any_phone)
    expect(any_phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    *earlier, newest = ratings()
    assert len(earlier) == before
    assert ([getattr(newest, key) for key in KEYS], newest.service_code) == ([3] * 9, "ktp")
    assert newest.suggestion == "Kursi tunggu ditambah"


def test_the_next_person_on_the_same_phone_is_another_person(any_phone: Page, code: str) -> None:
    before = len(ratings())
    any_phone.goto(f"/survei/{code}")
    for value in (4, 4):
        answer(any_phone, value)
        any_phone.locator("select[name=service]").select_option("kk")
        send(any_phone)
        any_phone.get_by_role("link", name="Isi lagi").click()
        expect(any_phone.locator(f"input[name={KEYS[0]}]:checked")).to_have_count(0)
    assert len(ratings()) == before + 2


def test_an_impatient_double_tap_is_one_rating(any_phone: Page, code: str) -> None:
    before = len(ratings())
    any_phone.goto(f"/survei/{code}")
    answer(any_phone, 2)
    any_phone.locator("select[name=service]").select_option("kk")
    any_phone.get_by_role("button", name="Kirim penilaian").dblclick()
    expect(any_phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(ratings()) == before + 1


def test_going_back_shows_an_empty_form(any_phone: Page, code: str) -> None:
    any_phone.goto(f"/survei/{code}")
    answer(any_phone, 2)
    any_phone.locator("select[name=service]").select_option("kk")
    send(any_phone)
    expect(any_phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    any_phone.go_back()
    expect(any_phone.locator("input:checked")).to_have_count(0)


def test_what_is_missing_is_said_and_what_was_chosen_is_kept(any_phone: Page, code: str) -> None:
    any_phone.goto(f"/survei/{code}")
    any_phone.evaluate("document.querySelector('main form').noValidate = true")
    any_phone.locator(f"input[name={KEYS[0]}][value='3']").check()
    any_phone.locator("textarea[name=suggestion]").fill("Tetap ada")
    send(any_phone)
    summary = any_phone.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(9)  # eight answers and the service
    expect(any_phone.locator(f"input[name={KEYS[0]}][value='3']")).to_be_checked()
    expect(any_phone.locator("textarea[name=suggestion]")).to_have_value("Tetap ada")
    summary.get_by_role("link").last.click()
    expect(any_phone).to_have_url(re.compile("#"))


def test_the_keyboard_alone_is_enough(phone: Page, code: str) -> None:
    before = len(ratings())
    phone.goto(f"/survei/{code}")
    reached = []
    while focused(phone) != "BUTTON":
        name = focused(phone)
        reached.append(name)
        if name in KEYS:
            press(phone, " ", "ArrowDown", "ArrowDown")
        elif name == "service":
            press(phone, "ArrowDown")
        press(phone, "Tab")
        assert len(reached) < 60, reached
    press(phone, "Enter")
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    newest = ratings()[-1]
    assert [name for name in reached if name in KEYS] == KEYS
    assert len(ratings()) == before + 1
    assert [getattr(newest, key) for key in KEYS] == [3] * 9


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """The name of the field that has the keyboard, or the kind of thing that has it."""
    found: str = page.evaluate("document.activeElement.name || document.activeElement.tagName")
    return found


def test_the_faces_are_only_decoration(phone: Page, code: str) -> None:
    phone.goto(f"/survei/{code}")
    words = phone.locator("fieldset label").all_inner_texts()
    assert len(words) == 36
    assert all(text.strip() for text in words)
    expect(phone.locator("fieldset svg:not([aria-hidden=true])")).to_have_count(0)


def test_every_target_is_large_enough_for_a_thumb(phone: Page, code: str) -> None:
    phone.goto(f"/survei/{code}")
    heights = phone.evaluate(
        "[...document.querySelectorAll('main label.pick, main select, main textarea, main button')]"
        ".map(target => target.getBoundingClientRect().height)"
    )
    assert min(heights) >= 48
