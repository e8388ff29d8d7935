"""Adds events to the office's chain: numbered, hashed, their words kept apart."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Chain, Event, EventWords
from complaints.terms import Exclusion, Move
from core.calendar import wib_day
from core.chain import SALT_BYTES, Facts, canonical, linked, salted_digest
from core.chained import extend
from core.ids import uuid7

Row = dict[str, Any]
# What of an event is hashed: everything but its place in the chain, which the hash before it fixes.
HASHED = (
    "office_id", "id", "complaint_id", "move", "at", "day", "recorded_at",
    "actor_id", "assignee_id", "exclusion", "is_first_close", "words_digest",
)  # fmt: skip
# Hashed where they say something, so that events from before these columns keep their hashes.
HASHED_IF_SET = ("confirmed_change", "disputed_change", "joiner_id")
# Built once: building a statement takes longer than running it.
INSERT_EVENT = sa.insert(Event)
INSERT_WORDS = sa.insert(EventWords)
END_CHAIN = sa.update(Chain).where(Chain.office_id == sa.bindparam("office")).values(hash=sa.bindparam("end"))


@dataclass(frozen=True)
class WrittenWords:
    """What was written with a move. Only `answer`, `handed_over_to`, `question` and their own `said` are meant for
    the resident.
    """

    reason: str = ""
    action: str = ""
    answer: str = ""
    handed_over_to: str = ""
    question: str = ""
    said: str = ""
    note: str = ""
    record_number: str = ""


# The first words that events had; those that came later are hashed where they were written.
FIRST_WORDS = ("reason", "action", "answer", "handed_over_to")


@dataclass(frozen=True)
class NewEvent:
    """A move about to be recorded; `at` is its own time, which may lie before the time it is recorded. The two changes
    are as in `states.changes`.
    """

    complaint_id: UUID
    move: Move
    at: datetime
    actor_id: UUID | None = None
    assignee_id: UUID | None = None
    exclusion: Exclusion | None = None
    is_first_close: bool = False
    words: WrittenWords | None = None
    confirmed_change: int = 0
    disputed_change: int = 0
    joiner_id: UUID | None = None


@dataclass(frozen=True)
class Ready:
    """Moves made ready to be recorded: their rows with the text that is hashed, and the rows of their words."""

    office_id: int
    events: Sequence[tuple[Row, str]]
    words: Sequence[Row]


def append(session: Session, office_id: int, event: NewEvent, *, now: datetime) -> UUID:
    """Record one move in the caller's transaction: the event's id; see `append_all`."""
    ready = prepare(office_id, [event], now=now)
    append_all(session, ready)
    recorded: UUID = ready.events[0][0]["id"]
    return recorded


def append_all(session: Session, ready: Ready) -> None:
    """Record moves, in their order, in the caller's transaction.

    The chain's row is locked until that transaction ends, so take every other lock (the report, the year's
    number) before: whoever holds the chain must wait for nobody.
    """
    if not ready.events:
        return
    seq, previous = extend(session, Chain, ready.office_id, len(ready.events))
    rows = []
    for number, (row, text) in enumerate(ready.events, seq):
        end = linked(previous, text)
        rows.append(row | {"seq": number, "previous_hash": previous, "hash": end})
        previous = end
    connection = session.connection()
    connection.execute(INSERT_EVENT, rows)
    if ready.words:
        connection.execute(INSERT_WORDS, ready.words)
    connection.execute(END_CHAIN, {"office": ready.office_id, "end": previous})


def prepare(office_id: int, new: Sequence[NewEvent], *, now: datetime) -> Ready:
    """Make all of the moves that doesn't depend on their place in the chain, before its lock is taken."""
    rows = [_rows(office_id, event, now) for event in new]
    return Ready(
        office_id,
        events=[(row, canonical(facts(row))) for row, _words in rows],
        words=[words for _row, words in rows if words],
    )


def facts(row: Mapping[str, Any]) -> Facts:
    """What is hashed of an event's row, each value in its one fixed form."""
    hashed = {name: _plain(row[name]) for name in HASHED}
    return hashed | {name: _plain(row[name]) for name in HASHED_IF_SET if row[name]}


def words_digest(salt: bytes, words: WrittenWords) -> str:
    """The salted digest that stands for the words in the chain."""
    written = {name: text for name, text in vars(words).items() if text or name in FIRST_WORDS}
    return salted_digest(salt, json.dumps(written, sort_keys=True, ensure_ascii=True))


def _rows(office_id: int, event: NewEvent, now: datetime) -> tuple[Row, Row | None]:
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
        "confirmed_change": event.confirmed_change,
        "disputed_change": event.disputed_change,
        "joiner_id": event.joiner_id,
        "words_digest": words_digest(salt, event.words) if event.words else None,
    }
    if event.words is None:
        return row, None
    return row, {"office_id": office_id, "event_id": event_id, "salt": salt, **asdict(event.words)}


def _plain(value: object) -> str | int | None:
    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
