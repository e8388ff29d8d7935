"""Locked months for tests, without a checklist."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.db import db, reader, transaction
from core.ids import uuid7
from core.periods import Period
from indicators.locks import definitions
from indicators.locks.models import MonthLock
from indicators.months import storing, whole
from indicators.months.open_row import open_row
from offices import queries as offices
from tests import make


def lock(month: str, version: int, as_of: datetime, reason: str = "") -> None:
    """The month as it stood at `as_of`, locked as this version."""
    db.session.rollback()
    office, period = offices.office(reader(), make.OFFICE), Period.parse(month)
    found = whole.build(reader(), office, period, as_of)
    published, content = storing.text_of(open_row(found.summary)), storing.text_of(found)
    in_force = storing.text_of(definitions.gather(reader(), office, period, as_of))
    _put(
        month=month,
        version=version,
        as_of=as_of,
        reason=reason,
        published=published,
        definitions=in_force,
        content=content,
    )


@transaction
def _put(session: Session, /, *, as_of: datetime, **values: object) -> None:
    texts = ("content_hash", "inputs_hash", "anchor_hash", "figures", "left_open")
    columns = {column.name for column in MonthLock.__table__.columns}
    row = {"office_id": make.OFFICE, "id": uuid7(as_of), "locked_at": as_of, "locked_by": "siti@mumbulsari.example"}
    row |= {"as_of": as_of, "anchor_events": 0, **dict.fromkeys(columns & set(texts), "-"), **values}
    session.execute(sa.insert(MonthLock).values(row))
