"""Adds events to the office's chain: numbered, hashed, their words kept apart."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.chain import GENESIS, SALT_BYTES, Facts, event_hash, salted_digest
from complaints.models import Chain, Event, EventWords
from complaints.terms import Exclusion, Move
from core.calendar import wib_day
from core.ids import uuid7
from core.upsert import insert_of

# What of an event is hashed: everything but its place in the chain, which the hash before it fixes.
HASHED = (
    "office_id", "id", "complaint_id", "move", "at", "day", "recorded_at",
    "actor_id", "assignee_id", "exclusion", "is_first_close", "words_digest",
)  # fmt: skip
# Built once: building a statement takes longer than running it.
INSERT_EVENT = sa.insert(Event)
INSERT_WORDS = sa.insert(EventWords)
END_CHAIN = sa.update(Chain).where(Chain.office_id == sa.bindparam("office")).values(hash=sa.bindparam("end"))


@dataclass(frozen=True)
class WrittenWords:
    """What was written with a move. Only `answer` and `handed_over_to` are meant for the resident."""

    reason: str = ""
    action: str = ""
    answer: str = ""
    handed_over_to: str = ""


@dataclass(frozen=True)
class NewEvent:
    """A move about to be recorded; `at` is its own time, which may lie before the time it is recorded."""

    complaint_id: UUID
    move: Move
    at: datetime
    actor_id: UUID | None = None
    assignee_id: UUID | None = None
    exclusion: Exclusion | None = None
    is_first_close: bool = False
    words: WrittenWords | None = None


def append(session: Session, office_id: int, event: NewEvent, *, now: datetime) -> None:
    """Record one move in the caller's transaction; see `append_all`."""
    append_all(session, office_id, [event], now=now)


def append_all(session: Session, office_id: int, new: Sequence[NewEvent], *, now: datetime) -> None:
    """Record moves, in this order, in the caller's transaction.

    The chain's row is locked until that transaction ends, so take every other lock (the report, the year's
    number) before: whoever holds the chain must wait for nobody.
    """
    if not new:
        return
    seq, previous = _extend(session, office_id, len(new))
    events, words = [], []
    for number, event in enumerate(new, seq):
        row, row_of_words = _rows(office_id, event, now)
        row |= {"seq": number, "previous_hash": previous, "hash": event_hash(previous, facts(row))}
        previous = row["hash"]
        events.append(row)
        words += row_of_words
    connection = session.connection()
    connection.execute(INSERT_EVENT, events)
    if words:
        connection.execute(INSERT_WORDS, words)
    connection.execute(END_CHAIN, {"office": office_id, "end": previous})


def facts(row: Mapping[str, Any]) -> Facts:
    """What is hashed of an event's row, each value in its one fixed form."""
    return {name: _plain(row[name]) for name in HASHED}


def words_digest(salt: bytes, words: WrittenWords) -> str:
    """The salted digest that stands for the words in the chain."""
    return salted_digest(salt, json.dumps(asdict(words), sort_keys=True, ensure_ascii=True))


def _extend(session: Session, office_id: int, length: int) -> tuple[int, str]:
    """Lock the chain and claim `length` numbers: the first of them, and the hash that it follows."""
    claim = _claim_of(session.get_bind().dialect.name)
    numbers = {"office": office_id, "length": length, "genesis": GENESIS}
    last, previous = session.connection().execute(claim, numbers).one()
    return last - length + 1, previous


@cache
def _claim_of(dialect: str) -> sa.UpdateBase:
    office, length = (sa.bindparam(name, type_=sa.BigInteger) for name in ("office", "length"))
    row = insert_of(dialect, Chain).values(office_id=office, seq=length, hash=sa.bindparam("genesis"))
    longer = row.on_conflict_do_update(index_elements=["office_id"], set_={"seq": Chain.seq + length})
    return longer.returning(Chain.seq, Chain.hash)


def _rows(office_id: int, event: NewEvent, now: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The event's row without its place in the chain, and the row of its words if it has any."""
    salt, event_id = secrets.token_bytes(SALT_BYTES), uuid7(now)
    row = {
        "office_id": office_id,
        "id": event_id,
        "complaint_id": event.complaint_id,
        "move": event.move.value,
        "at": event.at,
        "day": wib_day(event.at),
        "recorded_at": now,
        "actor_id": event.actor_id,
        "assignee_id": event.assignee_id,
        "exclusion": event.exclusion.value if event.exclusion else None,
        "is_first_close": event.is_first_close,
        "words_digest": words_digest(salt, event.words) if event.words else None,
    }
    if event.words is None:
        return row, []
    return row, [{"office_id": office_id, "event_id": event_id, "salt": salt, **asdict(event.words)}]


def _plain(value: object) -> str | int | None:
    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
