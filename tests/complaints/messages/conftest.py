"""Receivers for the tests of what is told outside."""

from collections.abc import Iterator

import pytest
from flask import Flask

from core import outgoing
from tests.receivers import MailBox, WebBox, mail_box

LOOSE = outgoing.Limits(schemes=frozenset({"http"}), private=True)


@pytest.fixture
def box(any_app: Flask) -> Iterator[MailBox]:
    """A mail server that takes everything."""
    found = mail_box()
    settings = any_app.config["SETTINGS"]
    any_app.config["SETTINGS"] = type(settings)(**vars(settings) | {"smtp_url": found.url})
    with found.open():
        yield found


@pytest.fixture
def web(any_app: Flask) -> Iterator[WebBox]:
    """A push service and a receiver of webhooks."""
    any_app.config["OUTGOING"] = LOOSE
    found = WebBox()
    with found.open():
        yield found
