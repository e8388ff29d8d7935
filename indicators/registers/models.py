"""Tables of the registers. Rows are only added: each is a version of its entry, and the newest counts.

So every register can be read as it stood at any moment.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from core.db import Base, FixedPoint, GrowingRow, OfficeRow
from offices.models import of_office


class Version(GrowingRow):
    """A version of the entry `entry_id`; its newest version counts, unless that says `is_removed`.

    `file_id` is the attachment that proves it; `reason` says why the entry was taken out.
    """

    entry_id: Mapped[UUID]
    file_id: Mapped[UUID | None]
    is_removed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        """The versions of an entry stand together; `found_by` are the columns by which a period's entries are found."""
        return (
            of_office("file_id", "attachment.id"),
            sa.Index(None, "office_id", "entry_id", "recorded_at"),
            sa.Index(None, "office_id", *cls.found_by()),
        )

    @classmethod
    def found_by(cls) -> tuple[str, ...]:
        """The columns by which a period's entries are found."""
        return ("year",)


class OrganisationDocument(Version, Base):
    """A document of the organisation (IKU 1), of the year in which it counts: `kind` is a DocumentKind.

    It counts from `approved_on` on, None: not approved yet.
    """

    __tablename__ = "organisation_document"

    year: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    dated: Mapped[date]
    approved_on: Mapped[date | None]


class EmpowermentActivity(Version, Base):
    """An empowerment activity (IKU 3): it belongs to the day it was planned for, and is carried out from `held_on` on
    (None: not yet). `result` is what came of it.
    """

    __tablename__ = "empowerment_activity"

    name: Mapped[str]
    planned_on: Mapped[date]
    held_on: Mapped[date | None]
    village_code: Mapped[str | None]
    place: Mapped[str] = mapped_column(default="")
    participants: Mapped[int | None]
    result: Mapped[str] = mapped_column(default="")

    @classmethod
    def found_by(cls) -> tuple[str, ...]:
        """By the day it was planned for."""
        return ("planned_on",)


class SakipReview(Version, Base):
    """The result of a SAKIP review (IKU 5) for the year in which it counts, from `reviewed_on` on; score 0–100."""

    __tablename__ = "sakip_review"

    year: Mapped[int]
    reviewed_on: Mapped[date]
    score: Mapped[Decimal] = mapped_column(FixedPoint(2))
    reviewer: Mapped[str] = mapped_column(default="")


class ProgrammeIndicator(Version, Base):
    """An indicator of the year's programmes (IKU 6): `direction` says whether more or less is better."""

    __tablename__ = "programme_indicator"

    year: Mapped[int]
    programme: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    unit: Mapped[str]
    target: Mapped[Decimal] = mapped_column(FixedPoint(4))
    direction: Mapped[str]


class ProgrammeRealisation(Version, Base):
    """What a programme indicator had reached on a day; `indicator_id` is the indicator's entry."""

    __tablename__ = "programme_realisation"

    year: Mapped[int]
    indicator_id: Mapped[UUID]
    measured_on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(FixedPoint(4))


class OutsideIndex(Version, Base):
    """The index that the province's own SUKMA-E shows for a period ("2026-10", "2026-S1"); a year is its `year`."""

    __tablename__ = "outside_index"

    year: Mapped[int]
    period: Mapped[str]
    value: Mapped[Decimal] = mapped_column(FixedPoint(2))
    respondents: Mapped[int | None]
    seen_on: Mapped[date]


class MonthNote(GrowingRow, Base):
    """What the responsible say of an indicator in a month ("2026-10"): the newest counts."""

    __tablename__ = "month_note"
    __table_args__ = (sa.Index(None, "office_id", "month"),)

    month: Mapped[str]
    indicator: Mapped[str]
    analysis: Mapped[str]
    obstacle: Mapped[str] = mapped_column(default="")
    follow_up: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class NoteCheck(GrowingRow, Base):
    """The Sekcam has checked a note; a newer note of the same month and indicator is unchecked again."""

    __tablename__ = "note_check"
    __table_args__ = (of_office("note_id", "month_note.id"), sa.Index(None, "office_id", "note_id"))

    note_id: Mapped[UUID]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class MonthNotice(OfficeRow, Base):
    """Somebody was told something of a month, so that it is told once: `kind` says what (in registers.late and
    documents.letters), `indicator` of which ("": of all).
    """

    __tablename__ = "month_notice"
    __table_args__ = (of_office("staff_id", "staff.id"),)

    month: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
