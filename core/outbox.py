"""What is to be sent to somebody outside: put down in the transaction of its cause, sent later, tried until it went."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.db import transaction
from core.ids import uuid7
from core.outbox_models import Message
from core.retention import Ends
from core.upsert import insert_of

BATCH = 20
# Far over the time that a batch takes; a sender that died keeps its messages from others for so long.
LEASE = timedelta(minutes=10)
# How long to wait after each failed try: about three days in all, then the message is given up.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
# Nothing is ever put off for so long: it was put down while the clock went wrong, and would wait until then.
AHEAD = timedelta(days=3)
NOBODY = "nobody to tell"


class Channel(StrEnum):
    """By which way a message goes; stored by value. A notice goes nowhere: it becomes one message a receiver."""

    NOTICE = "notice"
    EMAIL = "email"
    PUSH = "push"
    WEBHOOK = "webhook"


class Temporary(Exception):
    """It may go next time. The text says why, in a few words without anybody's data."""


class Unreachable(Temporary):
    """Nothing goes by this way just now, to anybody."""


class Permanent(Exception):
    """It will never go, however often it is tried."""


class Gone(Permanent):
    """Whoever should get it has left for good."""


@dataclass(frozen=True)
class Claimed:
    """A message that this process alone sends, until the lease ends. `payload` None: nobody is told any more."""

    office_id: int
    id: UUID
    channel: Channel
    about: UUID | None
    payload: bytes | None
    tries: int
    until: datetime


def put(
    session: Session,
    office_id: int,
    channel: Channel,
    *,
    once: str,
    about: UUID | None,
    sealed: bytes,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Put a message down in the caller's transaction; one with the same `once` is there already: nothing happens."""
    row = {
        "office_id": office_id,
        "id": uuid7(now),
        "channel": channel.value,
        "once": once,
        "about": about,
        "sealed": sealed,
        "added_at": now,
        "next_at": not_before or now,
        "tries": 0,
    }
    session.connection().execute(_insert(session.get_bind().dialect.name), row)


@cache
def _insert(dialect: str) -> sa.Insert:
    """Built once: every report and every move puts a message down."""
    return insert_of(dialect, Message).on_conflict_do_nothing(index_elements=["office_id", "once"])


@transaction
def claim(session: Session, *, office_id: int, channels: Collection[Channel], now: datetime) -> Sequence[Claimed]:
    """Take the messages that have waited longest, for this process alone; none: nothing is due."""
    due = sa.and_(
        Message.office_id == office_id,
        sa.or_(Message.next_at <= now, Message.next_at > now + AHEAD),
        Message.channel.in_([channel.value for channel in channels]),
        sa.or_(Message.claimed_until.is_(None), Message.claimed_until <= now, Message.claimed_until > now + AHEAD),
    )
    first = sa.select(Message.id).where(due).order_by(Message.next_at, Message.id).limit(BATCH)
    taken = (
        sa.update(Message)
        .where(due, Message.id.in_(first.with_for_update(skip_locked=True).scalar_subquery()))
        .values(claimed_until=now + LEASE)
        .returning(Message.id, Message.channel, Message.about, Message.sealed, Message.tries)
        .execution_options(synchronize_session=False)
    )
    rows = sorted(session.execute(taken).all())
    return [Claimed(office_id, row[0], Channel(row[1]), *row[2:], until=now + LEASE) for row in rows]


def finish(session: Session, message: Claimed, *, now: datetime) -> bool:
    """It went: nothing of it is kept but that. False when another process has taken it over."""
    return _mark(session, message, sent_at=now, next_at=None, sealed=None, last_error=None)


def give_up(session: Session, message: Claimed, why: str, *, now: datetime) -> bool:
    """It will not go by itself any more. False when another process has taken it over."""
    return _mark(session, message, given_up_at=now, next_at=None, tries=message.tries + 1, last_error=why)


def wait(session: Session, message: Claimed, why: str, *, now: datetime) -> bool:
    """It goes later; given up once it was tried often enough. False when another process has taken it over."""
    if message.tries >= len(BACK_OFF):
        return give_up(session, message, why, now=now)
    return _mark(session, message, next_at=now + BACK_OFF[message.tries], tries=message.tries + 1, last_error=why)


@transaction
def release(session: Session, messages: Collection[Claimed]) -> None:
    """Give back what was claimed and not tried."""
    for message in messages:
        _mark(session, message)


def _mark(session: Session, message: Claimed, **values: object) -> bool:
    """Set the columns and end the claim, while it is still this process's: the lease's end tells its owner."""
    mine = sa.and_(
        Message.office_id == message.office_id, Message.id == message.id, Message.claimed_until == message.until
    )
    done = sa.update(Message).where(mine).values(**values, claimed_until=None).returning(Message.id)
    return session.scalar(done.execution_options(synchronize_session=False)) is not None


def erase_old(session: Session, ends: Ends) -> Counter[int]:
    """Delete what went, or was given up, before the day, of all offices at once; how many of each."""
    day = ends.moment(Message.office_id)
    old = sa.or_(Message.sent_at < day, Message.given_up_at < day)
    gone = sa.delete(Message).where(old).returning(Message.office_id)
    return Counter(session.scalars(gone.execution_options(synchronize_session=False)))
