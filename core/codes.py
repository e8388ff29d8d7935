"""Codes that people type: letters that do not look alike, the office's in front, a check letter at the end (pure)."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
LOOKALIKES = str.maketrans("OIL", "011")
PREFIX = re.compile(r"[A-Z]{2,6}")

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_SEPARATORS = {"Zs", "Pd", "Cf", "Cc"}  # spaces, every kind of dash, invisible marks, line ends
_LONGEST_INPUT = 64


def made(hashed: bytes, length: int) -> str:
    """A code of `length` letters (at most 12) from a hash, and its check letter."""
    number = int.from_bytes(hashed[:8], "big") >> (64 - 5 * length)
    body = [number >> shift & 31 for shift in range(5 * length - 5, -1, -5)]
    return "".join(ALPHABET[value] for value in (*body, _check_value(body)))


def split(text: str, length: int, default_prefix: str | None) -> tuple[str, str] | None:
    """The office's letters and a code of `length` (the check letter among them), from what somebody typed.

    Forgiven for case, spaces, dashes, O/0 and I/L/1; None when it can't be a code. Without its letters the code
    belongs to `default_prefix`. The letters of an office may be ones that the code never uses, so they are compared as
    letters and never turned into digits.
    """
    typed = plain(text)
    if typed is None:
        return None
    letters, code = typed[:-length], typed[-length:].translate(LOOKALIKES)
    prefix = _prefix(letters, default_prefix)
    return (prefix, code) if prefix and _passes(code, length) else None


def keyed(key: bytes, purpose: bytes, message: bytes) -> bytes:
    """What only the key's holder can make of the message, for one purpose."""
    if len(key) < 16:
        raise ValueError("the receipt key needs at least 16 bytes")
    return hmac.new(key, purpose + b"\0" + message, hashlib.sha256).digest()


def plain(text: str) -> str | None:
    """Upper-case letters and digits alone; None when anything else was typed, or far too much."""
    if len(text) > _LONGEST_INPUT:
        return None
    kept = "".join(c for c in text if unicodedata.category(c) not in _SEPARATORS)
    return kept.upper() if kept.isascii() and kept.isalnum() else None


def _prefix(letters: str, default: str | None) -> str | None:
    """The office meant in front: letters as typed; nothing, or digits that look like its letters, mean the default."""
    if PREFIX.fullmatch(letters):
        return letters
    meant = default is not None and letters.translate(LOOKALIKES) in {"", default.translate(LOOKALIKES)}
    return default if meant else None


def _passes(code: str, length: int) -> bool:
    if len(code) != length or not set(code) <= _VALUES.keys():
        return False
    *body, check = (_VALUES[letter] for letter in code)
    return _check_value(body) == check


def _check_value(body: Sequence[int]) -> int:
    """The check character, a weighted sum in the field of 32 elements.

    Each place weighs twice the place to its right, and the check itself weighs 1. No weight is zero, so every
    single wrong character shows; no two of the first 31 powers of two are equal there, so every swap of two
    different characters shows, neighbours or not, the check included.
    """
    total = 0
    for value in body:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    """Times two in GF(32), reduced by the primitive polynomial x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
