"""Reads everything that the summary of a period is made of, in a fixed number of readings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.periods import Period
from indicators import ledger, queries
from indicators.registers import queries as registers
from indicators.registers.values import Entries
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import queries as survey_queries
from survey.figures import queries as survey_figures
from survey.figures.building import Counting
from survey.figures.groups import Dimension
from survey.figures.queries import GroupedMonth, Rated
from survey.figures.results import Sums
from survey.scores import Weight
from survey.visits.queries import ServiceDay, visits_between

# What stands beside the index.
BESIDE = (Dimension.EXCLUDED, Dimension.VISIT)
Targets = Mapping[tuple[str, int], Decimal]


@dataclass(frozen=True)
class Read:
    """What was read of a period. `opening`: reports open when the period's year began; `names`: of services."""

    period: Period
    settings: Sequence[Setting]
    in_force: Mapping[str, str]
    counting: Counting
    names: Mapping[str, str]
    services: Sequence[Rated]
    groups: Sequence[GroupedMonth]
    visits: Mapping[ServiceDay, int]
    moves: Sequence[ledger.MoveRow]
    opening: int
    entries: Entries
    targets: Targets

    def pooled(self, rows: Iterable[Rated | GroupedMonth], period: Period) -> Sums:
        """The ratings of the period together."""
        return self.counting.pooled((row.edition_code, row.counts) for row in rows if period.holds(row.month))

    def of(self, dimension: Dimension) -> Iterator[GroupedMonth]:
        """The groups of a dimension; of visits those that were proved."""
        return (
            row for row in self.groups if row.dimension == dimension and (row.value or dimension != Dimension.VISIT)
        )


def read(session: Session, office: Office, period: Period, as_of: datetime | None) -> Read:
    """From the nightly figures, or with `as_of` from everything recorded by then."""
    span, to_date = around(period), period.year_to_date()
    rows = offices.setting_rows(session, office.id, as_of)
    in_force = settings.on(rows, period.last.last_day)
    patrol = settings.counts_patrol(in_force)
    before_year = queries.moves_before(session, office.id, to_date.first, patrol=patrol, recorded_by=as_of)
    return Read(
        period=period,
        settings=rows,
        in_force=in_force,
        counting=Counting(survey_queries.items_per_element(session, office.id), Weight.parse(in_force["weight"])),
        names={service.code: service.name for service in offices.services(session, office.id)},
        services=survey_figures.service_rows(session, office.id, span, as_of),
        groups=survey_figures.group_month_rows(session, office.id, to_date, BESIDE, as_of),
        visits=visits_between(session, office.id, to_date.first.first_day, to_date.last.day_after, as_of),
        moves=queries.move_rows(session, office.id, span, patrol=patrol, recorded_by=as_of),
        opening=ledger.open_after(before_year),
        entries=registers.entries(session, office.id, span, as_of),
        targets=queries.targets(session, office.id, period.last.year, as_of),
    )


def year_back(period: Period) -> Period:
    """Twelve months that end with the period: they hold the year up to its end, too."""
    return Period(period.last.minus(11), period.last)


def around(period: Period) -> Period:
    """All months that the summary speaks of: the last twelve, and those the period is compared with."""
    return Period(min(year_back(period).first, period.earlier().first), period.last)
