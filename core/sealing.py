"""Encryption of personal data at rest (Fernet: AES-128-CBC with HMAC-SHA256)."""

import base64
import hashlib
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken


def seal(key: str, text: str) -> bytes:
    """Encrypt `text` with the kept key."""
    return _box(key).encrypt(text.encode())


def unseal(key: str, sealed: bytes) -> str:
    """Decrypt; raises cryptography.fernet.InvalidToken when the key is another or the data was changed."""
    return _box(key).decrypt(sealed).decode()


def passing(key: str, text: str, *, now: datetime) -> str:
    """Sealed for a while, to stand in a page: says nothing to whoever holds it, and can't be made by others."""
    return _box(key).encrypt_at_time(text.encode(), int(now.timestamp())).decode()


def passed_back(key: str, token: str, *, seconds: int, now: datetime) -> str | None:
    """What `passing` sealed at most so many seconds ago; None for anything else."""
    try:
        return _box(key).decrypt_at_time(token, seconds, int(now.timestamp())).decode()
    except (InvalidToken, ValueError):
        return None


def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
