"""Signed links: what one room hands to another by way of the visitor's browser, as data that nobody can change."""

from enum import StrEnum
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer


class Purpose(StrEnum):
    """What a link is for; one made for another purpose does not open it."""

    RATING = "rating"
    THANKS = "thanks"
    CALENDAR = "calendar"


def sign(key: str, purpose: Purpose, data: dict[str, Any]) -> str:
    """The data as a text that fits into an address. Anybody can read it, only the key's holder can make it."""
    return str(_serializer(key, purpose).dumps(data))


def read(key: str, purpose: Purpose, text: str) -> dict[str, Any] | None:
    """The data; None when the text was changed, or made with another key or for another purpose."""
    try:
        data = _serializer(key, purpose).loads(text)
    except BadSignature:
        return None
    return data if isinstance(data, dict) else None


def _serializer(key: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"link:{purpose}")
