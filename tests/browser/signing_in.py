"""Signing in as a person does."""

from playwright.sync_api import Page

from tests import make


def sign_in(page: Page, email: str) -> None:
    """Through the sign-in page, to the inbox."""
    page.goto("/masuk")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("form:has([name=password]) [type=submit]").click()
    page.wait_for_url("**/petugas*")
