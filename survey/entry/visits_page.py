"""Gathers what the desk of visits shows of a month and of a day in it, by a fixed number of readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from core.calendar import Month
from core.figures import half_up
from core.periods import Period
from offices import queries as offices
from offices.models import Office, Service
from survey.figures import building
from survey.figures.results import Figures
from survey.visits import months, queries
from survey.visits.models import VisitCount
from survey.visits.months import DayOfVisits


@dataclass(frozen=True)
class VisitsPage:
    """The page. `services` are those of which something is known in the month, `given_today` the codes given out on the
    day by service, `told` all that was written down about the day. `names` are those of services, `people` of staff.
    """

    month: Month
    day: date
    is_newest: bool
    figures: Figures
    open_services: Sequence[Service]
    given_today: Mapping[str, int]
    services: Sequence[Service]
    days: Sequence[DayOfVisits]
    told: Sequence[VisitCount]
    names: Mapping[str, str]
    people: Mapping[str, str]

    @property
    def rate(self) -> Decimal | None:
        """How many of a hundred visitors answered, with one decimal; None while it can't be known."""
        found = self.figures.response_rate
        return None if found is None else half_up(found * 100, 1)


def visits_page(session: Session, office: Office, month: Month, day: date, this_month: Month) -> VisitsPage:
    """The page of a WIB day and its month."""
    entered = queries.counts_between(session, office.id, month.first_day, month.day_after)
    given = queries.codes_between(session, office.id, month.first_day, month.day_after)
    services = offices.services(session, office.id)
    known = {code for code, _day in {**entered, **given}}
    shown = [row for row in services if row.code in known]
    return VisitsPage(
        month=month,
        day=day,
        is_newest=month >= this_month,
        figures=building.build(session, office, Period.of(month)),
        open_services=[row for row in services if row.is_open],
        given_today={code: number for (code, on), number in given.items() if on == day},
        services=shown,
        days=months.days(entered, given, [row.code for row in shown]),
        told=queries.counts_told(session, office.id, day),
        names={row.code: row.name for row in services},
        people=offices.people(session, office.id),
    )
