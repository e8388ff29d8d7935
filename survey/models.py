"""Tables of the survey: questionnaire editions and the ratings given on them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow, OfficeRow
from offices.models import MASTER, of_office

SUGGESTS = sa.text("suggestion <> ''")
ERASED = "(sudah dihapus)"  # a suggestion whose words are no longer kept; it still counts


class Counted(StrEnum):
    """How the monthly sums hold a rating."""

    NOT = ""
    IN = "in"
    OUT = "out"  # apart, as one that a named person took out of the index


class Edition(OfficeRow, Base):
    """A questionnaire edition, in use from `starts_on` (WIB); immutable once a rating names it."""

    __tablename__ = "edition"
    __table_args__ = ({"info": MASTER},)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    starts_on: Mapped[date]


class EditionItem(OfficeRow, Base):
    """One question of an edition and the element it measures. `labels` are the words for answers 1 to 4."""

    __tablename__ = "edition_item"
    __table_args__ = (of_office("edition_code", "edition.code"), {"info": MASTER})

    edition_code: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    element: Mapped[str]
    position: Mapped[int]
    question: Mapped[str]
    labels: Mapped[list[str]] = mapped_column(sa.JSON)


class EditionWords(OfficeRow, Base):
    """A question in another language ("jv"): the question and the words for answers 1 to 4.

    Nothing else depends on them, so they may be corrected while the edition is in force.
    """

    __tablename__ = "edition_words"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["office_id", "edition_code", "key"],
            ["edition_item.office_id", "edition_item.edition_code", "edition_item.key"],
        ),
        {"info": MASTER},
    )

    edition_code: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    labels: Mapped[list[str]] = mapped_column(sa.JSON)


class Rating(GrowingRow, Base):
    """One respondent's answers. Each element column is the sum of that element's items in the edition.

    `day` is the WIB day of `rated_at`; `recorded_at` is server time; `digest` tells a repeated submission from
    another one under the same id; `points` is 60 × the sum of the respondent's element means; `withdrawn_at` is set
    when its import is undone. `once` is the digest of what may be rated once only, such as one report's handling or
    one visit; `visit` says which of these proved that there was a visit ("": nothing did). `served_by` is the account
    that gave out the visit's code, without a foreign key because accounts are never deleted. `fill_s`: seconds from
    the blank form to the sent one, None where nobody measured. `is_excluded`: a named person took it out of the index.
    `counted`: how the monthly sums hold it (Counted); only the night writes it, and makes the sums with it.
    """

    __tablename__ = "rating"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "submission_id"),
        of_office("edition_code", "edition.code"),
        of_office("service_code", "service.code"),
        of_office("point_code", "point.code"),
        of_office("import_id", "import.id"),
        sa.Index(None, "office_id", "day", "id"),  # by day, and page by page within it
        sa.Index(None, "office_id", "once", unique=True),
        # Most respondents suggest nothing: what is read of suggestions must not cost what all ratings do.
        sa.Index("ix_rating_suggestion", "office_id", "day", "id", sqlite_where=SUGGESTS, postgresql_where=SUGGESTS),
    )

    submission_id: Mapped[UUID]
    digest: Mapped[str]
    edition_code: Mapped[str]
    service_code: Mapped[str]
    point_code: Mapped[str | None]
    persyaratan: Mapped[int] = mapped_column(sa.SmallInteger)
    prosedur: Mapped[int] = mapped_column(sa.SmallInteger)
    waktu: Mapped[int] = mapped_column(sa.SmallInteger)
    biaya: Mapped[int] = mapped_column(sa.SmallInteger)
    produk: Mapped[int] = mapped_column(sa.SmallInteger)
    kompetensi: Mapped[int] = mapped_column(sa.SmallInteger)
    perilaku: Mapped[int] = mapped_column(sa.SmallInteger)
    pengaduan: Mapped[int] = mapped_column(sa.SmallInteger)
    sarana: Mapped[int] = mapped_column(sa.SmallInteger)
    points: Mapped[int] = mapped_column(sa.SmallInteger)
    sex: Mapped[str | None]
    age_band: Mapped[str | None]
    education: Mapped[str | None]
    occupation: Mapped[str | None]
    suggestion: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    rated_at: Mapped[datetime]
    day: Mapped[date]
    recorded_at: Mapped[datetime]
    import_id: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    once: Mapped[str | None]
    visit: Mapped[str] = mapped_column(default="", server_default="")
    served_by: Mapped[UUID | None]
    fill_s: Mapped[int | None] = mapped_column(sa.SmallInteger)
    is_excluded: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    counted: Mapped[str] = mapped_column(server_default="")


class RatingReview(GrowingRow, Base):
    """A named person took a rating out of the index, or put it back, and said why. Rows are only added."""

    __tablename__ = "rating_review"
    __table_args__ = (of_office("rating_id", "rating.id"), sa.Index(None, "office_id", "rating_id"))

    rating_id: Mapped[UUID]
    is_excluded: Mapped[bool]
    reason: Mapped[str]
    reviewed_at: Mapped[datetime]
    reviewed_by: Mapped[str]
