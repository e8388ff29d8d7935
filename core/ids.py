"""Identifiers made by the application, ordered by time (UUIDv7, RFC 9562)."""

import secrets
from datetime import datetime
from uuid import UUID

_RANDOM_BITS = 74


def uuid7(now: datetime) -> UUID:
    """A UUIDv7 for the aware moment `now`: 48 bits of milliseconds, then 74 random bits."""
    millis = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    random = secrets.randbits(_RANDOM_BITS)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=millis << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def read_id(text: str) -> UUID | None:
    """From an address; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def first_id(moment: datetime) -> UUID:
    """The smallest id of the aware moment's millisecond: what came before has a smaller one."""
    return UUID(int=(int(moment.timestamp() * 1000) & ((1 << 48) - 1)) << 80 | 0x7 << 76 | 0b10 << 62)
