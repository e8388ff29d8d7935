"""What the lists of the registers' forms offer."""

from collections.abc import Sequence

from core.calendar import Month
from core.periods import Period
from offices.models import Village


class Choices:
    """What the lists of a form offer: `years` newest first, the office's villages, and the running month."""

    def __init__(self, year: int, running: Month, villages: Sequence[Village]) -> None:
        self.year = year
        self.running = running
        self.villages = villages

    @property
    def years(self) -> list[tuple[str, str]]:
        """The next year to six years back, and the one that is looked at."""
        known = {self.year, *range(self.running.year - 6, self.running.year + 2)}
        return [(str(year), str(year)) for year in sorted(known, reverse=True)]

    @property
    def periods(self) -> list[tuple[str, str]]:
        """The months, quarters, half-years and the year that have begun, in the year that is looked at."""
        months = [Month(self.year, n) for n in range(1, 13)]
        found = [Period.around(month, length) for length in (1, 3, 6, 12) for month in months[::length]]
        return [(str(each), each.long) for each in found if each.first <= self.running]

    @property
    def newest_ended(self) -> str:
        """The year's newest month that has ended."""
        return str(min(self.running.previous(), Month(self.year, 12)))
