"""Writes of the register of the index that the province's own SUKMA-E shows."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import transaction
from core.errors import Refused
from core.periods import Period
from indicators.registers import queries
from indicators.registers.keeping import Desk, check_day
from indicators.registers.terms import Register
from offices import queries as offices
from offices.attachments import Kept

LOWEST, HIGHEST = 25, 100
NO_FILE = "Lampirkan buktinya, misalnya tangkapan layar SUKMA-E."


class OutsideValues(TypedDict):
    """What SUKMA-E showed for a period ("2026-10", "2026-S1"): 25–100, at most 2 decimals."""

    period: str
    value: Decimal
    respondents: int | None
    seen_on: date


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
    **values: Unpack[OutsideValues],
) -> UUID:
    """What it showed, with the proof. Raises Refused, Conflict."""
    year = _check(session, office_id, entry_id, values, now)
    if filed is None:
        raise Refused(NO_FILE, "evidence")
    return Desk(session, Register.OUTSIDE, office_id, by, now).add(entry_id, {**values, "year": year}, filed)


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
    **values: Unpack[OutsideValues],
) -> None:
    """Say it otherwise. Raises Missing, Conflict, Refused."""
    year = _check(session, office_id, entry_id, values, now)
    Desk(session, Register.OUTSIDE, office_id, by, now).edit(entry_id, seen, {**values, "year": year}, filed)


def _check(session: Session, office_id: int, entry_id: UUID, values: OutsideValues, now: datetime) -> int:
    """The year of the period."""
    period = Period.parse(values["period"])
    if period.first > Month.of(now):
        raise Refused("Masa ini belum mulai.", "period")
    if not LOWEST <= values["value"] <= HIGHEST:
        raise Refused("Indeks antara 25 dan 100.", "value")
    if (values["respondents"] or 0) < 0:
        raise Refused("Jumlah responden tidak boleh kurang dari 0.", "respondents")
    check_day(values["seen_on"], "seen_on", now)
    if values["seen_on"] < period.first.first_day:
        raise Refused("Tanggal dilihat tidak boleh sebelum masanya mulai.", "seen_on")
    _check_alone(session, office_id, entry_id, period)
    return period.last.year


def _check_alone(session: Session, office_id: int, entry_id: UUID, period: Period) -> None:
    offices.take_turn(session, office_id)
    known = queries.outside_indices(session, office_id, period.last.year, period.last.year)
    if any(row.period == str(period) and row.entry_id != entry_id for row in known):
        raise Refused("Indeks untuk masa ini sudah dicatat. Ubah isian yang ada.", "period")
