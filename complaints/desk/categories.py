"""Writes of the categories of reports. Each leaves an entry in the audit trail."""

from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy.orm import Session

from complaints import queries
from complaints.deadlines import INSPECTION_DAYS, ORDINARY_DAYS
from complaints.desk import desk_queries
from complaints.models import Category
from complaints.questions import questions as asked
from core.db import transaction
from core.errors import Refused
from core.upsert import insert_for
from offices import audit
from offices.service import change, check_code

SETTLE_DAYS = (ORDINARY_DAYS, INSPECTION_DAYS)


class CategoryValues(TypedDict):
    """A category's values, all but its code and whether it is open."""

    name: str
    settle_days: int
    is_urgent: bool
    is_public: bool
    position: int
    questions: str


@transaction
def add(
    session: Session, /, *, office_id: int, code: str, by: str, now: datetime, **values: Unpack[CategoryValues]
) -> None:
    """A new category, open; raises Refused for a code that is taken or can't stand in an address."""
    check_code(code)
    _check(values)
    stored = {**values, "is_open": True}
    row = insert_for(session, Category).values(office_id=office_id, code=code, **stored)
    if session.scalar(row.on_conflict_do_nothing().returning(Category.code)) is None:
        raise Refused(f"Kode {code} sudah dipakai jenis lain.", "code")
    audit.record(session, office_id, by, "category.add", code, stored, now=now)


@transaction
def edit(
    session: Session,
    /,
    *,
    office_id: int,
    code: str,
    is_open: bool,
    by: str,
    now: datetime,
    **values: Unpack[CategoryValues],
) -> None:
    """Change a category; reports that are in keep the promises they were given. Raises Missing, Refused."""
    category = desk_queries.category(session, office_id, code)
    if category.is_open and not is_open and len(queries.open_categories(session, office_id)) == 1:
        raise Refused("Ini satu-satunya jenis yang dibuka. Buka jenis lain dahulu.", "is_open")
    _check(values)
    change(session, category, {**values, "is_open": is_open}, by, "category.edit", code, now)


def _check(values: CategoryValues) -> None:
    try:
        asked(values["questions"])
    except ValueError as fault:
        raise Refused(str(fault), "questions") from fault
    if values["settle_days"] not in SETTLE_DAYS:
        raise Refused(f"Pilih {ORDINARY_DAYS} atau {INSPECTION_DAYS} hari kerja.", "settle_days")
