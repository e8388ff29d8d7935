"""The history of the calendar."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from core.db import Base, GrowingRow


class HolidayEntry(GrowingRow, Base):
    """What was said of a day off, and when: so that the calendar can be read as it stood at any moment."""

    __tablename__ = "holiday_entry"
    __table_args__ = (sa.Index(None, "office_id", "day"),)

    day: Mapped[date]
    is_off: Mapped[bool]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
