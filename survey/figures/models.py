"""Tables of the survey's figures: monthly sums that the night keeps."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, OfficeRow


class RatingSums:
    """How many ratings, the sum of each element's items over them, and the sum of the squares of their points.

    What a named person took out of the index is not in them.
    """

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
    squares: Mapped[int] = mapped_column(sa.BigInteger)


class ByService:
    """The key's last columns where ratings are counted by service and edition."""

    service_code: Mapped[str] = mapped_column(primary_key=True)
    edition_code: Mapped[str] = mapped_column(primary_key=True)


class ByGroup:
    """The key's last columns where ratings are counted by a group, such as "sex" and "female".

    `value` is "" where a respondent said nothing. The dimension "excluded" holds those that a named person took out,
    by their service.
    """

    dimension: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    edition_code: Mapped[str] = mapped_column(primary_key=True)


class RatingMonth(OfficeRow, ByService, RatingSums, Base):
    """Ratings of one month ("2026-10"), service and edition."""

    __tablename__ = "rating_month"

    month: Mapped[str] = mapped_column(primary_key=True, sort_order=-10)


class RatingGroupMonth(OfficeRow, ByGroup, RatingSums, Base):
    """Ratings of one month, group and edition."""

    __tablename__ = "rating_group_month"
    __table_args__ = ({"sqlite_with_rowid": False},)  # the night writes each row once instead of beside its key

    month: Mapped[str] = mapped_column(primary_key=True, sort_order=-10)


class RatingAnswerMonth(OfficeRow, Base):
    """How many of one month and edition gave, to each element's items, answers that add up to `answer`."""

    __tablename__ = "rating_answer_month"
    __table_args__ = ({"sqlite_with_rowid": False},)

    month: Mapped[str] = mapped_column(primary_key=True, sort_order=-10)
    edition_code: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    persyaratan: Mapped[int]
    prosedur: Mapped[int]
    waktu: Mapped[int]
    biaya: Mapped[int]
    produk: Mapped[int]
    kompetensi: Mapped[int]
    perilaku: Mapped[int]
    pengaduan: Mapped[int]
    sarana: Mapped[int]
