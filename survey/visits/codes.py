"""Codes of visits (MBS-XXXX-XXXX): made again from the visit's id when needed, so that none is ever kept (pure)."""

from dataclasses import dataclass
from uuid import UUID

from core import codes

BODY_LENGTH = 7  # 35 bits: short enough to type off a slip; guessing is slowed, and a guess could only rate once
CODE_LENGTH = BODY_LENGTH + 1

# One key, purposes that never meet: whoever reads the tables finds no code in them, nor a rating by its code.
_MAKE, _STORE, _ONCE = b"visit-code", b"visit-digest", b"visit-once"


@dataclass(frozen=True)
class Code:
    """A code that passed its check: the office's letters and eight canonical characters."""

    prefix: str
    letters: str

    def __str__(self) -> str:
        """As printed on the slip."""
        return f"{self.prefix}-{self.letters[:4]}-{self.letters[4:]}"


def make(key: bytes, office_prefix: str, visit_id: UUID) -> Code:
    """The code of a visit: always the same for the same key, office and id."""
    hashed = codes.keyed(key, _MAKE, office_prefix.encode() + visit_id.bytes)
    return Code(office_prefix, codes.made(hashed, BODY_LENGTH))


def parse(text: str, default_prefix: str | None = None) -> Code | None:
    """What somebody typed, as `core.codes.split` forgives it; None when it can't be a code of a visit."""
    found = codes.split(text, CODE_LENGTH, default_prefix)
    return Code(*found) if found else None


def digest(key: bytes, code: Code) -> str:
    """What is stored in the code's place."""
    return codes.keyed(key, _STORE, str(code).encode()).hex()


def once(key: bytes, visit_id: UUID) -> str:
    """What a rating keeps of the visit that it rates: enough to refuse a second one, nothing to find the visit by."""
    return codes.keyed(key, _ONCE, visit_id.bytes).hex()
