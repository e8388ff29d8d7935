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
    the phone numbers first; `is_public` may be listed to others. `questions` as in complaints.questions.
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
    questions: Mapped[str] = mapped_column(default="", server_default="")


class Complaint(GrowingRow, Base):
    """One report as it stands now; its events say how it came to that.

    `number` is public, the receipt is known to the resident alone (here only its keyed digest, and how many
    times it was issued). `due_on` is the nearest promise not yet met, None once closed. `version` grows by one
    with each move of the desk. `received_on` is the WIB day of `received_at`. `held_because` says why the report is
    held for review. `waiting_since` is set while the resident is asked, `waited_days` counts the working days that
    this has added to the due days so far. While a settling stands, `response` is what residents said of it, and
    `answer_by` the last day on which they may. `joined` counts the other residents who reported the same.
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
        sa.Index(None, "office_id", "answer_by"),
        sa.Index(None, "office_id", "first_report"),
        sa.Index(None, "office_id", "status", "id"),
        sa.Index(None, "office_id", "category_code", "id"),
        sa.Index(None, "office_id", "village_code", "id"),
        sa.Index(None, "office_id", "assignee_id", "id"),
        # Reports that were ever held are few, and counted on every monthly page.
        sa.Index(
            "ix_complaint_held",
            "office_id",
            "received_on",
            sqlite_where=sa.text("held_because IS NOT NULL"),
            postgresql_where=sa.text("held_because IS NOT NULL"),
        ),
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
    held_because: Mapped[str | None]
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
    waiting_since: Mapped[datetime | None]
    waited_days: Mapped[int] = mapped_column(default=0, server_default="0")
    settled_at: Mapped[datetime | None]
    response: Mapped[str | None]
    answer_by: Mapped[date | None]
    joined: Mapped[int] = mapped_column(default=0, server_default="0")
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
    settling of this report in its WIB month. `confirmed_change` and `disputed_change` (-1, 0, 1) say whether the move
    makes the report one that stands settled and confirmed, or settled and disputed, or ends that. No words and no
    identity here: `words_digest` is the salted digest of this event's words, `actor_id` the staff account, None for a
    resident or the system, `joiner_id` the resident who joined and made it (no foreign key: SQLite would have to write
    the whole table anew for one).
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
    confirmed_change: Mapped[int] = mapped_column(sa.SmallInteger, default=0, server_default="0")
    disputed_change: Mapped[int] = mapped_column(sa.SmallInteger, default=0, server_default="0")
    joiner_id: Mapped[UUID | None]
    words_digest: Mapped[str | None]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class EventWords(OfficeRow, Base):
    """The words of an event: apart, so that they can be erased without breaking the chain.

    `answer`, `handed_over_to` and `question` are meant for the resident, `said` is the resident's own, `note` is for
    staff alone, `record_number` names the official record (berita acara) that proves a settling.
    """

    __tablename__ = "event_words"
    __table_args__ = (of_office("event_id", "event.id"),)

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    salt: Mapped[bytes]
    reason: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    handed_over_to: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="", server_default="")
    said: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="", server_default="")
    record_number: Mapped[str] = mapped_column(default="", server_default="")


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
