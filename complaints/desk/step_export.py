"""Every move of the reports as CSV, for auditors: from it each figure of indicator 4 can be counted again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint, Event
from core.calendar import WIB
from core.periods import Period

AT_ONCE = 2000
# No words, no names: what happened to which report, and when.
COLUMNS = (
    "seq", "number", "received_on", "source", "category", "village", "move", "at", "day", "recorded_at", "exclusion",
    "joined",
)  # fmt: skip


def rows(session: Session, office_id: int, period: Period) -> Iterator[list[object]]:
    """The moves made in the period, in COLUMNS and the order of the chain, as they are read. Reports of undone imports
    are left out, as they are counted nowhere.
    """
    last = 0
    while found := session.execute(_chosen(office_id, period).where(Event.seq > last).limit(AT_ONCE)).all():
        yield from ([_told(cell) for cell in row] for row in found)
        last = found[-1].seq


def _chosen(office_id: int, period: Period) -> sa.Select[Any]:
    of_report = sa.and_(Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id)
    columns: tuple[Any, ...] = (
        Event.seq, Complaint.number, Complaint.received_on, Complaint.source, Complaint.category_code,
        Complaint.village_code, Event.move, Event.at, Event.day, Event.recorded_at, Event.exclusion,
        Event.joiner_id.is_not(None),
    )  # fmt: skip
    within = (Event.day >= period.first.first_day, Event.day < period.last.day_after)
    chosen = sa.select(*columns).join(Complaint, of_report).where(Event.office_id == office_id, *within)
    return chosen.where(Complaint.withdrawn_at.is_(None)).order_by(Event.seq)


def _told(cell: object) -> object:
    """Yes and no as 1 and 0, moments in WIB to the second."""
    if isinstance(cell, bool):
        return int(cell)
    return cell.astimezone(WIB).isoformat(timespec="seconds") if isinstance(cell, datetime) else cell
