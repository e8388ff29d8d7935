"""Tables of a resident's rights: what they agreed to, and what they asked to be corrected."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow
from offices.models import of_office


class Outcome(StrEnum):
    """What became of a correction; stored by value. Withdrawn: whoever asked erased their data before an answer."""

    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Consent(GrowingRow, Base):
    """Whoever holds a receipt agreed to be told by one way (`purpose`), and perhaps took that back.

    `joiner_id` None: who reported first. `words`: the version of the words that were agreed to. The rows go with the
    identity.
    """

    __tablename__ = "consent"
    __table_args__ = (of_office("complaint_id", "complaint.id"), sa.Index(None, "office_id", "complaint_id"))

    complaint_id: Mapped[UUID]
    joiner_id: Mapped[UUID | None]
    purpose: Mapped[str]
    words: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Correction(GrowingRow, Base):
    """Whoever holds a receipt corrected who they are (`kind` contact), or asked for other words (`kind` words).

    `wanted` are those words, `before` what stood there; both go with the identity. Due at `due_at`, open while
    `answered_at` is None; `answered_by` None: the resident did it. `outcome` and `answer` are what the resident reads.
    """

    __tablename__ = "correction"
    __table_args__ = (
        of_office("complaint_id", "complaint.id"),
        of_office("answered_by", "staff.id"),
        sa.Index(None, "office_id", "complaint_id"),
        sa.Index(None, "office_id", "answered_at"),
    )

    complaint_id: Mapped[UUID]
    joiner_id: Mapped[UUID | None]
    kind: Mapped[str]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    wanted: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    outcome: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
