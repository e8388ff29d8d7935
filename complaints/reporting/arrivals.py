"""What is noticed of a sending: how old its form is, and how many came before it from the same address."""

import hashlib
import logging
from datetime import datetime, timedelta

from flask import Flask, current_app, request
from limits.errors import StorageError
from limits.storage import Storage

from complaints.reporting.suspicion import STAMP_VALID, Doubt, Signs, doubt, normalised
from core import stamps
from core.visitors import counters, household

HOUR_S = 3600
SALT = "report form"
log = logging.getLogger(__name__)


class Arrivals:
    """Counts reports and photos by address, in memory or in the shared store. What can't be counted holds nothing."""

    def __init__(self, store: Storage) -> None:
        self._store = store

    def before(self, address: str, words: str) -> tuple[int, int]:
        """How many reports came within the hour from this address, and how many with these words."""
        try:
            home, same = _keys(address, words)
            return self._store.get(home), self._store.get(same)
        except StorageError as fault:
            log.warning("reports can't be counted: %s", fault)
            return 0, 0

    def came(self, address: str, words: str) -> None:
        """Count a report that was taken in."""
        try:
            for key in _keys(address, words):
                self._store.incr(key, HOUR_S)
        except StorageError as fault:
            log.warning("reports can't be counted: %s", fault)

    def photo_bytes_before(self, address: str) -> int:
        """How many bytes of photos were kept within the hour for this address."""
        try:
            return self._store.get(f"photos:{household(address)}")
        except StorageError as fault:
            log.warning("photos can't be counted: %s", fault)
            return 0

    def photo_came(self, address: str, size: int) -> None:
        """Count a photo that was taken in, and the bytes that are kept of it."""
        try:
            self._store.incr(f"photos:{household(address)}", HOUR_S, amount=size)
        except StorageError as fault:
            log.warning("photos can't be counted: %s", fault)


def _keys(address: str, words: str) -> tuple[str, str]:
    home = household(address)
    same = hashlib.blake2b(normalised(words).encode(), digest_size=12).hexdigest()
    return f"reports:{home}", f"reports:{home}:{same}"


def init_arrivals(app: Flask) -> None:
    """Count in the shared store where there is one, so that several processes count together."""
    app.extensions["arrivals"] = Arrivals(counters(app.config["SETTINGS"].redis_url))


def arrivals() -> Arrivals:
    """The running application's."""
    found: Arrivals = current_app.extensions["arrivals"]
    return found


def stamp(now: datetime) -> str:
    """When a form was made, signed."""
    return stamps.stamp(current_app.config["SECRET_KEY"], SALT, now)


def age(stamped: str | None, now: datetime) -> timedelta | None:
    """How long ago a form was made; None where it doesn't say, where others said it, and after half a day."""
    passed = stamps.age(current_app.config["SECRET_KEY"], SALT, stamped, now)
    return passed if passed is not None and passed < STAMP_VALID else None


def doubt_about(*, trap: str | None, stamped: str | None, words: str, now: datetime) -> Doubt | None:
    """Why the report that this request brings is to be held, None: it is not."""
    of_household, of_same_words = arrivals().before(request.remote_addr or "", words)
    return doubt(Signs(bool(trap), age(stamped, now), of_household, of_same_words))
