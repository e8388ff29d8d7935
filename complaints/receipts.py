"""Receipts only the resident knows (MBS-XXXXX-XXXXX-X), and public numbers (TRB-2026-00001)."""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
BODY_LENGTH = 10  # 50 bits: a collision is unlikely, and met by the next issue number
CODE_LENGTH = BODY_LENGTH + 1
NUMBER_KIND = "TRB"

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans("OIL", "011")
_SEPARATORS = {"Zs", "Pd", "Cf", "Cc"}  # spaces, every kind of dash, invisible marks, line ends
_LONGEST_INPUT = 64
_PREFIX = re.compile(r"[A-Z]{2,6}")
_NUMBER = re.compile(r"TRB(2[0-9]{3})([0-9]{1,9})")
_MAKE, _STORE = b"receipt-code", b"receipt-digest"  # one key, two purposes that never meet


@dataclass(frozen=True)
class Receipt:
    """A receipt that passed its check: the office's letters and eleven canonical characters."""

    prefix: str
    code: str

    def __str__(self) -> str:
        """As handed to the resident."""
        return f"{self.prefix}-{self.code[:5]}-{self.code[5:10]}-{self.code[10:]}"


@dataclass(frozen=True, order=True)
class PublicNumber:
    """The number everybody may see; n counts from 1 in each year."""

    year: int
    n: int

    def __str__(self) -> str:
        """As in "TRB-2026-00001"; longer when a year has more than 99,999 reports."""
        return f"{NUMBER_KIND}-{self.year}-{self.n:05d}"


def make(key: bytes, office_prefix: str, submission_id: UUID, issue: int) -> str:
    """The receipt of a submission: the same answer for the same key, office, id and issue number (1 first)."""
    if not _PREFIX.fullmatch(office_prefix):
        raise ValueError("an office prefix is 2 to 6 letters A-Z")
    message = office_prefix.encode() + submission_id.bytes + issue.to_bytes(4, "big")
    number = int.from_bytes(_keyed(key, _MAKE, message)[:8], "big") >> 14
    body = [number >> shift & 31 for shift in range(45, -1, -5)]
    return str(Receipt(office_prefix, "".join(ALPHABET[value] for value in (*body, _check_value(body)))))


def parse(text: str, default_prefix: str | None = None) -> Receipt | None:
    """What somebody typed, forgiven for case, spaces, dashes, O/0 and I/L/1; None when it can't be a receipt.

    Without its letters the code belongs to `default_prefix`. The letters of an office may be ones that the code
    never uses, so they are compared as letters and never turned into digits.
    """
    plain = _plain(text)
    if plain is None:
        return None
    letters, code = plain[:-CODE_LENGTH], plain[-CODE_LENGTH:].translate(_LOOKALIKES)
    prefix = _prefix(letters, default_prefix)
    return Receipt(prefix, code) if prefix and _passes(code) else None


def digest(key: bytes, receipt: Receipt) -> str:
    """What is stored in the receipt's place: 64 hex digits that only the key's holder can find."""
    return _keyed(key, _STORE, str(receipt).encode()).hex()


def public_number(year: int, n: int) -> str:
    """The n-th report of a WIB year, as in "TRB-2026-00001"."""
    return str(PublicNumber(year, n))


def parse_public_number(text: str) -> PublicNumber | None:
    """What somebody typed, with or without dashes and leading zeros; None when it can't be a number of ours."""
    plain = _plain(text)
    if plain is None:
        return None
    kind, rest = plain[: len(NUMBER_KIND)], plain[len(NUMBER_KIND) :].translate(_LOOKALIKES)
    found = _NUMBER.fullmatch(kind + rest)
    return PublicNumber(int(found[1]), int(found[2])) if found and int(found[2]) else None


def _keyed(key: bytes, purpose: bytes, message: bytes) -> bytes:
    if len(key) < 16:
        raise ValueError("the receipt key needs at least 16 bytes")
    return hmac.new(key, purpose + b"\0" + message, hashlib.sha256).digest()


def _plain(text: str) -> str | None:
    """Upper-case letters and digits alone; None when anything else was typed, or far too much."""
    if len(text) > _LONGEST_INPUT:
        return None
    kept = "".join(c for c in text if unicodedata.category(c) not in _SEPARATORS)
    return kept.upper() if kept.isascii() and kept.isalnum() else None


def _prefix(letters: str, default: str | None) -> str | None:
    """The office meant in front: letters as typed; nothing, or digits that look like its letters, mean the default."""
    if _PREFIX.fullmatch(letters):
        return letters
    meant = default is not None and letters.translate(_LOOKALIKES) in {"", default.translate(_LOOKALIKES)}
    return default if meant else None


def _passes(code: str) -> bool:
    if len(code) != CODE_LENGTH or not set(code) <= _VALUES.keys():
        return False
    *body, check = (_VALUES[letter] for letter in code)
    return _check_value(body) == check


def _check_value(body: list[int]) -> int:
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
