"""Named reads for the inbox: a page of reports, how many are in each group, what is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import search
from complaints.deadlines import Deadlines, Promise, next_promise
from complaints.desk.inbox import CLOSED_BY_SETTLING, MYSELF, NOBODY, NOWHERE, Cursor, Filters, Group, Order
from complaints.desk_models import CaseCount
from complaints.models import Category, Complaint
from complaints.terms import Source, Status
from core.calendar import day_range
from core.ids import first_id
from offices.models import Staff, Village

PAGE = 50
EARLIEST = date(2000, 1, 1)  # ids hold no moment long before
SETTLED = [status.value for status in CLOSED_BY_SETTLING]
CATEGORY = sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code)
VILLAGE = sa.and_(Village.office_id == Complaint.office_id, Village.code == Complaint.village_code)
ASSIGNEE = sa.and_(Staff.office_id == Complaint.office_id, Staff.id == Complaint.assignee_id)
Listed = sa.Select[*tuple[Any, ...]]
COLUMNS: Sequence[Any] = (
    Complaint.id, Complaint.number, Complaint.version, Complaint.status, Category.name.label("category"),
    Category.is_urgent, Village.name.label("village"), Complaint.place, Complaint.lat, Complaint.lng, Complaint.source,
    Complaint.received_at, Complaint.received_on, Complaint.due_on, Complaint.answer_due, Complaint.follow_up_due,
    Complaint.settle_due, Complaint.settled_at, Complaint.is_held, Complaint.held_because, Complaint.joined,
    Staff.name.label("assignee"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One report in the inbox; `promise` is the next one, due on `due_on`: both None once closed. `serial` is its place
    in the search, None where nothing was searched for.
    """

    id: UUID
    number: str
    version: int
    status: Status
    category: str
    is_urgent: bool
    village: str | None
    place: str
    lat: Decimal | None
    lng: Decimal | None
    source: Source
    received_at: datetime
    received_on: date
    due_on: date | None
    promise: Promise | None
    settled_at: datetime | None
    is_held: bool
    held_because: str | None
    joined: int
    assignee: str | None
    serial: int | None = None


@dataclass(frozen=True)
class InboxPage:
    """Up to fifty reports, and where the next page begins; None: this is the last."""

    rows: Sequence[Row]
    after: Cursor | None


@dataclass(frozen=True)
class Asked:
    """Whose list it is: the office's, as this account sees it on this day."""

    office_id: int
    me: UUID
    today: date


def page(session: Session, asked: Asked, filters: Filters, after: Cursor | None = None, most: int = PAGE) -> InboxPage:
    """A page: the nearest promise first, so what is late is on top; closed ones, and what was found, newest first."""
    chosen = _chosen(session, asked, filters, after).limit(most + 1)
    found = [_row(line) for line in session.execute(chosen).mappings()]
    rows = found[:most]
    return InboxPage(rows, _end(rows[-1], filters.order) if len(found) > most else None)


def pages(session: Session, asked: Asked, filters: Filters, most: int) -> Iterator[Sequence[Row]]:
    """All that is chosen, part by part."""
    after: Cursor | None = None
    while True:
        found = page(session, asked, filters, after, most)
        yield found.rows
        after = found.after
        if after is None:
            return


def counts(session: Session, office_id: int, *, today: date) -> dict[Group, int]:
    """How many reports are in each group, from the counters."""
    columns = [sa.func.coalesce(sa.func.sum(CaseCount.reports).filter(_counted(group, today)), 0) for group in Group]
    found = session.execute(sa.select(*columns).where(CaseCount.office_id == office_id)).one()
    return {group: int(number) for group, number in zip(Group, found, strict=True)}


def new_since(session: Session, office_id: int, since: UUID) -> tuple[int, int]:
    """How many reports came after this id that nobody holds for review, and how many of them are urgent."""
    urgent = sa.func.count().filter(Category.is_urgent)
    chosen = sa.select(sa.func.count(), urgent).select_from(sa.join(Complaint, Category, CATEGORY))
    mine = (Complaint.office_id == office_id, Complaint.id > since, Complaint.is_held.is_(False))
    new, new_urgent = session.execute(chosen.where(*mine)).one()
    return new, new_urgent


def _chosen(session: Session, asked: Asked, filters: Filters, after: Cursor | None) -> Listed:
    # All outer joins: a database that may begin with the categories reads the reports of all of them, and sorts.
    tables = sa.outerjoin(Complaint, Category, CATEGORY).outerjoin(Village, VILLAGE).outerjoin(Staff, ASSIGNEE)
    chosen: Listed = sa.select(*COLUMNS).where(Complaint.office_id == asked.office_id, *_within(filters, asked))
    if filters.order is not Order.FOUND:
        return _sorted(chosen.select_from(tables), filters.order, after)
    found = search.matching(session, asked.office_id, filters.text)
    chosen = chosen.add_columns(found.c.serial).select_from(
        sa.join(found, tables, sa.and_(Complaint.office_id == asked.office_id, Complaint.id == found.c.complaint_id))
    )
    if after is not None:
        chosen = chosen.where(found.c.serial < after.serial)
    return chosen.order_by(found.c.serial.desc())


def _sorted(chosen: Listed, order: Order, after: Cursor | None) -> Listed:
    if order is Order.NEWEST:
        chosen = chosen.order_by(Complaint.id.desc())
        return chosen if after is None else chosen.where(Complaint.id < after.id)
    chosen = chosen.order_by(Complaint.due_on, Complaint.id)
    beyond = sa.tuple_(Complaint.due_on, Complaint.id) > (after.due_on, after.id) if after else sa.true()
    return chosen.where(beyond)


def _within(filters: Filters, asked: Asked) -> list[sa.ColumnElement[bool]]:
    """All that a report must be."""
    chosen = [_grouped(filters.group, asked.today)]
    pairs = (
        (Complaint.status, filters.status.value if filters.status else None),
        (Complaint.category_code, filters.category),
        (Complaint.source, filters.source.value if filters.source else None),
    )
    chosen += [column == value for column, value in pairs if value]
    if filters.village:
        chosen.append(Complaint.village_code == (None if filters.village == NOWHERE else filters.village))
    if filters.officer:
        chosen.append(Complaint.assignee_id == _officer(filters.officer, asked.me))
    if filters.first:
        chosen.append(Complaint.received_on >= filters.first)
    if filters.first and filters.first > EARLIEST:  # an id is made when a report is received, or later
        chosen.append(Complaint.id >= first_id(day_range(filters.first)[0]))
    if filters.last:
        chosen.append(Complaint.received_on <= filters.last)
    if filters.urgent:
        urgent = sa.select(Category.code).where(Category.office_id == asked.office_id, Category.is_urgent)
        chosen.append(Complaint.category_code.in_(urgent))
    return chosen


def _officer(officer: str, me: UUID) -> UUID | None:
    if officer == NOBODY:
        return None
    return me if officer == MYSELF else UUID(officer)


def _grouped(group: Group, today: date) -> sa.ColumnElement[bool]:
    """Which reports a group holds. An open report always has a due day, a closed one never."""
    match group:
        case Group.OPEN:
            return sa.and_(Complaint.due_on.is_not(None), Complaint.is_held.is_(False))
        case Group.LATE:
            return sa.and_(Complaint.due_on < today, Complaint.is_held.is_(False))
        case Group.HELD:
            return sa.and_(Complaint.due_on.is_not(None), Complaint.is_held)
        case Group.SETTLED:
            return Complaint.status.in_(SETTLED)
        case Group.EXCLUDED:
            return Complaint.status == Status.EXCLUDED.value
        case Group.ALL:
            return Complaint.status != Status.WITHDRAWN.value


def _counted(group: Group, today: date) -> sa.ColumnElement[bool]:
    """The same, of the counters."""
    is_open = CaseCount.due_on != ""
    match group:
        case Group.OPEN:
            return sa.and_(is_open, CaseCount.is_held.is_(False))
        case Group.LATE:
            return sa.and_(is_open, CaseCount.is_held.is_(False), CaseCount.due_on < today.isoformat())
        case Group.HELD:
            return sa.and_(is_open, CaseCount.is_held)
        case Group.SETTLED:
            return CaseCount.status.in_(SETTLED)
        case Group.EXCLUDED:
            return CaseCount.status == Status.EXCLUDED.value
        case Group.ALL:
            return CaseCount.status != Status.WITHDRAWN.value


def _end(row: Row, order: Order) -> Cursor:
    if order is Order.DUE:
        return Cursor(row.id, due_on=row.due_on)
    return Cursor(row.id, serial=row.serial)


def _row(line: sa.RowMapping) -> Row:
    values = dict(line)
    dates = Deadlines(*(values.pop(name) for name in ("answer_due", "follow_up_due", "settle_due")))
    status, source = Status(values.pop("status")), Source(values.pop("source"))
    return Row(**values, status=status, source=source, promise=next_promise(status, dates))
