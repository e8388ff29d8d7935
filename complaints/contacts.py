"""Who reported, if they said: one sealed text, opened only for the handler."""

import json
from dataclasses import asdict, dataclass

from core.sealing import seal, unseal


@dataclass(frozen=True)
class Who:
    """A resident as they named themselves; blank: not said."""

    name: str = ""
    phone: str = ""
    email: str = ""


def seal_who(key: str, who: Who) -> bytes:
    """As stored; `key` is the identity key."""
    return seal(key, json.dumps(asdict(who)))


def open_who(key: str, sealed: bytes) -> Who:
    """As read by the handler; raises cryptography.fernet.InvalidToken when key or text is another."""
    return Who(**json.loads(unseal(key, sealed)))
