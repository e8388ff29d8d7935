"""Guessing is slow, holding a receipt is not."""

from threading import Event, Semaphore, Thread

import pytest
from limits.errors import StorageError
from limits.storage import MemoryStorage
from werkzeug.exceptions import TooManyRequests

from core.guessing import WAITING_AT_ONCE, WAITING_IN_ALL, Guessing, wait_after
from core.visitors import household

HOME = "203.0.113.7"


@pytest.mark.parametrize(
    ("misses", "seconds"),
    [(1, 0), (5, 0), (6, 0.5), (7, 1), (8, 2), (9, 4), (10, 4), (10_000, 4)],
)
def test_five_slips_are_free_then_each_waits_longer(misses: int, seconds: float) -> None:
    assert wait_after(misses) == seconds


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_a_household_counts_as_one(address: str, home: str) -> None:
    assert household(address) == home


def test_misses_are_counted_for_each_address() -> None:
    slept: list[float] = []
    guard = Guessing(MemoryStorage(), slept.append)
    for _ in range(7):
        guard.miss(HOME)
    guard.miss("203.0.113.8")
    assert slept == [0.5, 1.0]


class Waiting:
    """A guard in which every delayed answer waits until it is let go."""

    def __init__(self) -> None:
        self.go = Event()
        self.inside = Semaphore(0)
        self.guard = Guessing(MemoryStorage(), self.wait)
        self.threads: list[Thread] = []

    def wait(self, _seconds: float) -> None:
        self.inside.release()
        self.go.wait(10)

    def fill(self, address: str, places: int) -> None:
        for _ in range(5):
            self.guard.miss(address)
        for _ in range(places):
            self.threads.append(Thread(target=self.guard.miss, args=[address]))
            self.threads[-1].start()
        for _ in range(places):
            assert self.inside.acquire(timeout=10)

    def let_go(self) -> None:
        self.go.set()
        for thread in self.threads:
            thread.join()


def test_while_four_answers_wait_the_next_is_turned_away_at_once() -> None:
    waiting = Waiting()
    waiting.fill(HOME, WAITING_AT_ONCE)
    with pytest.raises(TooManyRequests) as refused:
        waiting.guard.miss(HOME)
    assert refused.value.retry_after == 4
    waiting.guard.miss("203.0.113.8")
    waiting.let_go()


def test_many_addresses_can_not_use_up_the_server() -> None:
    waiting = Waiting()
    for number in range(WAITING_IN_ALL // WAITING_AT_ONCE):
        waiting.fill(f"203.0.113.{number}", WAITING_AT_ONCE)
    for _ in range(5):
        waiting.guard.miss(HOME)
    with pytest.raises(TooManyRequests):
        waiting.guard.miss(HOME)
    waiting.let_go()


class Broken(MemoryStorage):
    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        raise StorageError(OSError("no store"))


def test_without_its_store_nobody_waits() -> None:
    waits: list[float] = []
    guard = Guessing(Broken(), waits.append)
    for _ in range(20):
        guard.miss(HOME)
    assert waits == []
