"""The table of sessions: on which devices staff are signed in."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from core.db import Base, GrowingRow
from offices.models import of_office


class StaffSession(GrowingRow, Base):
    """One sign-in. `digest` is of the token in the device's cookie, `uniquifier` the account's at that time: when the
    account changes its own, all its sessions have ended. `home` is the address's household, `device` the browser in
    words.
    """

    __tablename__ = "staff_session"
    __table_args__ = (of_office("staff_id", "staff.id"), sa.Index(None, "office_id", "staff_id"))

    staff_id: Mapped[UUID]
    uniquifier: Mapped[str]
    digest: Mapped[str]
    home: Mapped[str]
    device: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
