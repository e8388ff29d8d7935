"""Waits for something that only a script can tell, and holds a page still."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

EVERY_MS, TIMES = 100, 150
AHEAD = timedelta(seconds=0.5)  # its clock can't be stopped at a moment that has passed


def until(page: Page, script: str) -> None:
    """Until the script says true. The browser may not do the waiting: the page's policy forbids scripts of text."""
    for _time in range(TIMES):
        if page.evaluate(script):
            return
        page.wait_for_timeout(EVERY_MS)
    raise AssertionError(f"never true: {script}")


def stand_still(page: Page) -> None:
    """The page's timers, whose clock was installed before, run no more: what happens now is pressed by somebody."""
    page.clock.pause_at(datetime.now(UTC) + AHEAD)
