"""The outbox: what is to be sent to somebody outside, kept until it was."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow


class Message(GrowingRow, Base):
    """Something to send: `channel` says by which way; `sealed` are the ids of what and to whom, None once it went.

    `once` tells a message that must not be sent twice. Waiting while `sent_at` and `given_up_at` are None; tried again
    from `next_at` on; `claimed_until` while a process is at it. `about` is the id of what it speaks of.
    """

    __tablename__ = "message"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "once"),
        sa.Index(None, "office_id", "about"),
        sa.Index(None, "office_id", "next_at"),
        sa.Index(None, "office_id", "sent_at"),
        sa.Index(None, "office_id", "given_up_at"),
    )

    channel: Mapped[str]
    once: Mapped[str]
    about: Mapped[UUID | None]
    sealed: Mapped[bytes | None]
    added_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
