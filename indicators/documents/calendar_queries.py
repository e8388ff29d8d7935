"""Named reads of the calendar feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Category, Complaint
from offices.models import Staff

MOST = 300  # reports, the nearest due days first


@dataclass(frozen=True)
class DueReport:
    """An open report; `category` "" where nothing is said of what it is about."""

    number: str
    category: str
    due: date
    received_at: datetime


def due_reports(session: Session, office_id: int, assignee: UUID | None) -> Sequence[DueReport]:
    """The open reports of an officer (None: of everybody), the nearest due day first: one more than MOST where there
    are more. Those held for review are not the calendar's, and of a confidential one not even its kind is.
    """
    kind = sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code)
    told = sa.case((Complaint.is_confidential, ""), else_=Category.name)
    chosen = sa.select(Complaint.number, told, Complaint.due_on, Complaint.received_at).join(Category, kind)
    mine = sa.true() if assignee is None else Complaint.assignee_id == assignee
    is_open = sa.and_(Complaint.office_id == office_id, Complaint.due_on.is_not(None), Complaint.is_held.is_(False))
    rows = session.execute(chosen.where(is_open, mine).order_by(Complaint.due_on, Complaint.id).limit(MOST + 1))
    return [DueReport(number, category, due, at) for number, category, due, at in rows if due]


def open_account(session: Session, office_id: int, staff_id: UUID) -> Staff | None:
    """An account that is still open."""
    return session.scalar(sa.select(Staff).filter_by(office_id=office_id, id=staff_id, active=True))
