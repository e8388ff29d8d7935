"""Named reads of what a receipt opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk_models import PushSubscription
from complaints.models import Category, Complaint
from complaints.queries import Opened
from complaints.terms import Exclusion, Status
from core.errors import Missing
from offices.models import Office, Village

MOST_FOLLOWED = 20  # a duplicate of a duplicate …; far more than anybody will make


@dataclass(frozen=True)
class Traced:
    """What of a report its receipt opens; names instead of codes. `first_report`: the number of the report that this
    one is a duplicate of.
    """

    id: UUID
    number: str
    category: str
    village: str | None
    received_at: datetime
    status: Status
    settle_due: date
    description: str = ""
    answer_by: date | None = None
    settled_at: datetime | None = None
    waiting_since: datetime | None = None
    waited_days: int = 0
    exclusion: Exclusion | None = None
    first_report: str | None = None
    is_urgent: bool = False


COLUMNS = (
    Complaint.id, Complaint.number, Category.name, Village.name, Complaint.received_at, Complaint.status,
    Complaint.settle_due, Complaint.description, Complaint.answer_by, Complaint.settled_at, Complaint.waiting_since,
    Complaint.waited_days, Complaint.exclusion, Complaint.first_report, Category.is_urgent,
)  # fmt: skip


def traced(session: Session, office_id: int, complaint_id: UUID) -> Traced:
    """The report; raises Missing."""
    found = _traced(session, office_id, Complaint.id == complaint_id)
    if found is None:
        raise Missing("Laporan ini tidak ada.")
    return found


def parent_of(session: Session, office_id: int, report: Traced) -> Traced | None:
    """The report that a duplicate follows, itself no duplicate; None when the report is none."""
    parent = None
    for _hop in range(MOST_FOLLOWED):
        if report.exclusion is not Exclusion.DUPLICATE or report.first_report is None:
            return parent
        parent = _traced(session, office_id, Complaint.number == report.first_report)
        if parent is None:
            return None
        report = parent
    return None


def subscriptions(session: Session, opened: Opened) -> int:
    """How many devices asked to be told with this receipt."""
    mine = {"office_id": opened.office_id, "complaint_id": opened.complaint_id, "joiner_id": opened.joiner_id}
    return session.scalar(sa.select(sa.func.count()).select_from(PushSubscription).filter_by(**mine)) or 0


def silent(session: Session, today: date) -> Sequence[tuple[int, UUID]]:
    """The settled reports whose last day for an answer has passed, with their offices. The offices are named so that
    the key serves, which begins with them.
    """
    chosen = sa.select(Complaint.office_id, Complaint.id).where(Complaint.office_id.in_(sa.select(Office.id)))
    silent = (Complaint.answer_by < today, Complaint.status == Status.SETTLED.value)
    found = session.execute(chosen.where(*silent).order_by(Complaint.office_id, Complaint.answer_by))
    return [(office_id, key) for office_id, key in found]


def _traced(session: Session, office_id: int, which: sa.ColumnElement[bool]) -> Traced | None:
    category = sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code)
    village = sa.and_(Village.office_id == Complaint.office_id, Village.code == Complaint.village_code)
    chosen = sa.select(*COLUMNS).join(Category, category).outerjoin(Village, village)
    row = session.execute(chosen.where(Complaint.office_id == office_id, which)).first()
    if row is None:
        return None
    return Traced(
        id=row[0],
        number=row[1],
        category=row[2],
        village=row[3],
        received_at=row[4],
        status=Status(row[5]),
        settle_due=row[6],
        description=row[7],
        answer_by=row[8],
        settled_at=row[9],
        waiting_since=row[10],
        waited_days=row[11],
        exclusion=Exclusion(row[12]) if row[12] else None,
        first_report=row[13],
        is_urgent=row[14],
    )
