"""Tables of the figures: daily counts that the night rebuilds, and the year's targets."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, FixedPoint, GrowingRow, OfficeRow


class RatingDay(OfficeRow, Base):
    """Ratings of one WIB day, service and edition: how many, and the sum of each element's items."""

    __tablename__ = "rating_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    service_code: Mapped[str] = mapped_column(primary_key=True)
    edition_code: Mapped[str] = mapped_column(primary_key=True)
    respondents: Mapped[int]
    persyaratan: Mapped[int]
    prosedur: Mapped[int]
    waktu: Mapped[int]
    biaya: Mapped[int]
    produk: Mapped[int]
    kompetensi: Mapped[int]
    perilaku: Mapped[int]
    pengaduan: Mapped[int]
    sarana: Mapped[int]


class ComplaintDay(OfficeRow, Base):
    """Moves of the reports received on one WIB day, by the day of the move and what the report is now.

    `exclusion` and `village_code` are '' where there is none (a key holds no NULL). `first_closes` counts those
    settlings that were the report's first in their month.
    """

    __tablename__ = "complaint_day"
    __table_args__ = (sa.Index(None, "office_id", "move_day"),)

    received_day: Mapped[date] = mapped_column(primary_key=True)
    move_day: Mapped[date] = mapped_column(primary_key=True)
    move: Mapped[str] = mapped_column(primary_key=True)
    category_code: Mapped[str] = mapped_column(primary_key=True)
    village_code: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    exclusion: Mapped[str] = mapped_column(primary_key=True)
    moves: Mapped[int]
    first_closes: Mapped[int]


class Target(GrowingRow, Base):
    """The target of an indicator for a year. Rows are only added; the newest counts."""

    __tablename__ = "target"

    year: Mapped[int]
    indicator: Mapped[str]
    value: Mapped[Decimal] = mapped_column(FixedPoint(2))
    set_at: Mapped[datetime]
    set_by: Mapped[str]
