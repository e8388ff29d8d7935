"""Targets of the indicators, of a year or of a quarter of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Refused
from core.figures import half_up, printed
from core.ids import uuid7
from core.periods import Period
from indicators.models import Target
from indicators.sheet import Indicator
from offices import audit

Cell = tuple[Indicator, int]  # and its quarter
LARGEST = Decimal(1_000_000)
# No office can reach more than this: there are four documents, and the others end at 100.
MOST: Mapping[Indicator, Decimal] = {each: Decimal(100) for each in Indicator} | {Indicator.DOCUMENTS: Decimal(4)}
# No exponent: 1e-999999 would be reckoned with for hours.
PLAIN = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2}0{0,9})?")
UNCLEAR = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
YEARS = range(2000, 2101)
WHOLE_YEAR = 0  # the quarter that stands for all four
QUARTERS = (WHOLE_YEAR, 1, 2, 3, 4)
QUARTER_MONTHS, YEAR_MONTHS = 3, 12


def target_of(found: Mapping[tuple[str, int], Decimal], key: str, period: Period) -> Decimal | None:
    """The target of a period, from those of the year in which it ends (docs/adr/0028): that of the quarter in which it
    ends where the office set one, else the year's; a whole year has the year's.
    """
    quarter = (period.last.month - 1) // QUARTER_MONTHS + 1
    of_year = found.get((key, WHOLE_YEAR))
    return of_year if period.length >= YEAR_MONTHS else found.get((key, quarter), of_year)


def parse_value(text: str) -> Decimal:
    """A target above 0 with at most two decimals, comma or point; raises Refused, also for 1.250 (ADR 0027)."""
    plain = text.strip()
    if UNCLEAR.fullmatch(plain):
        thousands, part = plain.replace(".", ""), plain.replace(".", ",").rstrip("0").rstrip(",")
        raise Refused(f"Titik di sini dapat berarti ribuan. Tulis {thousands} atau {part}.", "value")
    value = Decimal(plain.replace(",", ".")) if PLAIN.fullmatch(plain) else Decimal(0)
    if not 0 < value <= LARGEST:
        raise Refused("Target harus angka lebih dari 0 dengan paling banyak dua desimal, misalnya 82,00.", "value")
    return half_up(value, 2)


def parse_indicator(text: str) -> Indicator:
    """An indicator by its key or its number on the sheet; raises Refused."""
    numbered = dict(zip("123456", Indicator, strict=True))
    try:
        return numbered.get(text) or Indicator(text)
    except ValueError:
        raise Refused(f"Indikator {text} tidak dikenal. Yang ada: {', '.join(Indicator)}.", "indicator") from None


@transaction
def set_target(
    session: Session,
    *,
    office_id: int,
    year: int,
    indicator: Indicator,
    value: Decimal | None,
    quarter: int = WHOLE_YEAR,
    by: str,
    now: datetime,
) -> None:
    """Set a target, or take it back (None); an earlier one stays on record."""
    _put(session, office_id, year, {(indicator, quarter): value}, by, now)


@transaction
def set_targets(
    session: Session, *, office_id: int, year: int, values: Mapping[Cell, Decimal | None], by: str, now: datetime
) -> None:
    """Set a year's targets together, or take some back (None)."""
    _put(session, office_id, year, values, by, now)


def history(session: Session, office_id: int, year: int) -> Sequence[Target]:
    """Every target that was set for the year or a quarter of it, the newest first."""
    chosen = sa.select(Target).filter_by(office_id=office_id, year=year)
    return session.scalars(chosen.order_by(Target.set_at.desc(), Target.id.desc())).all()


def all_set(session: Session, office_id: int) -> Sequence[Target]:
    """Every target that was ever set, as it was set: a later row replaces an earlier one of its cell."""
    return session.scalars(sa.select(Target).filter_by(office_id=office_id).order_by(Target.set_at, Target.id)).all()


def in_force(rows: Sequence[Target]) -> dict[Cell, Target]:
    """The newest of each cell, of rows from the newest on; without those that were taken back."""
    newest = {(Indicator(row.indicator), row.quarter): row for row in reversed(rows)}
    return {cell: row for cell, row in newest.items() if row.value is not None}


def check(indicator: Indicator, value: Decimal) -> None:
    """Raise Refused for a target that can't be reached."""
    if value > MOST[indicator]:
        raise Refused(f"Target ini paling tinggi {printed(MOST[indicator])}.", "value")


def _put(
    session: Session, office_id: int, year: int, values: Mapping[Cell, Decimal | None], by: str, now: datetime
) -> None:
    """Each with its entry in the audit trail."""
    if year not in YEARS:
        raise Refused("Tahun target harus antara 2000 dan 2100.", "year")
    for (indicator, quarter), value in values.items():
        if quarter not in QUARTERS:
            raise Refused("Triwulan target harus 1 sampai 4.", "quarter")
        if value is not None:
            check(indicator, value)
        row = {"year": year, "quarter": quarter, "indicator": indicator.value, "value": value}
        session.add(Target(office_id=office_id, id=uuid7(now), set_at=now, set_by=by, **row))
        detail = {"value": None if value is None else str(value)}
        audit.record(session, office_id, by, "target.set", f"{indicator.value} {named(year, quarter)}", detail, now=now)


def named(year: int, quarter: int) -> str:
    """As in addresses: "2026", "2026-TW4"."""
    return f"{year}-TW{quarter}" if quarter else str(year)
