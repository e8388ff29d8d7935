"""The survey in every language as a phone shows it: small, whole, large enough, and open to everybody."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, Request, expect

from core.db import db
from offices.models import Point
from survey.first_words import FIRST_WORDS
from survey.master import OFFICIAL_QUESTIONS
from tests.browser.test_accessible import faults
from tests.browser.test_rating import KEYS, focused, press
from tests.survey import spoken

MOST_BYTES = 8 * 1024
CODES = ("id", *spoken.CODES)
SMALLEST_TARGET = 48  # px
# What one taps, with its size; a radio's label is its target, and the skip link has no size before it is reached.
TARGETS = """() => [...document.querySelectorAll("a:not(.skip), button, select, textarea, label.pick")]
    .map(each => [each, each.getBoundingClientRect()])
    .map(([each, box]) => [each.textContent.trim().slice(0, 40), box.width, box.height])"""
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture(scope="module")
def point(house: Flask) -> str:
    """A point at which one can rate and report, where all languages are on."""
    spoken.all_on()
    return db.session.scalars(sa.select(Point.code).filter_by(purpose="both", service_code=None)).one()


def form(point: str, code: str) -> str:
    return f"/survei/{point}?bahasa={code}"


def send(page: Page) -> None:
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.locator("main form [type=submit]").last.click()


def fill_in(page: Page, answer: int) -> None:
    for key in KEYS:
        page.locator(f"input[name={key}][value='{answer}']").check()
    page.locator("select[name=service]").select_option("ktp")


def met(page: Page, house: Flask, point: str, code: str, look: Callable[[str], None]) -> None:
    """Look at every page that a rating leads to, in one language."""
    page.goto(form(point, code))
    look("form")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    look("faulty form")
    fill_in(page, 1)
    send(page)
    page.wait_for_url("**/terima-kasih**")
    look("thanks")
    page.goto(f"/survei/MBS-000000?bahasa={code}")
    look("unknown point")
    page.goto(f"{spoken.handled(house)}?bahasa={code}")
    look("handling of a report")
    page.goto(f"/k/?bahasa={code}")
    look("code asked for")
    page.goto(f"/survei/{point}/kios?bahasa={code}")
    look("kiosk")


@pytest.mark.parametrize("code", CODES)
def test_no_page_shuts_people_out(phone: Page, house: Flask, point: str, code: str) -> None:
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(f"{name}: {fault}" for fault in faults(phone))
        sizes = phone.evaluate(TARGETS)
        found.extend(f"{name}: {target}" for target in sizes if min(target[1:]) < SMALLEST_TARGET)

    met(phone, house, point, code, look)
    assert not found, "\n".join(found)


def test_a_first_visit_costs_one_small_request(phone: Page, point: str) -> None:
    """What a second one costs is little matter: the phone has it."""
    asked: list[Request] = []
    phone.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 (a built-in can't be marked)
    for code in CODES:
        phone.goto(form(point, code), wait_until="networkidle")
    assert [request.url.rpartition("/survei/")[2] for request in asked] == [f"{point}?bahasa={code}" for code in CODES]
    sizes = {code: request.sizes()["responseBodySize"] for code, request in zip(CODES, asked, strict=True)}
    assert all(0 < size <= MOST_BYTES for size in sizes.values()), sizes


@pytest.mark.parametrize("code", CODES)
def test_a_screen_reader_meets_every_question_with_its_answers(phone: Page, point: str, code: str) -> None:
    questions = {question.key: (question.text, question.labels) for question in OFFICIAL_QUESTIONS}
    phone.goto(form(point, code))
    for key, (text, labels) in (FIRST_WORDS.get(code) or questions).items():
        group = phone.get_by_role("group", name=text)
        answers = [group.get_by_role("radio", name=label, exact=True).get_attribute("value") for label in labels]
        assert answers == ["1", "2", "3", "4"], key
    for name in ("service", "sex", "age_band", "education", "occupation", "suggestion"):
        assert phone.locator(f"[name={name}]").evaluate("field => field.labels.length") == 1, name


def test_nothing_is_cut_off_on_a_small_phone_or_in_large_letters(phone: Page, house: Flask, point: str) -> None:
    """320 px wide; 360 px at a zoom of 200 %; 320 px with letters twice as large."""
    wide: list[str] = []
    for width, letters in ((320, "100%"), (180, "100%"), (320, "200%")):
        phone.set_viewport_size({"width": width, "height": 640})

        def look(name: str, width: int = width, letters: str = letters) -> None:
            phone.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
            if phone.evaluate(TOO_WIDE):
                wide.append(f"{name} at {width} px, {letters}")

        met(phone, house, point, "mad", look)
    assert wide == []


@pytest.mark.parametrize("look", ["dark", "forced"])
def test_colours_of_ones_own_hide_nothing(phone: Page, point: str, look: str) -> None:
    phone.emulate_media(**({"color_scheme": "dark"} if look == "dark" else {"forced_colors": "active"}))  # type: ignore[arg-type]
    phone.goto(form(point, "jv"))
    fill_in(phone, 3)
    assert faults(phone) == []
    lines = "pick => getComputedStyle(pick).border + getComputedStyle(pick).boxShadow"
    chosen, other = (phone.locator("label.pick").nth(place).evaluate(lines) for place in (2, 3))
    assert chosen != other
    send(phone)
    expect(phone.locator("h1")).to_have_text("Matur nuwun")


def test_the_keyboard_alone_is_enough_in_another_language(phone: Page, point: str) -> None:
    phone.goto(f"/survei/{point}")
    while phone.evaluate("document.activeElement.hreflang") != "en":
        press(phone, "Tab")
    press(phone, "Enter")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    for _step in range(60):
        press(phone, "Tab")
        if focused(phone) == "BUTTON":
            break
        if focused(phone) in {*KEYS, "service"}:
            press(phone, *([" "] if focused(phone) in KEYS else []), "ArrowDown")
    press(phone, "Enter")
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
