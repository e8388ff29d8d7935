"""Waits for something that only a script can tell."""

from playwright.sync_api import Page

EVERY_MS, TIMES = 100, 150


def until(page: Page, script: str) -> None:
    """Until the script says true. The browser may not do the waiting: the page's policy forbids scripts of text."""
    for _time in range(TIMES):
        if page.evaluate(script):
            return
        page.wait_for_timeout(EVERY_MS)
    raise AssertionError(f"never true: {script}")
