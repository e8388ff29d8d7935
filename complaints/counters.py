"""Counters of reports by status, review and due day, kept in the transaction of every change: no page counts rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk_models import CaseCount
from complaints.models import Complaint
from core.db import transaction
from core.upsert import insert_of
from offices import queries as office_queries

# Whoever counts meanwhile would do so between the rows' going and coming. SQLite has one writer at a time anyway.
KEEP_OTHERS_OUT = sa.text(f"LOCK TABLE {CaseCount.__tablename__} IN SHARE ROW EXCLUSIVE MODE")


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
    statement = _counting_of(session.get_bind().dialect.name)
    for place, reports in sorted(change.items()):
        if reports:
            session.connection().execute(statement, asdict(place) | {"office": office_id, "more": reports})


@cache
def _counting_of(dialect: str) -> sa.UpdateBase:
    """Built once for each dialect: every report that comes in runs it."""
    office, more = (sa.bindparam(name, type_=sa.Integer) for name in ("office", "more"))
    keys = {
        name: sa.bindparam(name, type_=CaseCount.__table__.c[name].type) for name in ("status", "is_held", "due_on")
    }
    row = insert_of(dialect, CaseCount).values(office_id=office, **keys, reports=more)
    return row.on_conflict_do_update(index_elements=["office_id", *keys], set_={"reports": CaseCount.reports + more})


@transaction
def recount_all(session: Session) -> None:
    """Make the counters of every office again; those that are back at nought go."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(KEEP_OTHERS_OUT)
    for office_id in office_queries.office_ids(session):
        recount(session, office_id)


def recount(session: Session, office_id: int) -> None:
    """Make the office's counters again from its reports, while nobody else counts."""
    session.execute(sa.delete(CaseCount).where(CaseCount.office_id == office_id))
    columns = (Complaint.status, Complaint.is_held, Complaint.due_on)
    counted = sa.select(*columns, sa.func.count()).where(Complaint.office_id == office_id).group_by(*columns)
    found = session.execute(counted).all()
    _change(session, office_id, Counter({place(*row[:3]): row[3] for row in found}))
