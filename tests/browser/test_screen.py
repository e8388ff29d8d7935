"""The screen in the waiting room: all of it on one television, and still there without the network."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from core.clock import now
from indicators import nightly
from survey.review import plans
from survey.review.terms import Status
from tests import make
from tests.browser.test_accessible import faults
from tests.server import Server
from tests.survey.review import planning

SIZES = ((1920, 1080), (1280, 720))
LONG = "Mulai bulan ini loket dibuka sampai pukul empat sore pada hari kerja, juga saat istirahat, dengan dua petugas"
CUT_OFF = """
[...document.querySelectorAll("main, section")]
  .filter(part => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
  .map(part => part.textContent.trim())
"""
ENOUGH_MS = 301_000


@pytest.fixture
def busy_month(house: Flask) -> None:
    """The largest figures there can be, and the longest sentences."""
    moment = now() - timedelta(days=40)
    later = moment + timedelta(hours=1)
    for _turn in range(12):
        make.rating(answer=4, now=moment)
    make.happened(make.complaint(now=moment), "settle", now=moment)
    nightly.run_now(now, nightly.recount_marked)
    for _turn in range(3):
        line, who = planning.added(now=moment), planning.SIGNED
        plans.mark(follow_up_id=line, seen=moment, status=Status.DOING, result="", done_on=None, now=later, **who)
        plans.publish(follow_up_id=line, seen=later, is_public=True, public_words=LONG, now=later, **who)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut_off_and_nothing_scrolls(
    browser: Browser, server: Server, busy_month: None, size: tuple[int, int]
) -> None:
    page = browser.new_page(base_url=server.url, viewport={"width": size[0], "height": size[1]})
    page.goto("/layar")
    assert "100,00" in page.inner_text("main")
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollHeight") == size[1]
    assert not faults(page)
    page.close()


def test_what_is_shown_stays_while_the_network_is_gone(browser: Browser, server: Server, busy_month: None) -> None:
    page = browser.new_page(base_url=server.url)
    page.clock.install()
    page.goto("/layar")
    page.evaluate("document.querySelector('h1').textContent = 'Tadi'")
    page.context.set_offline(True)
    page.clock.run_for(ENOUGH_MS)
    page.wait_for_timeout(200)
    assert page.inner_text("h1") == "Tadi"
    page.context.set_offline(False)
    page.clock.run_for(ENOUGH_MS)
    page.locator("h1", has_text="Kecamatan Mumbulsari").wait_for()
    page.close()
