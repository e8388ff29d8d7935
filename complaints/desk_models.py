"""Tables of the desk: who gets what, ready answers, saved views, counters, and who is told on which phone."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow, OfficeRow
from offices.models import MASTER, of_office


class Route(OfficeRow, Base):
    """Which officer or section gets the reports of a category and a desa (None: of any). The lowest position wins."""

    __tablename__ = "route"
    __table_args__ = (
        of_office("category_code", "category.code"),
        of_office("village_code", "village.code"),
        of_office("staff_id", "staff.id"),
        of_office("section_key", "section.key"),
        {"info": MASTER},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    category_code: Mapped[str | None]
    village_code: Mapped[str | None]
    staff_id: Mapped[UUID | None]
    section_key: Mapped[str | None]


class ReadyAnswer(OfficeRow, Base):
    """Words that an officer may begin an answer with, for a move and a category (None: for any)."""

    __tablename__ = "ready_answer"
    __table_args__ = (of_office("category_code", "category.code"), {"info": MASTER})

    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    move: Mapped[str]
    category_code: Mapped[str | None]
    title: Mapped[str]
    text: Mapped[str]


class SavedView(GrowingRow, Base):
    """A choice of filters that somebody keeps: `query` is the address's query string."""

    __tablename__ = "saved_view"
    __table_args__ = (of_office("staff_id", "staff.id"), sa.Index(None, "office_id", "staff_id"))

    staff_id: Mapped[UUID]
    name: Mapped[str]
    query: Mapped[str]
    added_at: Mapped[datetime]


class CaseCount(OfficeRow, Base):
    """How many reports have this status, are held or not, and are next due on this day ("" once closed)."""

    __tablename__ = "case_count"

    status: Mapped[str] = mapped_column(primary_key=True)
    is_held: Mapped[bool] = mapped_column(primary_key=True)
    due_on: Mapped[str] = mapped_column(primary_key=True)
    reports: Mapped[int]


class Escalation(OfficeRow, Base):
    """A notice about a due day that was sent, so that it is sent once: `kind` names the promise and the step."""

    __tablename__ = "escalation"
    __table_args__ = (of_office("complaint_id", "complaint.id"),)

    complaint_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class PushSubscription(GrowingRow, Base):
    """A phone or browser that wants to be told: of one report (a resident's) or of the desk's (a staff account's).

    `joiner_id` says whose receipt asked for it, None: that of whoever reported first. `sealed` is the endpoint with its
    keys and that receipt; `endpoint_digest` finds it again.
    """

    __tablename__ = "push_subscription"
    __table_args__ = (
        of_office("complaint_id", "complaint.id"),
        of_office("joiner_id", "joiner.id"),
        of_office("staff_id", "staff.id"),
        sa.Index(None, "office_id", "complaint_id"),
        sa.Index(None, "office_id", "staff_id"),
        sa.Index(None, "office_id", "endpoint_digest"),
    )

    complaint_id: Mapped[UUID | None]
    joiner_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    endpoint_digest: Mapped[str]
    sealed: Mapped[bytes]
    added_at: Mapped[datetime]


class NoticeChoice(OfficeRow, Base):
    """What an account chose about notices, once it chose; without a row e-mail comes."""

    __tablename__ = "notice_choice"
    __table_args__ = (of_office("staff_id", "staff.id"),)

    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    by_mail: Mapped[bool]
