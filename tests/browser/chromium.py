"""Where Chromium is, and how it is started."""

import shutil

from playwright.sync_api import ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome")
# So that it runs as root in a container, and asks nothing of the network by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE: ViewportSize = {"width": 360, "height": 640}


def installed() -> str | None:
    """The system's Chromium; None means the one that playwright brought."""
    return next(filter(None, map(shutil.which, NAMES)), None)
