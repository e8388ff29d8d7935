"""Passkeys in a real browser with a made-up fingerprint reader, and the app's code without JavaScript."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests import make
from tests.browser.chromium import PHONE
from tests.browser.test_accessible import faults
from tests.server import Server

READER = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Phone:
    """A phone that reads fingers, at the name by which browsers keep passkeys."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable")
        self._reader = self._cdp.send("WebAuthn.addVirtualAuthenticator", {"options": READER})["authenticatorId"]

    def goto(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).click()

    def send(self, words: str) -> None:
        """Press, and see the page that answers: a press alone does not wait for it."""
        with self.page.expect_navigation():
            self.press(words)

    def leave(self) -> None:
        """Come back later, with nothing but the passkey."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.goto("/masuk")

    def type_password(self, email: str) -> None:
        self.goto("/masuk")
        self.page.locator("[name=email]").fill(email)
        self.page.locator("[name=password]").fill(make.PASSWORD)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Masuk", exact=True).click()

    def let_pass(self, *, finger: bool) -> None:
        """Whether the reader knows the finger."""
        self._cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self._reader, "isUserVerified": finger})


@pytest.fixture
def reader(browser: Browser, server: Server) -> Iterator[Phone]:
    context = browser.new_context(viewport=PHONE, locale="id-ID")
    yield Phone(context.new_page(), f"http://localhost:{urlsplit(server.url).port}")
    context.close()


def has_passkey(reader: Phone, email: str) -> None:
    """From the first sign-in to the account page, by passkey alone."""
    reader.type_password(email)
    assert not faults(reader.page)
    reader.page.get_by_role("link", name="Pasang kunci sandi").click()
    reader.page.get_by_label("Nama kunci ini").fill("HP saya")
    reader.press("Pasang di perangkat ini")
    reader.send("Buat dan tampilkan kode")
    assert not faults(reader.page)
    reader.page.get_by_role("link", name="Sudah saya simpan").click()
    reader.goto("/akun")
    expect(reader.page.get_by_role("heading", name="HP saya")).to_be_visible()


def test_a_passkey_opens_the_desk_alone_after_the_password_and_once_more(house: Flask, reader: Phone) -> None:
    email = make.staff(factor=False)
    has_passkey(reader, email)
    reader.goto("/masuk/pastikan?next=/akun/aplikasi")
    reader.press("Pakai kunci sandi")
    reader.page.wait_for_url("**/akun/aplikasi")
    reader.leave()
    reader.press("Masuk dengan kunci sandi")
    reader.page.wait_for_url("**/petugas")
    reader.leave()
    reader.type_password(email)
    assert not faults(reader.page)
    reader.press("Lanjutkan")
    reader.page.wait_for_url("**/petugas")


def test_a_found_phone_opens_nothing(house: Flask, reader: Phone) -> None:
    has_passkey(reader, make.staff(factor=False))
    reader.leave()
    reader.let_pass(finger=False)
    reader.press("Masuk dengan kunci sandi")
    reader.page.get_by_text("Belum berhasil.").wait_for()
    reader.goto("/petugas")
    expect(reader.page).to_have_url(re.compile("/masuk"))


def test_an_app_is_set_up_without_javascript(house: Flask, any_phone: Page) -> None:
    email = make.staff(factor=False)
    any_phone.goto("/masuk")
    any_phone.locator("[name=email]").fill(email)
    any_phone.locator("[name=password]").fill(make.PASSWORD)
    any_phone.get_by_role("button", name="Masuk", exact=True).click()
    any_phone.get_by_role("link", name="Pasang aplikasi kode").click()
    uri = any_phone.locator("a[href^=otpauth]").get_attribute("href")
    key = any_phone.locator(".key").inner_text().replace(" ", "")
    app = TOTP.from_uri(uri)
    assert key == app.base32_key
    any_phone.get_by_label("Kode enam angka").fill(str(app.generate().token))
    any_phone.get_by_role("button", name="Simpan").click()
    any_phone.get_by_role("button", name="Buat dan tampilkan kode").click()
    expect(any_phone.locator(".recovery code")).to_have_count(10)
    any_phone.get_by_role("link", name="Sudah saya simpan").click()
    any_phone.wait_for_url(re.compile("/petugas$"))
