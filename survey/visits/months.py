"""What is known of a month's visits, day by day: what somebody entered beside what codes say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from survey.visits.queries import ServiceDay


@dataclass(frozen=True)
class Known:
    """Visits to one service on one day: as somebody entered them, and as codes given out; None where nobody did."""

    entered: int | None = None
    given: int | None = None

    @property
    def visits(self) -> int | None:
        """What counts: what was entered goes before the codes."""
        return self.given if self.entered is None else self.entered


@dataclass(frozen=True)
class DayOfVisits:
    """One day: what is known of each service, in the order asked for, and all together."""

    day: date
    known: Sequence[Known]

    @property
    def total(self) -> int:
        """Of the services of which anything is known."""
        return sum(each.visits or 0 for each in self.known)


def days(
    entered: Mapping[ServiceDay, int], given: Mapping[ServiceDay, int], services: Sequence[str]
) -> Sequence[DayOfVisits]:
    """The days of which anything is known, the newest first; of each the services asked for."""

    def known(service: str, day: date) -> Known:
        return Known(entered.get((service, day)), given.get((service, day)))

    found = sorted({day for _service, day in {**entered, **given}}, reverse=True)
    return [DayOfVisits(day, [known(service, day) for service in services]) for day in found]
