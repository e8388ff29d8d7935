"""Named reads for the desk of Seksi Trantib: one case, the people who handle it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Category, Complaint, Contact
from complaints.terms import Status
from core.errors import Missing
from offices.models import Point, Staff, Village
from offices.roles import Role

NAMES = (Category.name, Village.name, Staff.name)
CATEGORY = sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code)
VILLAGE = sa.and_(Village.office_id == Complaint.office_id, Village.code == Complaint.village_code)
ASSIGNEE = sa.and_(Staff.office_id == Complaint.office_id, Staff.id == Complaint.assignee_id)
POINT = sa.and_(Point.office_id == Complaint.office_id, Point.code == Complaint.point_code)
NAMED = sa.join(Complaint, Category, CATEGORY).outerjoin(Village, VILLAGE).outerjoin(Staff, ASSIGNEE)
CLOSED_BY_SETTLING = (Status.SETTLED.value, Status.FINAL.value)


@dataclass(frozen=True)
class Surroundings:
    """What a case's page names beside the report itself; `has_contact`: somebody may be asked back."""

    category: str
    village: str | None
    assignee: str | None
    point: str | None
    is_urgent: bool
    has_contact: bool


def surroundings(session: Session, report: Complaint) -> Surroundings:
    """The names that belong to a report, in one reading."""
    contact = sa.exists().where(Contact.office_id == Complaint.office_id, Contact.complaint_id == Complaint.id)
    this = sa.and_(Complaint.office_id == report.office_id, Complaint.id == report.id)
    chosen = (
        sa.select(*NAMES, Point.name, Category.is_urgent, contact)
        .select_from(NAMED.outerjoin(Point, POINT))
        .where(this)
    )
    return Surroundings(*session.execute(chosen).one())


def assignable(session: Session, office_id: int) -> Sequence[Staff]:
    """The officers to whom a report may be given, by name."""
    chosen = sa.select(Staff).filter_by(office_id=office_id, role=Role.OFFICER.value, active=True)
    return session.scalars(chosen.order_by(Staff.name, Staff.id)).all()


def category(session: Session, office_id: int, code: str) -> Category:
    """One category; raises Missing."""
    found = session.get(Category, (office_id, code))
    if found is None:
        raise Missing("Jenis laporan ini tidak ada.")
    return found


def staff_names(session: Session, office_id: int) -> dict[UUID, str]:
    """The name of every account the office ever had, for a case's history."""
    found = session.execute(sa.select(Staff.id, Staff.name).filter_by(office_id=office_id))
    return {staff_id: name for staff_id, name in found.all()}  # noqa: C416 (dict() can't type the rows)
