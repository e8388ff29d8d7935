"""What is to be sent to somebody outside: put down in the transaction of its cause, sent later, tried until it went."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from core.ids import uuid7
from core.outbox_models import Message
from core.upsert import insert_for


class Channel(StrEnum):
    """By which way a message goes; stored by value."""

    EMAIL = "email"
    PUSH = "push"
    WEBHOOK = "webhook"


def put(
    session: Session, office_id: int, channel: Channel, *, once: str, about: UUID | None, sealed: bytes, now: datetime
) -> None:
    """Put a message down in the caller's transaction; one with the same `once` is there already: nothing happens."""
    row = insert_for(session, Message).values(
        office_id=office_id,
        id=uuid7(now),
        channel=channel.value,
        once=once,
        about=about,
        sealed=sealed,
        added_at=now,
        next_at=now,
        tries=0,
    )
    session.execute(row.on_conflict_do_nothing(index_elements=["office_id", "once"]))
