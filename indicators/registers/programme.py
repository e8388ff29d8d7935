"""Writes of the register of programme indicators and of what they reached (IKU 6)."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Refused
from indicators.registers import entry_queries
from indicators.registers.keeping import Desk, check_day, check_year
from indicators.registers.models import ProgrammeIndicator
from indicators.registers.terms import Register
from offices.attachments import Kept


class IndicatorValues(TypedDict):
    """What an indicator of a year's programmes says: `direction` a Better; `target` has at most 4 decimals."""

    year: int
    programme: str
    name: str
    unit: str
    target: Decimal
    direction: str


class RealisationValues(TypedDict):
    """What an indicator had reached on a day of its year; at most 4 decimals."""

    indicator_id: UUID
    measured_on: date
    value: Decimal


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
    **values: Unpack[IndicatorValues],
) -> UUID:
    """A new indicator. Raises Refused, Conflict."""
    check_year(values["year"])
    return Desk(session, Register.PROGRAMME, office_id, by, now).add(entry_id, values, filed)


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
    **values: Unpack[IndicatorValues],
) -> None:
    """Say it otherwise; its year stays, as its realisations are of that year. Raises Missing, Conflict, Refused."""
    if indicator(session, office_id, entry_id).year != values["year"]:
        raise Refused("Tahunnya tetap. Untuk tahun lain, tambahkan indikator baru.", "year")
    Desk(session, Register.PROGRAMME, office_id, by, now).edit(entry_id, seen, values, filed)


@transaction
def measure(
    session: Session,
    /,
    *,
    office_id: int,
    entry_id: UUID,
    filed: Kept | None,
    by: str,
    now: datetime,
    **values: Unpack[RealisationValues],
) -> UUID:
    """What an indicator has reached. Raises Missing, Refused, Conflict."""
    year = _measured(session, office_id, values, now)
    return Desk(session, Register.REALISATIONS, office_id, by, now).add(entry_id, {**values, "year": year}, filed)


@transaction
def remeasure(
    session: Session,
    /,
    *,
    office_id: int,
    entry_id: UUID,
    seen: UUID | None,
    filed: Kept | None,
    by: str,
    now: datetime,
    **values: Unpack[RealisationValues],
) -> None:
    """Say otherwise what it reached. Raises Missing, Conflict, Refused."""
    year = _measured(session, office_id, values, now)
    Desk(session, Register.REALISATIONS, office_id, by, now).edit(entry_id, seen, {**values, "year": year}, filed)


def indicator(session: Session, office_id: int, entry_id: UUID) -> ProgrammeIndicator:
    """The newest version of a programme indicator, even of one that was taken out; raises Missing."""
    found = entry_queries.newest(session, Register.PROGRAMME, office_id, entry_id)
    if not isinstance(found, ProgrammeIndicator):
        raise TypeError("the register holds programme indicators")
    return found


def _measured(session: Session, office_id: int, values: RealisationValues, now: datetime) -> int:
    """The year of the indicator that was measured."""
    of = indicator(session, office_id, values["indicator_id"])
    if of.is_removed:
        raise Refused("Indikator ini sudah dihapus dari register.")
    check_day(values["measured_on"], "measured_on", now)
    if values["measured_on"].year != of.year:
        raise Refused(
            f"Tanggalnya harus dalam tahun {of.year}. Hasil akhir tahun ditulis per 31 Desember {of.year}.",
            "measured_on",
        )
    return of.year
