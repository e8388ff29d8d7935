"""Counters of reports by status, review and due day, kept in the transaction of every change: no page counts rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk_models import CaseCount
from complaints.models import Complaint
from core.upsert import insert_for


@dataclass(frozen=True, order=True)
class Place:
    """Where a report is counted; `due_on` is "" once it is closed."""

    status: str
    is_held: bool
    due_on: str


def place(status: str, is_held: bool, due_on: date | None) -> Place:  # noqa: FBT001 (a row's columns)
    """Where a report with these columns is counted."""
    return Place(status, is_held, due_on.isoformat() if due_on else "")


def place_of(row: Mapping[str, Any]) -> Place:
    """Where a report's row is counted: its status, is_held (absent: not) and due_on."""
    return place(row["status"], bool(row.get("is_held")), row.get("due_on"))


def of_report(report: Complaint) -> Place:
    """Where a report is counted now."""
    return place(report.status, report.is_held, report.due_on)


def add(session: Session, office_id: int, places: Iterable[Place]) -> None:
    """Count new reports."""
    _change(session, office_id, Counter(places))


def shift(session: Session, office_id: int, before: Place, after: Place) -> None:
    """Count a report at its new place."""
    change = Counter([after])
    change.subtract([before])
    _change(session, office_id, change)


def remove(session: Session, office_id: int, places: Iterable[Place]) -> None:
    """Count reports no longer."""
    change: Counter[Place] = Counter()
    change.subtract(places)
    _change(session, office_id, change)


def _change(session: Session, office_id: int, change: Counter[Place]) -> None:
    """In one order, so that two transactions never wait for each other."""
    for place, reports in sorted(change.items()):
        if reports:
            row = insert_for(session, CaseCount).values(
                office_id=office_id,
                status=place.status,
                is_held=place.is_held,
                due_on=place.due_on,
                reports=reports,
            )
            grown = {"reports": CaseCount.reports + reports}
            keys = ["office_id", "status", "is_held", "due_on"]
            session.execute(row.on_conflict_do_update(index_elements=keys, set_=grown))


def recount(session: Session, office_id: int) -> None:
    """Make all of the office's counters again from its reports."""
    session.execute(sa.delete(CaseCount).where(CaseCount.office_id == office_id))
    columns = (Complaint.status, Complaint.is_held, Complaint.due_on)
    counted = sa.select(*columns, sa.func.count()).where(Complaint.office_id == office_id).group_by(*columns)
    found = session.execute(counted).all()
    _change(session, office_id, Counter({place(*row[:3]): row[3] for row in found}))
