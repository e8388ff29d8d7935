"""Tables of the reports' figures: daily and monthly counts that the night rebuilds; and the year's targets."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, FixedPoint, GrowingRow, OfficeRow


class MoveCounts:
    """What a report is now, and how many moves of this kind such reports made.

    `exclusion` and `village_code` are '' where there is none (a key holds no NULL). `first_closes` counts those
    settlings that were the report's first in their month; `confirmed` and `disputed` add up how many more reports stand
    settled and confirmed, or settled and disputed, through these moves.
    """

    move: Mapped[str] = mapped_column(primary_key=True)
    category_code: Mapped[str] = mapped_column(primary_key=True)
    village_code: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    exclusion: Mapped[str] = mapped_column(primary_key=True)
    moves: Mapped[int]
    first_closes: Mapped[int]
    confirmed: Mapped[int] = mapped_column(default=0, server_default="0")
    disputed: Mapped[int] = mapped_column(default=0, server_default="0")


class ComplaintDay(OfficeRow, MoveCounts, Base):
    """Moves of the reports received on one WIB day, by the day of the move."""

    __tablename__ = "complaint_day"

    received_day: Mapped[date] = mapped_column(primary_key=True, sort_order=-10)
    move_day: Mapped[date] = mapped_column(primary_key=True, sort_order=-9)


class ComplaintMonth(OfficeRow, MoveCounts, Base):
    """Moves of the reports received in one month ("2026-10"), by the month of the move."""

    __tablename__ = "complaint_month"
    __table_args__ = (
        sa.Index(None, "office_id", "move_month"),
        # What was open when a year began is the sum of all moves before it: read from this index alone.
        sa.Index("ix_complaint_month_moves", "office_id", "move", "move_month", "source", "moves"),
    )

    received_month: Mapped[str] = mapped_column(primary_key=True, sort_order=-10)
    move_month: Mapped[str] = mapped_column(primary_key=True, sort_order=-9)


class Target(GrowingRow, Base):
    """The target of an indicator for a year, or for a quarter of it (1–4; 0: the year). Rows are only added; the newest
    counts, and one without a value takes the target back.
    """

    __tablename__ = "target"
    __table_args__ = (sa.Index(None, "office_id", "year"),)

    year: Mapped[int]
    quarter: Mapped[int] = mapped_column(default=0, server_default="0")
    indicator: Mapped[str]
    value: Mapped[Decimal | None] = mapped_column(FixedPoint(2))
    set_at: Mapped[datetime]
    set_by: Mapped[str]
