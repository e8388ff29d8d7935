"""Tables of the survey: questionnaire editions and the ratings given on them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow, OfficeRow
from offices.models import MASTER, of_office


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


class Rating(GrowingRow, Base):
    """One respondent's answers. Each element column is the sum of that element's items in the edition.

    `day` is the WIB day of `rated_at`; `recorded_at` is server time; `digest` tells a repeated submission from
    another one under the same id; `points` is 60 × the sum of the respondent's element means; `withdrawn_at` is set
    when its import is undone. `once` is the digest of what may be rated once only, such as one report's handling.
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
