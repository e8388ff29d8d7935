"""The monthly summary: the six rows of the sheet, each with what stands behind it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import add

from sqlalchemy.orm import Session

from complaints.oversight.anchors import Anchor, anchor_at
from complaints.reporting import held
from core import jobs
from core.calendar import Month, day_range
from core.periods import Period
from indicators import ledger, queries
from indicators.formulas import Thresholds, Throughput, achievement, predicate
from indicators.results import Index, Line, Month12, Order, Result, ServiceIndex, Summary, Survey
from indicators.rows import Counted
from indicators.sheet import SHEET, Indicator
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import queries as survey_queries
from survey import scores
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.figures import queries as survey_figures
from survey.figures.queries import Rated
from survey.intervals import interval95
from survey.scores import EMPTY, Tally, Weight

A_MOMENT = timedelta(milliseconds=1)  # what is recorded at a moment counts as recorded by it
ItemCounts = Mapping[str, Mapping[ElementKey, int]]


def build(session: Session, office: Office, month: Month, as_of: datetime | None = None) -> Summary:
    """The summary from the nightly figures, or with `as_of` from everything recorded by then."""
    rows = offices.setting_rows(session, office.id, as_of)
    in_force = settings.on(rows, month.last_day)
    patrol = settings.counts_patrol(in_force)
    ratings = survey_figures.service_rows(session, office.id, year_back(month), as_of)
    moves = queries.move_rows(session, office.id, year_back(month), patrol=patrol, recorded_by=as_of)
    opening = queries.moves_before(session, office.id, Month(month.year, 1), patrol=patrol, recorded_by=as_of)
    counting = _Counting(
        names={service.code: service.name for service in offices.services(session, office.id)},
        items=survey_queries.items_per_element(session, office.id),
        weight=Weight.parse(in_force["weight"]),
        settings=rows,
    )
    surveys = tuple(_survey(ratings, period, counting) for period in periods(month))
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
        history=[_month12(each, ratings, moves, counting) for each in year_back(month).months],
        anchor=_anchor(session, office.id, month, moment),
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
class _Counting:
    """What it takes to turn rows of ratings into figures."""

    names: Mapping[str, str]
    items: ItemCounts
    weight: Weight
    settings: Sequence[Setting]


def _survey(rows: Sequence[Rated], period: Period, counting: _Counting) -> Survey:
    of_period = [row for row in rows if period.holds(row.month)]
    whole = _pooled(of_period, counting.items)
    by_service = {
        code: _pooled((row for row in of_period if row.service_code == code), counting.items) for code in counting.names
    }
    service_users = users(counting.settings, period)
    return Survey(
        index=_index(whole, counting.weight),
        weight=counting.weight,
        interval95=interval95(whole, sum(row.counts[1] for row in of_period), counting.weight, service_users),
        sample_needed=None if service_users is None else scores.sample_needed(service_users),
        elements=scores.element_scores(whole, weight=counting.weight),
        services=[
            ServiceIndex(code, counting.names[code], _index(tally, counting.weight))
            for code, tally in by_service.items()
            if tally.respondents
        ],
    )


def users(rows: Iterable[Setting], period: Period) -> int | None:
    """Service users of the period: the sum of its months; None while any month's is unknown."""
    rows = list(rows)
    counts = [int(settings.on(rows, month.last_day)["service_users"]) for month in period.months]
    return sum(counts) if all(counts) else None


def _pooled(rows: Iterable[Rated], items: ItemCounts) -> Tally:
    """Whole numbers are added up before they become fractions: the page does this for every month and service."""
    of_edition: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for row in rows:
        of_edition[row.edition_code].append(row.counts)
    tallies = [_tally(counts, items[edition]) for edition, counts in of_edition.items()]
    return reduce(add, tallies) if tallies else EMPTY


def _tally(counts: Sequence[tuple[int, ...]], items: Mapping[ElementKey, int]) -> Tally:
    respondents, _squares, *sums = map(sum, zip(*counts, strict=True))
    return Tally.from_items(respondents, dict(zip(OFFICIAL_ORDER, sums, strict=True)), items)


def _index(tally: Tally, weight: Weight) -> Index:
    value = scores.ikm(tally, weight)
    return Index(tally.respondents, value, None if value is None else scores.grade(value))


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


def _month12(month: Month, ratings: Iterable[Rated], moves: Iterable[ledger.MoveRow], counting: _Counting) -> Month12:
    """With the weight of the month that is looked at, so that the line compares like with like."""
    tally = _pooled((row for row in ratings if row.month == str(month)), counting.items)
    return Month12(month, scores.ikm(tally, counting.weight), ledger.settlement(moves, Period(month, month)).percent)


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
    targets: Mapping[str, Decimal],
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
        target = targets.get(row.key)
        month, to_date = (_result(value, target, limits) for value in values.get(row.key, (None, None)))
        lines.append(Line(row, target, month, to_date))
    return lines


def _result(value: Decimal | None, target: Decimal | None, limits: Thresholds) -> Result:
    achieved = achievement(value, target)
    return Result(value, achieved, predicate(achieved, limits))
