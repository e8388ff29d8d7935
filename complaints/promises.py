"""How a move changes what was promised: waiting for the resident, another category, a settling that may be answered."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import queries
from complaints.case_models import DueChange
from complaints.deadlines import (
    MOST_WAITED,
    Deadlines,
    answer_by,
    days_waited,
    deadlines,
    later,
    next_due,
    settled_by,
)
from complaints.models import Complaint
from complaints.states import ReportState
from complaints.terms import Move, Status
from core.calendar import wib_day
from core.ids import uuid7
from offices import queries as office_queries


class Because(StrEnum):
    """Why a due day was moved; stored by value."""

    WAITED = "waited"
    CATEGORY = "category"


@dataclass(frozen=True)
class Promised:
    """The report's columns that speak of promises, and why its due day moved (None: it did not)."""

    values: dict[str, Any]
    because: Because | None


def promised(report: Complaint) -> Deadlines:
    """What the office promises now."""
    return Deadlines(report.answer_due, report.follow_up_due, report.settle_due)


def standing(session: Session, report: Complaint, *, now: datetime) -> Deadlines:
    """The same as it stands while the resident is asked: their silence puts the settling off day by day."""
    if report.waiting_since is None:
        return promised(report)
    days_off = office_queries.days_off(session, report.office_id, since=wib_day(report.received_at))
    settle = settled_by(report.settle_due, report.waiting_since, report.waited_days, days_off, now=now)
    return Deadlines(report.answer_due, report.follow_up_due, settle)


def after(
    session: Session, report: Complaint, state: ReportState, move: Move, *, category: str, now: datetime
) -> Promised:
    """The promises after a move of the report to `state`; `category` is the new one, "" where it stays."""
    if state.status is None:
        raise ValueError("a stored report has a status")
    since = wib_day(report.received_at)
    days_off = office_queries.days_off(session, report.office_id, since=since)
    dates, waited, because = promised(report), report.waited_days, None
    if category:
        days = queries.settle_days(session, report.office_id, category)
        settle = later(deadlines(report.received_at, days, days_off).settle_due, waited, days_off)
        dates, because = replace(dates, settle_due=settle), Because.CATEGORY
    if report.waiting_since is not None and state.status is not Status.WAITING:
        more = days_waited(report.waiting_since, now, waited, days_off)
        dates = replace(dates, settle_due=later(dates.settle_due, more, days_off))
        waited, because = waited + more, Because.WAITED
    values: dict[str, Any] = asdict(dates)
    values |= {"waited_days": waited, "due_on": _due_on(state.status, dates, waited, days_off)}
    if move is Move.SETTLE:
        values["answer_by"] = answer_by(now, days_off)
    elif state.status is not Status.SETTLED:
        values["answer_by"] = None
    return Promised(values, because if dates.settle_due != report.settle_due else None)


def _due_on(status: Status, dates: Deadlines, waited: int, days_off: frozenset[date]) -> date | None:
    """While the resident is asked the clock stands still, until waiting adds nothing more."""
    if status is Status.WAITING:
        return later(dates.settle_due, MOST_WAITED - waited, days_off)
    return next_due(status, dates)


def record(session: Session, report: Complaint, promised: Promised, *, now: datetime) -> None:
    """Keep the change of the due day with its reason, in the caller's transaction."""
    if promised.because is None:
        return
    row = {
        "office_id": report.office_id,
        "id": uuid7(now),
        "complaint_id": report.id,
        "at": now,
        "because": promised.because.value,
        "old_due": report.settle_due,
        "new_due": promised.values["settle_due"],
    }
    session.connection().execute(sa.insert(DueChange), row)
