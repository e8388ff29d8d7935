"""Tables of paper questionnaires: a pile, and each form of it, entered twice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow
from offices.models import of_office


class PaperBatch(GrowingRow, Base):
    """A pile of forms of one edition, filled in on one WIB day at one service (None: each form says which).

    It is entered by one person, once more by the same or another one, and then taken in as one import.
    """

    __tablename__ = "paper_batch"
    __table_args__ = (
        of_office("edition_code", "edition.code"),
        of_office("service_code", "service.code"),
        of_office("point_code", "point.code"),
        of_office("import_id", "import.id"),
        sa.Index(None, "office_id", "begun_at"),
    )

    edition_code: Mapped[str]
    service_code: Mapped[str | None]
    point_code: Mapped[str | None]
    day: Mapped[date]
    status: Mapped[str]
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    second_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]


class PaperForm(GrowingRow, Base):
    """What one entry (1 or 2) read on the form of this number, or (3) what was decided where they differ. `given`
    holds answers and the rest as typed.
    """

    __tablename__ = "paper_form"
    __table_args__ = (
        of_office("batch_id", "paper_batch.id"),
        sa.UniqueConstraint("office_id", "batch_id", "number", "entry"),
    )

    batch_id: Mapped[UUID]
    number: Mapped[int]
    entry: Mapped[int] = mapped_column(sa.SmallInteger)
    given: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]
