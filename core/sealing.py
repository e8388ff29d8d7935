"""Encryption of personal data at rest (Fernet: AES-128-CBC with HMAC-SHA256).

A key may be several, newest first, each on a line: the first seals, all of them open.
"""

import base64
import hashlib
import hmac
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


def seal(key: str, text: str) -> bytes:
    """Encrypt `text` with the kept key."""
    return _box(key).encrypt(text.encode())


def unseal(key: str, sealed: bytes) -> str:
    """Decrypt; raises cryptography.fernet.InvalidToken when the key is another or the data was changed."""
    return _box(key).decrypt(sealed).decode()


def opens(key: str, sealed: bytes) -> bool:
    """Whether one of the keys sealed this."""
    try:
        _box(key).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def passing(key: str, text: str, *, now: datetime) -> str:
    """Sealed for a while, to stand in a page: says nothing to whoever holds it, and can't be made by others."""
    return _box(key).encrypt_at_time(text.encode(), int(now.timestamp())).decode()


def passed_back(key: str, token: str, *, seconds: int, now: datetime) -> str | None:
    """What `passing` sealed at most so many seconds ago; None for anything else."""
    try:
        return _box(key).decrypt_at_time(token, seconds, int(now.timestamp())).decode()
    except (InvalidToken, ValueError):
        return None


def resealed(key: str, sealed: bytes) -> bytes | None:
    """The same under the newest key; None where it is that already. Raises cryptography.fernet.InvalidToken when none
    of them opens it.
    """
    try:
        _boxes(key)[0].decrypt(sealed)
    except InvalidToken:
        return _box(key).rotate(sealed)
    return None


def digests(key: str, data: bytes) -> list[str]:
    """What finds `data` again without showing it, made with each of the keys, the newest first: write the first one,
    look for all of them.
    """
    return [hmac.new(part.encode(), data, hashlib.sha256).hexdigest() for part in key.splitlines()]


def lasting(key: str) -> str:
    """The oldest: digests that are compared later must go on being made with the same."""
    return key.splitlines()[-1]


def _box(key: str) -> MultiFernet:
    return MultiFernet(_boxes(key))


def _boxes(key: str) -> list[Fernet]:
    made = (hashlib.sha256(part.encode()).digest() for part in key.splitlines())
    return [Fernet(base64.urlsafe_b64encode(digest)) for digest in made]
