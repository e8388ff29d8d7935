"""Nothing on any page shuts people out: axe finds no fault at phone size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from offices.roles import Role
from tests import make
from tests.browser.places import Place, furnish, places
from tests.browser.signing_in import sign_in
from tests.survey import given

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
# Only the violations in full: writing up the thousands of elements that pass takes five times as long as finding them.
RULES = """
axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"], preload: false,
}).then((found) => found.violations)
"""


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, and whether it is wider than the phone."""
    page.wait_for_load_state()  # after a press the words may be there before their style
    page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluated, not loaded: our policy lets no foreign script in
    found: list[dict[str, Any]] = page.evaluate(RULES)
    said = [
        f"{page.url}: {fault['id']}: {node['failureSummary']} {node['html']}"
        for fault in found
        for node in fault["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*said, f"{page.url}: wider than the phone"] if wide else said


@pytest.fixture(scope="module")
def all_places(house: Flask) -> list[Place]:
    return places(house, furnish(house))


def visited(page: Page, wanted: list[Place]) -> Iterator[Page]:
    for place in wanted:
        kind = page.request.head(place.path).headers.get("content-type", "")
        if kind.startswith("text/html"):
            page.goto(place.path)
            yield page


def test_what_shuts_people_out_is_seen(phone: Page) -> None:
    phone.set_content("<html lang=id><title>x</title><main><h1>x</h1><img src=x><p style='color:#aaa'>pucat</main>")
    assert {fault.split(": ")[1] for fault in faults(phone)} == {"image-alt", "color-contrast"}


def test_pages_for_residents(phone: Page, all_places: list[Place]) -> None:
    wanted = [place for place in all_places if place.role is None]
    found = [fault for page in visited(phone, wanted) for fault in faults(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", Role)
def test_pages_for_staff(phone: Page, all_places: list[Place], role: Role) -> None:
    wanted = [place for place in all_places if place.role is role]
    if wanted:
        sign_in(phone, make.staff(role))
    found = [fault for page in visited(phone, wanted) for fault in faults(page)]
    assert not found, "\n".join(found)


def test_forms_that_complain(phone: Page, house: Flask) -> None:
    point = given.point(None, "both")
    found = []
    for path in (f"/survei/{point}", "/lapor", "/lacak", "/masuk"):
        phone.goto(path)
        phone.evaluate("document.querySelector('main form').noValidate = true")
        with phone.expect_navigation():  # the report form goes to the phone's queue first
            phone.locator("main form [type=submit]").first.click()
        found += faults(phone)
    assert not found, "\n".join(found)


def test_pages_that_are_not_there(phone: Page) -> None:
    found = []
    for path in ("/tidak-ada", "/t/MBS-000000", "/lacak/MBS-00000-00000-0"):
        phone.goto(path)
        found += faults(phone)
    assert not found, "\n".join(found)
