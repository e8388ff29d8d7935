"""Tables around a report: those who joined it, photos and what was found in them, looks, tasks, changed promises."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow
from offices.models import of_office


class Joiner(GrowingRow, Base):
    """Another resident who reported the same: with a receipt of their own, on the same case.

    `said` are their words, `sealed` who they are if they said; both are erased with the case's.
    """

    __tablename__ = "joiner"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "submission_id"),
        sa.UniqueConstraint("office_id", "receipt_digest"),
        of_office("complaint_id", "complaint.id"),
        sa.Index(None, "office_id", "complaint_id"),
    )

    complaint_id: Mapped[UUID]
    submission_id: Mapped[UUID]
    digest: Mapped[str]
    receipt_digest: Mapped[str]
    receipt_issue: Mapped[int] = mapped_column(default=1)
    joined_at: Mapped[datetime]
    said: Mapped[str] = mapped_column(default="")
    sealed: Mapped[bytes | None]


class Photo(GrowingRow, Base):
    """A photo of a report, kept as a file of its own (re-encoded, without metadata) under its id.

    `kind` says whose it is: a resident's, or proof of a settling. `upload_id` tells a repeated upload. `file_hash` is
    the SHA-256 of what was uploaded, `look` is as made by `imaging.look_of`: both stay when the photo is erased.
    `taken_at` and `metres_off` (from the report's position) are what a proof still carried of its own, else None.
    `event_id` is the move it came with. `is_shown`: the resident may see it too.
    """

    __tablename__ = "photo"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "upload_id"),
        of_office("complaint_id", "complaint.id"),
        of_office("joiner_id", "joiner.id"),
        of_office("added_by", "staff.id"),
        of_office("event_id", "event.id"),
        sa.Index(None, "office_id", "complaint_id"),
        sa.Index(None, "office_id", "file_hash"),
    )

    complaint_id: Mapped[UUID]
    joiner_id: Mapped[UUID | None]
    kind: Mapped[str]
    upload_id: Mapped[UUID]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None]
    event_id: Mapped[UUID | None]
    width: Mapped[int]
    height: Mapped[int]
    file_hash: Mapped[str]
    look: Mapped[str]
    taken_at: Mapped[datetime | None]
    metres_off: Mapped[int | None]
    is_shown: Mapped[bool] = mapped_column(default=False)
    erased_at: Mapped[datetime | None]


class Finding(GrowingRow, Base):
    """Something about a proof photo that asks for an explanation; `distance` is in the kind's own unit.

    `explanation` is the officer's, None until given.
    """

    __tablename__ = "finding"
    __table_args__ = (
        of_office("complaint_id", "complaint.id"),
        of_office("photo_id", "photo.id"),
        of_office("other_photo_id", "photo.id"),
        of_office("explained_by", "staff.id"),
        sa.Index(None, "office_id", "complaint_id"),
        sa.Index(None, "office_id", "found_at"),
    )

    complaint_id: Mapped[UUID]
    photo_id: Mapped[UUID]
    kind: Mapped[str]
    other_photo_id: Mapped[UUID | None]
    distance: Mapped[int | None]
    found_at: Mapped[datetime]
    explanation: Mapped[str | None]
    explained_by: Mapped[UUID | None]
    explained_at: Mapped[datetime | None]


class DueChange(GrowingRow, Base):
    """The day on which a report is to be settled was moved: from when to when, and why. Rows are only added."""

    __tablename__ = "due_change"
    __table_args__ = (of_office("complaint_id", "complaint.id"), sa.Index(None, "office_id", "complaint_id"))

    complaint_id: Mapped[UUID]
    at: Mapped[datetime]
    because: Mapped[str]
    old_due: Mapped[date]
    new_due: Mapped[date]


class IdentityLook(GrowingRow, Base):
    """Somebody looked at who reported, when, and why. Rows are only added."""

    __tablename__ = "identity_look"
    __table_args__ = (
        of_office("complaint_id", "complaint.id"),
        of_office("staff_id", "staff.id"),
        sa.Index(None, "office_id", "complaint_id"),
        sa.Index(None, "office_id", "at"),
    )

    complaint_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    at: Mapped[datetime]
    reason: Mapped[str]


class Task(GrowingRow, Base):
    """Something to do for a report; open while `done_at` is None."""

    __tablename__ = "task"
    __table_args__ = (
        of_office("complaint_id", "complaint.id"),
        of_office("assignee_id", "staff.id"),
        of_office("added_by", "staff.id"),
        of_office("done_by", "staff.id"),
        sa.Index(None, "office_id", "complaint_id"),
    )

    complaint_id: Mapped[UUID]
    title: Mapped[str]
    assignee_id: Mapped[UUID | None]
    due_on: Mapped[date | None]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]


class CategoryChange(GrowingRow, Base):
    """A report went from one category to another: which one it had `before`, so that it can be read as it once was."""

    __tablename__ = "category_change"
    __table_args__ = (of_office("complaint_id", "complaint.id"), sa.Index(None, "office_id", "complaint_id"))

    complaint_id: Mapped[UUID]
    before: Mapped[str]
    changed_at: Mapped[datetime]
