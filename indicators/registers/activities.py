"""Writes of the register of empowerment activities (IKU 3)."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Refused
from indicators.registers.keeping import Desk, check_day
from indicators.registers.terms import Register
from offices import queries as offices
from offices.attachments import Kept


class ActivityValues(TypedDict):
    """What an entry says: `held_on` None while it has not been held, `village_code` None for the whole office."""

    name: str
    planned_on: date
    held_on: date | None
    village_code: str | None
    place: str
    participants: int | None
    result: str


@transaction
def add(
    session: Session,
    /,
    *,
    office_id: int,
    entry_id: UUID,
    filed: Kept | None,
    by: str,
    now: datetime,
    **values: Unpack[ActivityValues],
) -> UUID:
    """A new activity. Raises Refused, Conflict."""
    _check(session, office_id, values, now)
    return Desk(session, Register.ACTIVITIES, office_id, by, now).add(entry_id, values, filed)


@transaction
def edit(
    session: Session,
    /,
    *,
    office_id: int,
    entry_id: UUID,
    seen: UUID | None,
    filed: Kept | None,
    by: str,
    now: datetime,
    **values: Unpack[ActivityValues],
) -> None:
    """Say it otherwise. Raises Missing, Conflict, Refused."""
    _check(session, office_id, values, now)
    Desk(session, Register.ACTIVITIES, office_id, by, now).edit(entry_id, seen, values, filed)


def _check(session: Session, office_id: int, values: ActivityValues, now: datetime) -> None:
    check_day(values["planned_on"], "planned_on")
    check_day(values["held_on"], "held_on", now)
    if (values["participants"] or 0) < 0:
        raise Refused("Jumlah peserta tidak boleh kurang dari 0.", "participants")
    village = values["village_code"]
    if village and village not in {row.code for row in offices.villages(session, office_id)}:
        raise Refused("Desa ini tidak ada dalam daftar.", "village_code")
