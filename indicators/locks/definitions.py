"""What was in force when a month was locked: weight, thresholds, targets, days off, names, signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from complaints import queries as complaints
from core.periods import Period
from indicators import queries
from offices import queries as offices
from offices import settings
from offices.models import Office


@dataclass(frozen=True)
class TargetSet:
    """A target of the year's; quarter 0 is the whole year."""

    indicator: str
    quarter: int
    value: Decimal


@dataclass(frozen=True)
class Definitions:
    """`settings`: the text of every setting on the period's last day, weight and thresholds and who signs among them;
    `days_off`: of the period's year; names by code, as they were when the month was locked.
    """

    settings: Mapping[str, str]
    targets: Sequence[TargetSet]
    days_off: Sequence[date]
    categories: Mapping[str, str]
    services: Mapping[str, str]


def gather(session: Session, office: Office, period: Period, as_of: datetime) -> Definitions:
    """As they stood at the moment; of names only the present ones are known."""
    rows = offices.setting_rows(session, office.id, as_of)
    found = queries.targets(session, office.id, period.last.year, as_of)
    first, last = date(period.first.year, 1, 1), date(period.last.year, 12, 31)
    days_off = offices.days_off_as_of(session, office.id, as_of, first)
    return Definitions(
        settings=settings.on(rows, period.last.last_day),
        targets=tuple(TargetSet(key, quarter, value) for (key, quarter), value in sorted(found.items())),
        days_off=tuple(sorted(day for day in days_off if day <= last)),
        categories={row.code: row.name for row in complaints.categories(session, office.id)},
        services={row.code: row.name for row in offices.services(session, office.id)},
    )
