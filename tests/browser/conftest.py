"""A real Chromium at the size of a cheap phone, with and without JavaScript, before a real server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import make
from tests.browser.chromium import ARGUMENTS, PHONE, installed
from tests.server import Server
from wsgi import create_app

PATIENCE_MS = 15_000
POLICY = "Content Security Policy"
expect.set_options(timeout=PATIENCE_MS)  # on a busy machine five seconds, its own, are not enough


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, seeded_sqlite: Path) -> Iterator[Server]:
    """The product as `make run` starts it, over a seeded database of this test file's own."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(seeded_sqlite, folder / "sukma.db")
    started = Server(folder).start()
    yield started
    started.kill()  # how it ends in peace is told elsewhere, and takes seconds


@pytest.fixture(scope="module")
def house(server: Server) -> Iterator[Flask]:
    """The server's data seen from inside: the same database and keys."""
    app = create_app({"DATA_DIR": str(server.data_dir), "BASE_URL": server.url}, TESTING=True)
    with app.app_context():
        yield app
        for engine in make.engines():
            engine.dispose()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A phone whose service worker does its work."""
    opened = browser.new_context(
        base_url=server.url, viewport=PHONE, locale="id-ID", is_mobile=True, has_touch=True, timezone_id="Asia/Jakarta"
    )
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


def _phone(browser: Browser, server: Server, *, script: bool) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        base_url=server.url,
        viewport=PHONE,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        is_mobile=True,
        has_touch=True,
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda said: faults.append(f"{page.url}: {said.text}") if POLICY in said.text else None)
    yield page
    context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    """A phone with JavaScript."""
    yield from _phone(browser, server, script=True)


@pytest.fixture(params=["with script", "without script"])
def any_phone(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """The same test on a phone with JavaScript and on one without."""
    yield from _phone(browser, server, script=request.param == "with script")
