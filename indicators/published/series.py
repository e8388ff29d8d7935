"""The row of each month that everybody may see: as it was locked, else as the last night counted it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.calendar import Month
from core.periods import Period
from indicators import ledger, queries
from indicators.formulas import Settlement
from indicators.months.open_row import OpenRow
from indicators.months.results import Index
from indicators.months.summary import counted_at, values_of
from indicators.published import locked
from indicators.published.locked import Locked
from indicators.registers import queries as registers
from indicators.registers.values import Entries, registered
from indicators.sheet import Indicator
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import queries as survey
from survey.figures import building, users
from survey.figures import queries as survey_figures
from survey.figures.queries import Rated
from survey.intervals import Interval
from survey.scores import Weight
from survey.visits.queries import ServiceDay, visits_between


@dataclass(frozen=True)
class PeriodRow:
    """One row for programs. `version`: of a locked month, None: counted live at `as_of`. `locked_months`: those of a
    longer period that are locked. `editions` are those of the questionnaire that its ratings were given on.
    """

    period: Period
    index: Index
    interval95: Interval | None
    settlement: Settlement
    values: Mapping[Indicator, Decimal | None]
    is_outside: bool
    as_of: datetime | None
    version: int | None = None
    locked_months: Sequence[str] = ()
    editions: frozenset[str] = frozenset()


def row_of(row: OpenRow, as_of: datetime | None, version: int | None = None) -> PeriodRow:
    """The same of a period that was read whole."""
    return PeriodRow(
        row.period, row.index, row.interval95, row.settlement, row.values, row.is_outside, as_of, version=version
    )


def series(session: Session, office: Office, months: Sequence[Month]) -> list[PeriodRow]:
    """The row of each month, oldest first, in a fixed number of readings; [] for no months."""
    if not months:
        return []
    span = Period(min(months), max(months))
    read = _read(session, office, span, sorted(months))
    found = locked.newest(locked.versions(session, office.id, span))
    return [
        _locked_row(read, found[str(month)]) if str(month) in found else _live_row(read, Period.of(month))
        for month in sorted(months)
    ]


@dataclass(frozen=True)
class _Read:
    """What was read for a series; `moves` with patrol findings and without."""

    as_of: datetime | None
    settings: Sequence[Setting]
    ratings: Sequence[Rated]
    visits: Mapping[ServiceDay, int]
    moves: Mapping[bool, Sequence[ledger.MoveRow]]
    entries: Entries
    items: building.ItemCounts

    def rated(self, period: Period) -> Sequence[Rated]:
        """The ratings of a period."""
        return [row for row in self.ratings if period.holds(row.month)]

    def editions(self, period: Period) -> frozenset[str]:
        """The questionnaires they were given on."""
        return frozenset(row.edition_code for row in self.rated(period))


def _read(session: Session, office: Office, span: Period, months: Sequence[Month]) -> _Read:
    rows = offices.setting_rows(session, office.id)
    patrol = {settings.counts_patrol(settings.on(rows, month.last_day)) for month in months}
    return _Read(
        as_of=counted_at(session),
        settings=rows,
        ratings=survey_figures.service_rows(session, office.id, span),
        visits=visits_between(session, office.id, span.first.first_day, span.last.day_after),
        moves={each: queries.move_rows(session, office.id, span, patrol=each) for each in sorted(patrol)},
        entries=registers.entries(session, office.id, span),
        items=survey.items_per_element(session, office.id),
    )


def _locked_row(read: _Read, lock: Locked) -> PeriodRow:
    row = row_of(lock.row, lock.as_of, lock.number)
    return replace(row, editions=read.editions(row.period))


def _live_row(read: _Read, period: Period) -> PeriodRow:
    in_force = settings.on(read.settings, period.last.last_day)
    counting = building.Counting(read.items, Weight.parse(in_force["weight"]))
    sums = counting.pooled((row.edition_code, row.counts) for row in read.rated(period))
    scored = counting.scored("", "", sums, users.people(read.visits, read.settings, period, sums.tally.respondents))
    settlement = ledger.settlement(read.moves[settings.counts_patrol(in_force)], period)
    is_outside = settings.is_ikm_outside(in_force)
    return PeriodRow(
        period=period,
        index=Index(scored.respondents, scored.index, scored.grade),
        interval95=scored.interval95,
        settlement=settlement,
        values=values_of(scored.index, settlement, registered(read.entries, period), is_outside=is_outside),
        is_outside=is_outside,
        as_of=read.as_of,
        editions=read.editions(period),
    )
