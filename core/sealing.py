"""Encryption of personal data at rest (Fernet: AES-128-CBC with HMAC-SHA256)."""

import base64
import hashlib

from cryptography.fernet import Fernet


def seal(key: str, text: str) -> bytes:
    """Encrypt `text` with the kept key."""
    return _box(key).encrypt(text.encode())


def unseal(key: str, sealed: bytes) -> str:
    """Decrypt; raises cryptography.fernet.InvalidToken when the key is another or the data was changed."""
    return _box(key).decrypt(sealed).decode()


def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
