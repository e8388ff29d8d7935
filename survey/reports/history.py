"""The index of the periods up to one, by a fixed number of readings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.periods import Period
from offices import queries as offices
from offices import settings
from offices.models import Office
from survey import queries as survey
from survey.figures import queries
from survey.figures.building import Counting
from survey.figures.results import Figures, Scored
from survey.figures.users import people
from survey.scores import Weight
from survey.visits.queries import visits_between

# How many periods a line shows, by their length in months.
SHOWN = {1: 12, 3: 8, 6: 6, 12: 5}


@dataclass(frozen=True)
class History:
    """Periods with their indexes, the oldest first; `is_across_editions`: on more than one questionnaire."""

    periods: Sequence[tuple[Period, Scored]]
    is_across_editions: bool


def history(session: Session, office: Office, known: Sequence[Figures]) -> History:
    """Each period's index. `known` are figures built already, the last one's period the last."""
    periods = _periods(known[-1].period)
    whole = Period(periods[0].first, periods[-1].last)
    found = queries.service_rows(session, office.id, whole)
    visits = visits_between(session, office.id, whole.first.first_day, whole.last.day_after)
    rows = offices.setting_rows(session, office.id)
    items = survey.items_per_element(session, office.id)
    built = {each.period: each.whole for each in known}
    scored = []
    for period in periods:
        counting = Counting(items, Weight.parse(settings.on(rows, period.last.last_day)["weight"]))
        sums = counting.pooled((row.edition_code, row.counts) for row in found if period.holds(row.month))
        number = people(visits, rows, period, sums.tally.respondents)
        scored.append((period, built.get(period) or counting.scored("", "", sums, number)))
    return History(_begun(scored), len({row.edition_code for row in found}) > 1)


def _begun(scored: Sequence[tuple[Period, Scored]]) -> list[tuple[Period, Scored]]:
    """Without the periods before anybody answered; at least the last two."""
    first = next((place for place, (_, each) in enumerate(scored) if each.respondents), len(scored))
    return list(scored[min(first, len(scored) - 2) :])


def _periods(last: Period) -> list[Period]:
    found = [last]
    while len(found) < SHOWN[last.length]:
        found.append(found[-1].previous())
    return found[::-1]
