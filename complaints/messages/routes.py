"""Writes of the routing: which officer or section gets what. Each leaves an entry in the audit trail."""

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk_models import Route
from complaints.models import Category
from core.db import transaction
from core.errors import Missing, Refused
from core.ids import uuid7
from offices import audit
from offices.models import Section, Staff, Village

GONE = "Baris ini tidak ada lagi."


class RouteValues(TypedDict):
    """A row of the routing; one of `staff_id` and `section_key` is None, so is a category or desa that may be any."""

    position: int
    category_code: str | None
    village_code: str | None
    staff_id: UUID | None
    section_key: str | None


@transaction
def add(session: Session, *, office_id: int, values: RouteValues, by: str, now: datetime) -> None:
    """One more row. Raises Refused for names that are not the office's."""
    _check(session, office_id, values)
    session.execute(sa.insert(Route).values(office_id=office_id, id=uuid7(now), **values))
    audit.record(session, office_id, by, "route.add", _told(values), {}, now=now)


@transaction
def edit(session: Session, *, office_id: int, route_id: UUID, values: RouteValues, by: str, now: datetime) -> None:
    """Change a row. Raises Missing, Refused."""
    _check(session, office_id, values)
    row = find(session, office_id, route_id)
    changes = {key: [str(getattr(row, key)), str(value)] for key, value in values.items() if getattr(row, key) != value}
    for key, value in values.items():
        setattr(row, key, value)
    audit.record(session, office_id, by, "route.edit", _told(values), changes, now=now)


@transaction
def remove(session: Session, *, office_id: int, route_id: UUID, by: str, now: datetime) -> None:
    """Take a row away. Raises Missing."""
    row = find(session, office_id, route_id)
    session.delete(row)
    audit.record(session, office_id, by, "route.remove", row.category_code or "semua jenis", {}, now=now)


def find(session: Session, office_id: int, route_id: UUID) -> Route:
    """One row; raises Missing."""
    found = session.get(Route, (office_id, route_id))
    if found is None:
        raise Missing(GONE)
    return found


def _check(session: Session, office_id: int, values: RouteValues) -> None:
    if (values["staff_id"] is None) == (values["section_key"] is None):
        raise Refused("Pilih petugas atau seksi.", "target")
    wanted: list[tuple[type[Any], object]] = [
        (Category, values["category_code"]),
        (Village, values["village_code"]),
        (Staff, values["staff_id"]),
        (Section, values["section_key"]),
    ]
    if any(key is not None and session.get(table, (office_id, key)) is None for table, key in wanted):
        raise Refused("Pilihan ini sudah tidak ada. Muat ulang halaman.", "target")


def _told(values: RouteValues) -> str:
    return f"{values['category_code'] or 'semua jenis'}, {values['village_code'] or 'semua desa'}"
