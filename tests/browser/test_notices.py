"""A phone asks to be told, is told, and opens the report from what it is shown."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from complaints.desk_models import PushSubscription
from complaints.messages import subscribing
from complaints.reporting import entrance
from core.db import db
from tests.browser.chromium import PHONE
from tests.browser.conftest import PATIENCE_MS
from tests.complaints.submitting import send
from tests.server import Server

# Chromium's own push service needs Google's servers: here the browser says what it would have got from them.
STUB = """
const keys = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};
const made = {
  endpoint: "https://fcm.googleapis.com/fcm/send/abc", toJSON() { return { endpoint: this.endpoint, keys }; },
};
let current = null;
PushManager.prototype.subscribe = async () => (current = made);
PushManager.prototype.getSubscription = async () => current;
"""
REMEMBERED = """async () => {
    for (let tries = 0; tries < 50; tries++) {
        if (await caches.match("/langganan")) return true;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}"""
# The service worker hears that its subscription was changed, from a browser that does not say to what.
MOVED = """async (can) => {
    const endpoint = "https://fcm.googleapis.com/fcm/send/moved";
    const keys = (await (await caches.match("/langganan")).json()).keys;
    PushManager.prototype.subscribe = async () => {
        if (!can) throw new DOMException("not allowed", "NotAllowedError");
        return { toJSON: () => ({ endpoint, keys }) };
    };
    const told = new Event("pushsubscriptionchange");
    let work;
    told.waitUntil = (begun) => { work = begun; };
    self.dispatchEvent(told);
    await work;
}"""
SHOWN = """async () => {
    const found = await navigator.serviceWorker.ready;
    for (let tries = 0; tries < 50; tries++) {
        const [one] = await found.getNotifications();
        if (one) return [one.title, one.body, one.tag, one.data];
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}"""


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A phone that allows notifications."""
    opened = browser.new_context(base_url=server.url, viewport=PHONE, locale="id-ID", permissions=["notifications"])
    opened.set_default_timeout(PATIENCE_MS)
    opened.add_init_script(STUB)
    yield opened
    opened.close()


@pytest.fixture
def tracked(context: BrowserContext, house: Flask) -> Page:
    """The page on which a report is followed."""
    page = context.new_page()
    page.goto(f"/lacak/{send(keys=entrance.kept_keys()).code}")
    return page


def phones() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(PushSubscription)) or 0


def endpoints() -> list[str]:
    db.session.rollback()
    keys = entrance.kept_keys()
    kept = [subscribing.opened(keys, row) for row in db.session.scalars(sa.select(PushSubscription))]
    return [one.subscription.endpoint for one in kept if one]


def test_a_phone_asks_to_be_told_and_no_longer(tracked: Page) -> None:
    tracked.get_by_role("button", name="Beri tahu saya di HP ini").click()
    expect(tracked.get_by_text("HP ini akan diberi tahu.")).to_be_visible()
    assert phones() == 1
    tracked.get_by_role("button", name="Jangan beri tahu lagi di HP ini").click()
    expect(tracked.get_by_text("HP ini tidak diberi tahu lagi.")).to_be_visible()
    assert phones() == 0


def test_a_phone_that_its_push_service_moved_is_told_on(tracked: Page, context: BrowserContext) -> None:
    tracked.get_by_role("button", name="Beri tahu saya di HP ini").click()
    expect(tracked.get_by_text("HP ini akan diberi tahu.")).to_be_visible()
    assert tracked.evaluate(REMEMBERED)
    context.service_workers[0].evaluate(MOVED, True)
    assert set(endpoints()) == {"https://fcm.googleapis.com/fcm/send/moved"}


def test_a_phone_that_cannot_be_moved_breaks_nothing(tracked: Page, context: BrowserContext) -> None:
    tracked.get_by_role("button", name="Beri tahu saya di HP ini").click()
    expect(tracked.get_by_text("HP ini akan diberi tahu.")).to_be_visible()
    assert tracked.evaluate(REMEMBERED)
    before = endpoints()
    context.service_workers[0].evaluate(MOVED, False)
    assert endpoints() == before
    tracked.get_by_role("button", name="Jangan beri tahu lagi di HP ini").click()
    expect(tracked.get_by_text("HP ini tidak diberi tahu lagi.")).to_be_visible()


def test_what_comes_is_shown(tracked: Page, context: BrowserContext, server: Server) -> None:
    tracked.evaluate("navigator.serviceWorker.register('/sw.js')")
    tracked.evaluate("navigator.serviceWorker.ready.then(() => true)")
    session = context.new_cdp_session(tracked)
    workers: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: workers.extend(
        one["registrationId"] for one in told["registrations"]
    ))  # fmt: skip
    session.send("ServiceWorker.enable")
    tracked.wait_for_timeout(200)
    words = '{"title": "Laporan TRB-2026-00001", "body": "Sudah kami periksa.", "url": "/lacak", "tag": "x"}'
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": server.url, "registrationId": workers[-1], "data": words},
    )
    assert tracked.evaluate(SHOWN) == ["Laporan TRB-2026-00001", "Sudah kami periksa.", "x", "/lacak"]


def test_without_a_script_the_button_is_not_there(browser: Browser, server: Server, house: Flask) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/lacak/{send(keys=entrance.kept_keys()).code}")
    expect(page.get_by_role("button", name="Beri tahu saya di HP ini")).to_be_hidden()
    context.close()
