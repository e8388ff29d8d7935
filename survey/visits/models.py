"""Tables of visits: codes to rate one visit once, and how many people came."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow
from offices.models import of_office


class VisitCode(GrowingRow, Base):
    """A code that rates one visit once, until the end of the WIB day `valid_until`. The code itself is not kept: it is
    made from the id again. `is_used` bears no time, so that nobody finds the rating by it.
    """

    __tablename__ = "visit_code"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "digest"),
        of_office("service_code", "service.code"),
        sa.Index(None, "office_id", "day", "service_code"),
    )

    digest: Mapped[str]
    service_code: Mapped[str]
    day: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID]
    valid_until: Mapped[date]
    is_used: Mapped[bool] = mapped_column(default=False)


class VisitCount(GrowingRow, Base):
    """How many people used a service on a WIB day; None: as many as were given a code. Rows are only added; the newest
    counts.
    """

    __tablename__ = "visit_count"
    __table_args__ = (of_office("service_code", "service.code"), sa.Index(None, "office_id", "day", "service_code"))

    service_code: Mapped[str]
    day: Mapped[date]
    visits: Mapped[int | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
