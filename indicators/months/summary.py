"""The monthly summary: the six rows of the sheet, each with what stands behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from complaints.oversight.anchors import Anchor, anchor_at
from complaints.reporting import held
from core import jobs
from core.calendar import Month, day_range
from core.periods import Period
from indicators import ledger, queries
from indicators.formulas import Thresholds, Throughput, achievement, predicate
from indicators.months.results import Index, Line, Month12, Order, Result, ServiceIndex, Summary, Survey
from indicators.rows import Counted
from indicators.sheet import SHEET, Indicator
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import queries as survey_queries
from survey import scores
from survey.figures import queries as survey_figures
from survey.figures import users
from survey.figures.building import Counting
from survey.figures.groups import Dimension
from survey.figures.queries import GroupedMonth, Rated
from survey.figures.results import Sums
from survey.scores import DEFAULT_WEIGHT, Weight
from survey.visits.queries import ServiceDay, visits_between

A_MOMENT = timedelta(milliseconds=1)  # what is recorded at a moment counts as recorded by it
# What stands beside the index.
BESIDE = (Dimension.EXCLUDED, Dimension.VISIT)


def build(session: Session, office: Office, month: Month, as_of: datetime | None = None) -> Summary:
    """The summary from the nightly figures, or with `as_of` from everything recorded by then."""
    rows = offices.setting_rows(session, office.id, as_of)
    in_force = settings.on(rows, month.last_day)
    patrol = settings.counts_patrol(in_force)
    moves = queries.move_rows(session, office.id, year_back(month), patrol=patrol, recorded_by=as_of)
    opening = queries.moves_before(session, office.id, Month(month.year, 1), patrol=patrol, recorded_by=as_of)
    rated = _rated(session, office.id, month, rows, as_of)
    surveys = tuple(_survey(rated, period) for period in periods(month))
    moment = as_of or counted_at(session)
    orders = _orders(moves, month, ledger.open_after(opening), _held(session, office.id, month, moment))
    return Summary(
        office=office,
        month=month,
        as_of=moment,
        lines=_lines(queries.targets(session, office.id, month.year, as_of), in_force, surveys, orders),
        survey=surveys[0],
        survey_to_date=surveys[1],
        order=orders[0],
        order_to_date=orders[1],
        history=[_month12(each, rated, moves) for each in year_back(month).months],
        anchor=_anchor(session, office.id, month, moment),
    )


def _rated(session: Session, office_id: int, month: Month, rows: Sequence[Setting], as_of: datetime | None) -> "_Rated":
    _alone, to_date = periods(month)
    first, day_after = to_date.first.first_day, to_date.last.day_after
    return _Rated(
        names={service.code: service.name for service in offices.services(session, office_id)},
        counting=Counting(
            items=survey_queries.items_per_element(session, office_id),
            weight=Weight.parse(settings.on(rows, month.last_day)["weight"]),
        ),
        settings=rows,
        services=survey_figures.service_rows(session, office_id, year_back(month), as_of),
        groups=survey_figures.group_month_rows(session, office_id, to_date, BESIDE, as_of),
        visits=visits_between(session, office_id, first, day_after, as_of),
    )


def _anchor(session: Session, office_id: int, month: Month, as_of: datetime | None) -> Anchor:
    end = day_range(month.last_day)[1]
    return anchor_at(session, office_id, min(end, as_of + A_MOMENT) if as_of else end)


def counted_at(session: Session) -> datetime | None:
    """Up to when the nightly figures hold what was recorded; None before the first run."""
    return jobs.last_started(session, jobs.NIGHTLY)


def counted(session: Session, office_id: int, month: Month) -> Counted | None:
    """What the nightly figures of the month counted; None before the first run."""
    moment = counted_at(session)
    if moment is None:
        return None
    in_force = settings.on(offices.setting_rows(session, office_id), month.last_day)
    return Counted(office_id, moment, settings.counts_patrol(in_force))


def periods(month: Month) -> tuple[Period, Period]:
    """The month alone, and the year up to its end."""
    return Period(month, month), Period(Month(month.year, 1), month)


def year_back(month: Month) -> Period:
    """Twelve months that end with this one: they hold the year up to it, too."""
    return Period(month.minus(11), month)


@dataclass(frozen=True)
class _Rated:
    """What was read of the survey, and what it takes to turn it into figures."""

    names: Mapping[str, str]
    counting: Counting
    settings: Sequence[Setting]
    services: Sequence[Rated]
    groups: Sequence[GroupedMonth]
    visits: Mapping[ServiceDay, int]

    def pooled(self, rows: Iterable[Rated | GroupedMonth], period: Period) -> Sums:
        """Those of the period together."""
        return self.counting.pooled((row.edition_code, row.counts) for row in rows if period.holds(row.month))

    def of(self, dimension: Dimension) -> Iterator[GroupedMonth]:
        """The groups of a dimension; of visits those that were proved."""
        return (
            row for row in self.groups if row.dimension == dimension and (row.value or dimension != Dimension.VISIT)
        )


def _survey(rated: _Rated, period: Period) -> Survey:
    counting, whole = rated.counting, rated.pooled(rated.services, period)
    population = users.people(rated.visits, rated.settings, period, whole.tally.respondents)
    out = rated.pooled(rated.of(Dimension.EXCLUDED), period)
    scored = counting.scored("", "", whole, population)
    by_service = {
        code: rated.pooled((row for row in rated.services if row.service_code == code), period) for code in rated.names
    }
    return Survey(
        index=_index(whole, counting),
        everything=_index(whole + out, counting),
        excluded=out.tally.respondents,
        verified=_index(rated.pooled(rated.of(Dimension.VISIT), period), counting),
        exact=None if counting.weight == DEFAULT_WEIGHT else scores.ikm(whole.tally),
        weight=counting.weight,
        interval95=scored.interval95,
        sample_needed=None if population is None else scores.sample_needed(population),
        is_missing_visits=population is None and users.recorded(rated.visits, rated.settings, period) is not None,
        elements=scored.elements,
        services=[
            ServiceIndex(code, rated.names[code], _index(sums, counting))
            for code, sums in by_service.items()
            if sums.tally.respondents
        ],
    )


def _index(sums: Sums, counting: Counting) -> Index:
    value = scores.ikm(sums.tally, counting.weight)
    return Index(sums.tally.respondents, value, None if value is None else scores.grade(value))


def _held(session: Session, office_id: int, month: Month, moment: datetime | None) -> list[int]:
    """Still held at the moment, of each period; nothing is counted before the first nightly run."""
    if moment is None:
        return [0, 0]
    alone, to_date = periods(month)
    first, day_after = to_date.first.first_day, to_date.last.day_after
    days = held.by_day(session, office_id, first=first, day_after=day_after, recorded_by=moment)
    return [sum(reports for day, reports in days.items() if day >= each.first.first_day) for each in (alone, to_date)]


def _orders(
    rows: Sequence[ledger.MoveRow], month: Month, before_year: int, still_held: Sequence[int]
) -> tuple[Order, Order]:
    alone, to_date = periods(month)
    first, this = str(to_date.first), str(month)
    earlier = [(row.move, row.moves) for row in rows if first <= row.move_month < this]
    before_month = before_year + ledger.open_after(earlier)
    return (
        _order(rows, alone, before_month, ledger.throughput(rows, alone), still_held[0]),
        _order(rows, to_date, before_year, None, still_held[1]),
    )


def _month12(month: Month, rated: _Rated, moves: Iterable[ledger.MoveRow]) -> Month12:
    """With the weight of the month that is looked at, so that the line compares like with like."""
    alone = Period.of(month)
    index = scores.ikm(rated.pooled(rated.services, alone).tally, rated.counting.weight)
    return Month12(month, index, ledger.settlement(moves, alone).percent)


def _order(
    rows: Sequence[ledger.MoveRow], period: Period, opening: int, throughput: Throughput | None, still_held: int
) -> Order:
    return Order(
        settlement=ledger.settlement(rows, period),
        excluded=ledger.excluded(rows, period),
        throughput=throughput,
        flow=ledger.flow(rows, period, opening),
        held=still_held,
    )


def _lines(
    targets: Mapping[tuple[str, int], Decimal],
    in_force: Mapping[str, str],
    surveys: Sequence[Survey],
    orders: Sequence[Order],
) -> list[Line]:
    limits = Thresholds(*settings.thresholds(in_force["predicate_thresholds"]))
    values = {
        Indicator.IKM: (surveys[0].index.value, surveys[1].index.value),
        Indicator.SETTLEMENT: (orders[0].settlement.percent, orders[1].settlement.percent),
    }
    lines = []
    for row in SHEET:
        target = targets.get((row.key, 0))
        month, to_date = (_result(value, target, limits) for value in values.get(row.key, (None, None)))
        lines.append(Line(row, target, month, to_date))
    return lines


def _result(value: Decimal | None, target: Decimal | None, limits: Thresholds) -> Result:
    achieved = achievement(value, target)
    return Result(value, achieved, predicate(achieved, limits))
