"""Every move of the reports as CSV, for auditors: from it each figure of indicator 4 can be counted again."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint, Event
from core.calendar import WIB
from core.periods import Period
from core.tabular import harmless

AT_ONCE = 2000
# No words, no names: what happened to which report, and when.
COLUMNS = (
    "seq", "number", "received_on", "source", "category", "village", "move", "at", "day", "recorded_at", "exclusion",
    "joined",
)  # fmt: skip


def csv_text(session: Session, office_id: int, period: Period) -> Iterator[str]:
    """The moves made in the period, in the order of the chain, sent as they are read; begins with the mark by which
    spreadsheets know UTF-8. Reports of undone imports are left out, as they are counted nowhere.
    """
    yield "\ufeff" + _written([COLUMNS])
    last = 0
    while found := session.execute(_chosen(office_id, period).where(Event.seq > last).limit(AT_ONCE)).all():
        yield _written([[_text(cell) for cell in row] for row in found])
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


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool | int):
        return str(int(cell))
    if hasattr(cell, "astimezone"):
        return str(cell.astimezone(WIB).isoformat(timespec="seconds"))
    return harmless(str(cell))


def _written(rows: Any) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
