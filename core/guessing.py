"""Slows down whoever guesses codes: receipts, and codes of visits. Who holds a real one never waits."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from flask import Flask, current_app
from limits.errors import StorageError
from limits.storage import Storage
from werkzeug.exceptions import TooManyRequests

from core.visitors import counters, household

FREE_MISSES = 5  # people mistype
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 4.0
REMEMBERED_S = 3600
WAITING_AT_ONCE = 4  # for each address
# For all addresses together: waiting must never use up the threads that serve everybody.
WAITING_IN_ALL = 12
log = logging.getLogger(__name__)


def wait_after(misses: int) -> float:
    """Seconds that the answer to the latest of so many misses within the hour is held back."""
    if misses <= FREE_MISSES:
        return 0.0
    doublings = min(misses - FREE_MISSES - 1, 8)
    return min(FIRST_WAIT_S * 2.0**doublings, LONGEST_WAIT_S)


class Guessing:
    """Counts misses by address, in memory or in the shared store, and holds back the answers to them."""

    def __init__(self, store: Storage, sleep: Callable[[float], None] = time.sleep) -> None:
        self._store = store
        self._sleep = sleep
        self._waiting: Counter[str] = Counter()
        self._lock = Lock()

    def miss(self, address: str) -> None:
        """Count a code that nobody has, and hold the answer back; TooManyRequests when too many wait already."""
        home = household(address)
        seconds = wait_after(self._count(home))
        if seconds:
            with self._place(home):
                self._sleep(seconds)

    def _count(self, home: str) -> int:
        try:
            return self._store.incr(f"code-miss:{home}", REMEMBERED_S)
        except StorageError as fault:
            log.warning("misses can't be counted: %s", fault)
            return 0

    @contextmanager
    def _place(self, home: str) -> Iterator[None]:
        """A place to wait in. The look-up is over, so that a full room only ever turns guesses away."""
        with self._lock:
            if self._waiting[home] >= WAITING_AT_ONCE or self._waiting.total() >= WAITING_IN_ALL:
                raise TooManyRequests(retry_after=int(LONGEST_WAIT_S))
            self._waiting[home] += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting[home] -= 1
                self._waiting += Counter()  # forget who waits no longer


def init_guessing(app: Flask) -> None:
    """Count in the shared store where there is one, so that several processes count together."""
    app.extensions["guessing"] = Guessing(counters(app.config["SETTINGS"].redis_url))


def guessing() -> Guessing:
    """The running application's."""
    found: Guessing = current_app.extensions["guessing"]
    return found
