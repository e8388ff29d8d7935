"""Tables of locked months: versions, which are only added, and their approval."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow


class MonthLock(GrowingRow, Base):
    """A locked version of a month ("2026-10"): its figures as counted at `as_of`, and what they rest on.

    `content` is the whole summary as canonical JSON and `content_hash` its SHA-256; `definitions` the weight,
    thresholds, targets and days off that were in force; `inputs_hash` the SHA-256 of the counted rows. `anchor_…`: the
    chain of events at `as_of`. `figures`: the six values by indicator; `published`: the month's row for everybody.
    `reason` says why there is a further version; `letter_number` is printed above it. `left_open`: what the checklist
    still asked for, and was knowingly left, by key.
    """

    __tablename__ = "month_lock"
    __table_args__ = (sa.UniqueConstraint("office_id", "month", "version"),)

    month: Mapped[str]
    version: Mapped[int]
    as_of: Mapped[datetime]
    locked_at: Mapped[datetime]
    locked_by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    letter_number: Mapped[str] = mapped_column(default="")
    left_open: Mapped[str] = mapped_column(default="")
    content: Mapped[str]
    content_hash: Mapped[str]
    definitions: Mapped[str]
    inputs_hash: Mapped[str]
    anchor_events: Mapped[int] = mapped_column(sa.BigInteger)
    anchor_hash: Mapped[str]
    figures: Mapped[str]
    published: Mapped[str]


class MonthApproval(GrowingRow, Base):
    """The Camat has approved a version of a month."""

    __tablename__ = "month_approval"
    __table_args__ = (sa.UniqueConstraint("office_id", "month", "version"),)

    month: Mapped[str]
    version: Mapped[int]
    approved_at: Mapped[datetime]
    approved_by: Mapped[str]
