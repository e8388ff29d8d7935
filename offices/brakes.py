"""Slows down whoever guesses passwords or codes, without locking anybody's account for others."""

import logging

from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from core.visitors import household

WINDOW_MINUTES = 15
# Wrong passwords within the window: for one account, and for all accounts, from one address.
OF_ACCOUNT = RateLimitItemPerMinute(10, WINDOW_MINUTES, "sign-in-account")
OF_ADDRESS = RateLimitItemPerMinute(60, WINDOW_MINUTES, "sign-in-address")
# For one account from wherever, by devices that never signed in to it: many addresses guess hardly more than a few.
OF_EVERYWHERE = RateLimitItemPerMinute(100, WINDOW_MINUTES, "sign-in-everywhere")
# Wrong codes after a right password, from wherever: it is the account's owner, or somebody who has the password.
OF_STEP = RateLimitItemPerMinute(15, WINDOW_MINUTES, "sign-in-step")
log = logging.getLogger(__name__)


class Brakes:
    """Counts wrong passwords by address."""

    def __init__(self, store: Storage) -> None:
        self._limiter = FixedWindowRateLimiter(store)

    def hold(self, address: str, email: str, *, is_known: bool = True) -> bool:
        """Whether this address has tried too often, for this account or for all; or all addresses together have, for
        the account, and the device is not one that `is_known` to it.
        """
        home, account = household(address), _plain(email)
        try:
            free = self._limiter.test(OF_ACCOUNT, home, account) and self._limiter.test(OF_ADDRESS, home)
            free = free and (is_known or self._limiter.test(OF_EVERYWHERE, account))
        except StorageError as fault:
            log.warning("wrong passwords can't be counted: %s", fault)
            return False
        return not free

    def wrong(self, address: str, email: str, *, is_known: bool = True) -> None:
        """Count a wrong password."""
        home, account = household(address), _plain(email)
        try:
            if not is_known:
                self._limiter.hit(OF_EVERYWHERE, account)
            self._limiter.hit(OF_ACCOUNT, home, account)
            self._limiter.hit(OF_ADDRESS, home)
        except StorageError as fault:
            log.warning("wrong passwords can't be counted: %s", fault)

    def hold_step(self, address: str, account: str) -> bool:
        """The same for codes after the password; many addresses guess no more than one does."""
        try:
            free = self._limiter.test(OF_STEP, account)
        except StorageError as fault:
            log.warning("wrong codes can't be counted: %s", fault)
            return False
        return not free or self.hold(address, account)

    def wrong_step(self, address: str, account: str) -> None:
        """Count a wrong code."""
        self.wrong(address, account)
        try:
            self._limiter.hit(OF_STEP, account)
        except StorageError as fault:
            log.warning("wrong codes can't be counted: %s", fault)


def _plain(email: str) -> str:
    return email.strip().lower()
