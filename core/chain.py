"""Entries chained by hashes: a changed, missing, added or moved one breaks the chain where it stands."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64  # what the first event of an office follows
SALT_BYTES = 16

Facts = Mapping[str, str | int | None]


@dataclass(frozen=True)
class ChainedEvent:
    """One event as stored: its number in the office's chain, the hash before it, its own, and what was hashed."""

    seq: int
    previous_hash: str
    hash: str
    facts: Facts


def event_hash(previous: str, facts: Facts) -> str:
    """SHA-256 (64 hex digits) of the facts in canonical JSON, bound to the hash before; key order never matters.

    Times, ids and days go in as text, in one fixed form. Facts hold no words and no identity, only digests.
    """
    return linked(previous, canonical(facts))


def canonical(facts: Facts) -> str:
    """The facts in canonical JSON, in ASCII."""
    return json.dumps(dict(facts), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def linked(previous: str, text: str) -> str:
    """`event_hash` of facts whose canonical text was made before."""
    return hashlib.sha256(f'{{"facts":{text},"previous":"{previous}"}}'.encode("ascii")).hexdigest()


def salted_digest(salt: bytes, text: str) -> str:
    """64 hex digits that stand for erasable words; once text and salt are gone they tell nothing."""
    if len(salt) < SALT_BYTES:
        raise ValueError(f"a salt needs at least {SALT_BYTES} bytes")
    return hmac.new(salt, text.encode("utf-8"), hashlib.sha256).hexdigest()


def verify(
    events: Iterable[ChainedEvent], *, first: int = 1, previous: str = GENESIS, end: str | None = None
) -> int | None:
    """The number of the first broken event, None when the chain holds.

    `events` come in order of seq, the first numbered `first` and following `previous`. `end` is the hash kept as
    the chain's end: without it, events cut off at the end can't be missed.
    """
    seq = first
    for event in events:
        whole = event.seq == seq and event.previous_hash == previous
        if not whole or event.hash != event_hash(previous, event.facts):
            return seq
        seq, previous = seq + 1, event.hash
    return None if end is None or end == previous else seq
