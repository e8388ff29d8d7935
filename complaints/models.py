"""Tables of the reports: categories, cases, identity apart, events that are only added."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, FixedPoint, GrowingRow, OfficeRow
from offices.models import MASTER, of_office

DEGREES = FixedPoint(6)


class Category(OfficeRow, Base):
    """A kind of disorder. `settle_days`: 14 working days, 60 with a supervisory inspection. `is_urgent` shows
    the phone numbers first; `is_public` may be listed to others.
    """

    __tablename__ = "category"
    __table_args__ = ({"info": MASTER},)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    settle_days: Mapped[int]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=True)


class Complaint(GrowingRow, Base):
    """One report as it stands now; its events say how it came to that.

    `number` is public, the receipt is known to the resident alone (here only its keyed digest, and how many
    times it was issued). `due_on` is the nearest promise not yet met, None once closed. `version` grows by one
    with each move. `received_on` is the WIB day of `received_at`.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "number"),
        sa.UniqueConstraint("office_id", "submission_id"),
        sa.UniqueConstraint("office_id", "receipt_digest"),
        of_office("category_code", "category.code"),
        of_office("village_code", "village.code"),
        of_office("point_code", "point.code"),
        of_office("assignee_id", "staff.id"),
        of_office("import_id", "import.id"),
        sa.Index(None, "office_id", "received_on"),
        sa.Index(None, "office_id", "due_on", "id"),
    )

    number: Mapped[str]
    submission_id: Mapped[UUID]
    digest: Mapped[str]
    receipt_digest: Mapped[str]
    receipt_issue: Mapped[int] = mapped_column(default=1)
    category_code: Mapped[str]
    description: Mapped[str]
    village_code: Mapped[str | None]
    place: Mapped[str] = mapped_column(default="")
    lat: Mapped[Decimal | None] = mapped_column(DEGREES)
    lng: Mapped[Decimal | None] = mapped_column(DEGREES)
    happened_at: Mapped[datetime | None]
    point_code: Mapped[str | None]
    is_confidential: Mapped[bool] = mapped_column(default=False)
    is_held: Mapped[bool] = mapped_column(default=False)
    is_unproven: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str]
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    recorded_at: Mapped[datetime]
    status: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    exclusion: Mapped[str | None]
    first_report: Mapped[str | None]
    assignee_id: Mapped[UUID | None]
    answer_due: Mapped[date]
    follow_up_due: Mapped[date]
    settle_due: Mapped[date]
    due_on: Mapped[date | None]
    settled_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]


class Contact(OfficeRow, Base):
    """Who reported, if they said: encrypted, apart from the case, erased before it."""

    __tablename__ = "contact"
    __table_args__ = (of_office("complaint_id", "complaint.id"),)

    complaint_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]


class Event(GrowingRow, Base):
    """A move of a report: only added, numbered and hash-chained per office.

    `at` is the move's own time, `day` its WIB day, `recorded_at` server time. `is_first_close` marks the first
    settling of this report in its WIB month. No words and no identity here: `words_digest` is the salted digest
    of this event's words, `actor_id` the staff account, None for the resident or the system.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "seq"),
        of_office("complaint_id", "complaint.id"),
        of_office("actor_id", "staff.id"),
        of_office("assignee_id", "staff.id"),
        sa.Index(None, "office_id", "complaint_id", "seq"),
        sa.Index(None, "office_id", "day"),
    )

    seq: Mapped[int] = mapped_column(sa.BigInteger)
    complaint_id: Mapped[UUID]
    move: Mapped[str]
    at: Mapped[datetime]
    day: Mapped[date]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    assignee_id: Mapped[UUID | None]
    exclusion: Mapped[str | None]
    is_first_close: Mapped[bool] = mapped_column(default=False)
    words_digest: Mapped[str | None]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class EventWords(OfficeRow, Base):
    """The words of an event (reason, action taken, answer to the resident): apart, so that they can be erased
    without breaking the chain.
    """

    __tablename__ = "event_words"
    __table_args__ = (of_office("event_id", "event.id"),)

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    salt: Mapped[bytes]
    reason: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    handed_over_to: Mapped[str] = mapped_column(default="")


class Chain(OfficeRow, Base):
    """The end of the office's chain of events; its row is the lock that keeps the chain single."""

    __tablename__ = "chain"

    seq: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[str]


class YearNumber(OfficeRow, Base):
    """The last public number given in a year."""

    __tablename__ = "year_number"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
