"""Slows down whoever guesses passwords or codes, without locking anybody's account for others."""

import logging
from collections.abc import Iterator

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from core.visitors import household

WINDOW_MINUTES = 15
# Wrong passwords within the window: for one account, and for all accounts, from one address.
OF_ACCOUNT = RateLimitItemPerMinute(10, WINDOW_MINUTES, "sign-in-account")
OF_ADDRESS = RateLimitItemPerMinute(60, WINDOW_MINUTES, "sign-in-address")
# For one account from wherever: many addresses guess hardly more than a few.
OF_EVERYWHERE = RateLimitItemPerMinute(100, WINDOW_MINUTES, "sign-in-everywhere")
# Wrong codes after a right password, from wherever: it is the account's owner, or somebody who has the password.
OF_STEP = RateLimitItemPerMinute(15, WINDOW_MINUTES, "sign-in-step")
# For one account from devices that it is known on. They spend nothing else, and nothing else holds them: whoever
# guesses from the office's own network, behind the same address, would lock out everybody there.
OF_KNOWN = RateLimitItemPerMinute(10, WINDOW_MINUTES, "sign-in-known")
log = logging.getLogger(__name__)


class Brakes:
    """Counts wrong passwords and codes."""

    def __init__(self, store: Storage) -> None:
        self._limiter = FixedWindowRateLimiter(store)

    def hold(self, address: str, account: str, *, is_known: bool, is_step: bool = False) -> bool:
        """Whether there were too many wrong guesses: for this account from devices that it `is_known` on, or, from
        others, by this address or by all. `is_step`: codes after the password, counted by themselves.
        """
        try:
            return not all(
                self._limiter.test(most, *whose)
                for most, whose in _budgets(address, account, is_known=is_known, is_step=is_step)
            )
        except StorageError as fault:
            log.warning("wrong guesses can't be counted: %s", fault)
            return False

    def wrong(self, address: str, account: str, *, is_known: bool, is_step: bool = False) -> None:
        """Count a wrong password or code."""
        try:
            for most, whose in _budgets(address, account, is_known=is_known, is_step=is_step):
                self._limiter.hit(most, *whose)
        except StorageError as fault:
            log.warning("wrong guesses can't be counted: %s", fault)


def _budgets(
    address: str, account: str, *, is_known: bool, is_step: bool
) -> Iterator[tuple[RateLimitItem, tuple[str, ...]]]:
    """What a wrong guess spends, and whose that is."""
    name, home = account.strip().lower(), household(address)
    if is_known:
        yield OF_KNOWN, (name,)
        return
    yield OF_ACCOUNT, (home, name)
    yield OF_ADDRESS, (home,)
    yield (OF_STEP if is_step else OF_EVERYWHERE), (name,)
