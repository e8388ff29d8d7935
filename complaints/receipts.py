"""Receipts only the resident knows (MBS-XXXXX-XXXXX-X), and public numbers (TRB-2026-00001)."""

import re
from dataclasses import dataclass
from uuid import UUID

from core import codes

BODY_LENGTH = 10  # 50 bits: a collision is unlikely, and met by the next issue number
CODE_LENGTH = BODY_LENGTH + 1
NUMBER_KIND = "TRB"

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
    if not codes.PREFIX.fullmatch(office_prefix):
        raise ValueError("an office prefix is 2 to 6 letters A-Z")
    message = office_prefix.encode() + submission_id.bytes + issue.to_bytes(4, "big")
    return str(Receipt(office_prefix, codes.made(codes.keyed(key, _MAKE, message), BODY_LENGTH)))


def parse(text: str, default_prefix: str | None = None) -> Receipt | None:
    """What somebody typed, as `core.codes.split` forgives it; None when it can't be a receipt."""
    found = codes.split(text, CODE_LENGTH, default_prefix)
    return Receipt(*found) if found else None


def digest(key: bytes, receipt: Receipt) -> str:
    """What is stored in the receipt's place: 64 hex digits that only the key's holder can find."""
    return codes.keyed(key, _STORE, str(receipt).encode()).hex()


def public_number(year: int, n: int) -> str:
    """The n-th report of a WIB year, as in "TRB-2026-00001"."""
    return str(PublicNumber(year, n))


def parse_public_number(text: str) -> PublicNumber | None:
    """What somebody typed, with or without dashes and leading zeros; None when it can't be a number of ours."""
    plain = codes.plain(text)
    if plain is None:
        return None
    kind, rest = plain[: len(NUMBER_KIND)], plain[len(NUMBER_KIND) :].translate(codes.LOOKALIKES)
    found = _NUMBER.fullmatch(kind + rest)
    return PublicNumber(int(found[1]), int(found[2])) if found and int(found[2]) else None
