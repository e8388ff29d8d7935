"""Ids as one page shows them: an id tells its moment, and pages that share one speak of the same thing."""

import hashlib
import hmac
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def mask(key: str, page: str, known: UUID) -> UUID:
    """What stands for the id on this page: always the same there, and another elsewhere."""
    made = _cipher(key, page).encryptor()
    return UUID(bytes=made.update(known.bytes) + made.finalize())


def unmask(key: str, page: str, shown: UUID) -> UUID:
    """The id that the page meant; one that nobody has where it showed another."""
    made = _cipher(key, page).decryptor()
    return UUID(bytes=made.update(shown.bytes) + made.finalize())


def _cipher(key: str, page: str) -> Cipher[modes.ECB]:
    """Of single blocks: an id is one, and no two ids are the same, so that nothing repeats."""
    of_page = hmac.digest(key.encode(), f"mask:{page}".encode(), hashlib.sha256)
    return Cipher(algorithms.AES(of_page), modes.ECB())  # noqa: S305 (one block each)
