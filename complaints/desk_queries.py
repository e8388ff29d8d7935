"""Named reads for the desk of Seksi Trantib: the inbox, one case, the people who handle it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.deadlines import Promise, next_promise
from complaints.models import Category, Complaint, Contact
from complaints.promises import promised
from complaints.terms import Status
from core.errors import Missing
from offices.models import Point, Staff, Village
from offices.roles import Role

PAGE = 50
NAMES = (Category.name, Village.name, Staff.name)
CATEGORY = sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code)
VILLAGE = sa.and_(Village.office_id == Complaint.office_id, Village.code == Complaint.village_code)
ASSIGNEE = sa.and_(Staff.office_id == Complaint.office_id, Staff.id == Complaint.assignee_id)
POINT = sa.and_(Point.office_id == Complaint.office_id, Point.code == Complaint.point_code)
NAMED = sa.join(Complaint, Category, CATEGORY).outerjoin(Village, VILLAGE).outerjoin(Staff, ASSIGNEE)
NOT_HERE = "Laporan ini tidak ada. Periksa nomornya di daftar laporan."
CLOSED_BY_SETTLING = (Status.SETTLED.value, Status.FINAL.value)


class Group(StrEnum):
    """The inbox's groups, by the word in the address. A report held for review has a group of its own."""

    OPEN = "terbuka"
    LATE = "lewat-tenggat"
    HELD = "ditahan"
    SETTLED = "selesai"
    EXCLUDED = "dikecualikan"
    ALL = "semua"


BY_DUE = frozenset({Group.OPEN, Group.LATE, Group.HELD})  # the others have no due day: newest first


@dataclass(frozen=True)
class Row:
    """One report in the inbox; `promise` is the next one, due on `due_on`: both None once closed."""

    id: UUID
    number: str
    status: Status
    category: str
    is_urgent: bool
    village: str | None
    place: str
    received_on: date
    due_on: date | None
    promise: Promise | None
    assignee: str | None


@dataclass(frozen=True)
class Cursor:
    """Where a page of the inbox begins: after this report. `due_on` None where the group has no due days."""

    due_on: date | None
    id: UUID

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From an address; None, that is the first page, when it can't be read."""
        day, _, key = text.rpartition("_")
        try:
            return cls(date.fromisoformat(day) if day else None, UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        """As in an address."""
        return f"{self.due_on or ''}_{self.id}"


@dataclass(frozen=True)
class InboxPage:
    """Up to fifty reports, and where the next page begins; None: this is the last."""

    rows: Sequence[Row]
    after: Cursor | None


@dataclass(frozen=True)
class Surroundings:
    """What a case's page names beside the report itself; `has_contact`: somebody may be asked back."""

    category: str
    village: str | None
    assignee: str | None
    point: str | None
    is_urgent: bool
    has_contact: bool


def for_staff(session: Session, office_id: int, number: str) -> Complaint:
    """The office's report with this public number, in any case; raises Missing, for another office's too."""
    found = session.scalar(sa.select(Complaint).filter_by(office_id=office_id, number=number.strip().upper()))
    if found is None:
        raise Missing(NOT_HERE)
    return found


def inbox(
    session: Session, office_id: int, group: Group = Group.OPEN, *, after: Cursor | None = None, today: date
) -> InboxPage:
    """A page of one group: the nearest promise first, so what is late is on top; closed ones newest first."""
    chosen = sa.select(Complaint, *NAMES, Category.is_urgent).select_from(NAMED).where(Complaint.office_id == office_id)
    chosen = chosen.where(_within(group, today))
    if group in BY_DUE:
        chosen = chosen.order_by(Complaint.due_on, Complaint.id)
    else:
        chosen = chosen.order_by(Complaint.id.desc())
    if after is not None:
        chosen = chosen.where(_beyond(group, after))
    found = [_row(*line) for line in session.execute(chosen.limit(PAGE + 1))]
    rows = found[:PAGE]
    return InboxPage(rows, Cursor(rows[-1].due_on, rows[-1].id) if len(found) > PAGE else None)


def counts(session: Session, office_id: int, *, today: date) -> dict[Group, int]:
    """How many reports are in each group, in one reading."""
    columns = [sa.func.count().filter(_within(group, today)) for group in Group]
    found = session.execute(sa.select(*columns).where(Complaint.office_id == office_id)).one()
    return dict(zip(Group, found, strict=True))


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


def _row(report: Complaint, category: str, village: str | None, assignee: str | None, urgent: int) -> Row:
    return Row(
        id=report.id,
        number=report.number,
        status=Status(report.status),
        category=category,
        is_urgent=bool(urgent),
        village=village,
        place=report.place,
        received_on=report.received_on,
        due_on=report.due_on,
        promise=next_promise(Status(report.status), promised(report)),
        assignee=assignee,
    )


def _within(group: Group, today: date) -> sa.ColumnElement[bool]:
    """Which reports a group holds. An open report always has a due day, a closed one never."""
    is_open = sa.and_(Complaint.due_on.is_not(None), Complaint.is_held.is_(False))
    match group:
        case Group.OPEN:
            return is_open
        case Group.LATE:
            return sa.and_(is_open, Complaint.due_on < today)
        case Group.HELD:
            return sa.and_(Complaint.due_on.is_not(None), Complaint.is_held)
        case Group.SETTLED:
            return Complaint.status.in_(CLOSED_BY_SETTLING)
        case Group.EXCLUDED:
            return Complaint.status == Status.EXCLUDED.value
        case Group.ALL:
            return Complaint.status != Status.WITHDRAWN.value


def _beyond(group: Group, after: Cursor) -> sa.ColumnElement[bool]:
    if group not in BY_DUE:
        return Complaint.id < after.id
    return sa.tuple_(Complaint.due_on, Complaint.id) > (after.due_on, after.id)
