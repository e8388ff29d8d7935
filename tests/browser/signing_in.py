"""Signing in as a person does."""

import re

from playwright.sync_api import Page

from tests import make


def sign_in(page: Page, email: str) -> None:
    """Through the sign-in page, to the inbox, or to the room of who looks after a regency."""
    page.goto("/masuk")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("form:has([name=password]) [type=submit]").click()
    page.locator("input[name=code]").fill(make.code(email))
    page.locator("form:has([name=code]) [type=submit]").click()
    page.wait_for_url(re.compile("/(petugas|kabupaten/)"))
