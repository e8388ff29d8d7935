"""How many people used the services of a period, by what the office recorded."""

from collections.abc import Iterable, Mapping, Sequence

from core.periods import Period
from offices import settings
from offices.models import Setting
from survey.visits.queries import ServiceDay


def recorded(visits: Mapping[ServiceDay, int], rows: Sequence[Setting], period: Period) -> int | None:
    """The larger of counted visits and the settings, because a desk that counts some days counts too few; None where
    nobody knows.
    """
    first, day_after = period.first.first_day, period.last.day_after
    counted = sum(count for (_service, day), count in visits.items() if first <= day < day_after)
    return max(counted, _by_settings(rows, period)) or None


def people(visits: Mapping[ServiceDay, int], rows: Sequence[Setting], period: Period, respondents: int) -> int | None:
    """The same where it can be true; None where it is fewer than answered."""
    known = recorded(visits, rows, period)
    return None if known is None or known < respondents else known


def _by_settings(rows: Iterable[Setting], period: Period) -> int:
    """The sum of its months; 0 while any month's is unknown."""
    rows = list(rows)
    counts = [int(settings.on(rows, month.last_day)["service_users"]) for month in period.months]
    return sum(counts) if all(counts) else 0
