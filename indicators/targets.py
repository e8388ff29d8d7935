"""Targets of the indicators, a year each."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Refused
from core.figures import half_up
from core.ids import uuid7
from indicators.models import Target
from indicators.sheet import Indicator

LARGEST = Decimal(1_000_000)
YEARS = range(2000, 2101)


def parse_value(text: str) -> Decimal:
    """A target above 0 with at most two decimals, comma or point; raises Refused."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 < value <= LARGEST or value != half_up(value, 2):
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
    session: Session, *, office_id: int, year: int, indicator: Indicator, value: Decimal, by: str, now: datetime
) -> None:
    """Set the year's target; an earlier one stays on record."""
    if year not in YEARS:
        raise Refused("Tahun target harus antara 2000 dan 2100.", "year")
    row = Target(
        office_id=office_id, id=uuid7(now), year=year, indicator=indicator.value, value=value, set_at=now, set_by=by
    )
    session.add(row)
