"""Turns at what is heavy to make: few at a time in a process, and a wait that ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

from core.errors import Busy


@contextmanager
def a_turn(turns: Semaphore, patience_s: float) -> Iterator[None]:
    """Raises Busy when no turn comes in time."""
    if not turns.acquire(timeout=patience_s):
        raise Busy
    try:
        yield
    finally:
        turns.release()
