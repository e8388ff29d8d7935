"""(d) What each public page costs a phone: bytes, requests, and the time to the first paint on a slow line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Browser, CDPSession, sync_playwright

from core import clock
from core.calendar import Month
from core.db import db
from offices.models import Point
from tests.bench.house import house
from tests.bench.printing import heading, line
from tests.browser.chromium import ARGUMENTS, PHONE, installed
from tests.server import Server

PATHS = ("/", "/t/{point}", "/survei/{point}", "/lapor", "/lacak", "/hasil", "/hasil/{month}", "/privasi")
LATENCY_MS = 400
BYTES_A_SECOND = 400_000 // 8
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass
class Cost:
    """What went over the line."""

    sent: float = 0
    requests: list[str] = field(default_factory=list)


def run(folder: Path) -> None:
    """Print each page's cost."""
    with house(folder):
        chosen = sa.select(Point.code).filter_by(purpose="both", service_code=None)
        point = db.session.scalars(chosen).one()
    month = Month.of(clock.now()).previous()
    heading(f"(d) Public pages at {LATENCY_MS} ms and 400 kbit/s (bytes as sent, with headers)")
    line("", "bytes", "requests", "first paint")
    server = Server(folder).start()
    try:
        with chromium() as browser:
            for path in (
                "/",
                f"/t/{point}",
                f"/survei/{point}",
                "/lapor",
                "/lacak",
                "/hasil",
                f"/hasil/{month}",
                "/privasi",
            ):
                _print(browser, server.url, path.format(point=point, month=month))
    finally:
        server.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that has seen nothing yet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS)
        yield browser
        browser.close()


def _print(browser: Browser, url: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    cost = Cost()
    _slow(context.new_cdp_session(page), cost)
    page.goto(url + path, wait_until="networkidle")
    paint = page.evaluate(FIRST_PAINT)
    context.close()
    line(path, f"{cost.sent:,.0f}", str(len(cost.requests)), f"{paint / 1000:.2f} s")


def _slow(session: CDPSession, cost: Cost) -> None:
    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            cost.requests.append(event["request"]["url"])

    def finished(event: dict[str, Any]) -> None:
        cost.sent += event["encodedDataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
