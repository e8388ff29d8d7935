"""The monthly summary: the six rows of the sheet, each with what stands behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.terms import Exclusion
from core import jobs
from core.calendar import Month
from indicators import ledger, queries
from indicators.formulas import Flow, Predicate, Settlement, Thresholds, Throughput, achievement, predicate
from indicators.ledger import Period
from indicators.nightly import JOB
from indicators.sheet import SHEET, Indicator, SheetRow
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import scores
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.scores import EMPTY, ElementScore, Grade, Tally, Weight

ItemCounts = Mapping[str, Mapping[ElementKey, int]]


@dataclass(frozen=True)
class Index:
    """IKM of a group of respondents; value and grade None without respondents."""

    respondents: int
    value: Decimal | None
    grade: Grade | None


@dataclass(frozen=True)
class ServiceIndex:
    """IKM of one service."""

    code: str
    name: str
    index: Index


@dataclass(frozen=True)
class Survey:
    """Indicator 2 in a period. `sample_needed` is None while the number of service users is unknown."""

    index: Index
    weight: Weight
    sample_needed: int | None
    elements: Sequence[ElementScore]
    services: Sequence[ServiceIndex]

    @property
    def is_sample_short(self) -> bool:
        """Whether fewer answered than the sample size asks for."""
        return scores.is_sample_enough(self.index.respondents, self.sample_needed) is False


@dataclass(frozen=True)
class Order:
    """Indicator 4 in a period. `throughput` is None for more than a month: its closings are distinct by month."""

    settlement: Settlement
    excluded: Mapping[Exclusion, int]
    throughput: Throughput | None
    flow: Flow


@dataclass(frozen=True)
class Result:
    """A value beside its target."""

    value: Decimal | None
    achievement: Decimal | None
    predicate: Predicate | None


@dataclass(frozen=True)
class Line:
    """A row of the sheet with its figures; `year_to_date` runs from January to the end of this month."""

    sheet: SheetRow
    target: Decimal | None
    month: Result
    year_to_date: Result


@dataclass(frozen=True)
class Summary:
    """A month as counted at `as_of` (None: before the first nightly run)."""

    office: Office
    month: Month
    as_of: datetime | None
    lines: Sequence[Line]
    survey: Survey
    survey_to_date: Survey
    order: Order
    order_to_date: Order

    def line(self, key: Indicator) -> Line:
        """The sheet's row of an indicator."""
        return next(line for line in self.lines if line.sheet.key == key)


def build(session: Session, office: Office, month: Month, as_of: datetime | None = None) -> Summary:
    """The summary from the nightly figures, or with `as_of` from everything recorded by then."""
    rows = offices.setting_rows(session, office.id, as_of)
    in_force = settings.on(rows, month.last_day)
    surveys = _surveys(session, office.id, month, rows, as_of)
    orders = _orders(session, office.id, month, in_force, as_of)
    targets = queries.targets(session, office.id, month.year, as_of)
    return Summary(
        office=office,
        month=month,
        as_of=as_of or jobs.last_finished(session, JOB),
        lines=_lines(targets, in_force, surveys, orders),
        survey=surveys[0],
        survey_to_date=surveys[1],
        order=orders[0],
        order_to_date=orders[1],
    )


def periods(month: Month) -> tuple[Period, Period]:
    """The month alone, and the year up to its end."""
    return Period(month, month), Period(Month(month.year, 1), month)


def _surveys(
    session: Session, office_id: int, month: Month, rows: Sequence[Setting], as_of: datetime | None
) -> tuple[Survey, Survey]:
    items = queries.items_per_element(session, office_id)
    names = {service.code: service.name for service in offices.services(session, office_id)}
    alone, to_date = periods(month)
    found = queries.rating_rows(session, office_id, to_date, as_of)
    of_month = [row for row in found if row.month == str(month)]
    weight = Weight.parse(settings.on(rows, month.last_day)["weight"])
    return (
        _survey(of_month, items, names, weight, users(rows, alone)),
        _survey(found, items, names, weight, users(rows, to_date)),
    )


def _survey(
    rows: Sequence[sa.Row[Any]], items: ItemCounts, names: Mapping[str, str], weight: Weight, service_users: int | None
) -> Survey:
    whole = _pooled(rows, items)
    of_service = {code: _pooled((row for row in rows if row.service_code == code), items) for code in names}
    return Survey(
        index=_index(whole, weight),
        weight=weight,
        sample_needed=None if service_users is None else scores.sample_needed(service_users),
        elements=scores.element_scores(whole, weight=weight),
        services=[
            ServiceIndex(code, names[code], _index(tally, weight))
            for code, tally in of_service.items()
            if tally.respondents
        ],
    )


def users(rows: Iterable[Setting], period: Period) -> int | None:
    """Service users of the period: the sum of its months; None while any month's is unknown."""
    rows = list(rows)
    counts = [int(settings.on(rows, month.last_day)["service_users"]) for month in period.months]
    return sum(counts) if all(counts) else None


def _pooled(rows: Iterable[sa.Row[Any]], items: ItemCounts) -> Tally:
    tallies = (
        Tally.from_items(
            int(row.respondents), {key: int(getattr(row, key.value)) for key in OFFICIAL_ORDER}, items[row.edition_code]
        )
        for row in rows
    )
    return sum(tallies, EMPTY)


def _index(tally: Tally, weight: Weight) -> Index:
    value = scores.ikm(tally, weight)
    return Index(tally.respondents, value, None if value is None else scores.grade(value))


def _orders(
    session: Session, office_id: int, month: Month, in_force: Mapping[str, str], as_of: datetime | None
) -> tuple[Order, Order]:
    patrol = bool(settings.checked("count_patrol", in_force["count_patrol"]))
    alone, to_date = periods(month)
    rows = queries.move_rows(session, office_id, to_date, patrol=patrol, recorded_by=as_of)
    before_year = ledger.open_after(
        queries.moves_before(session, office_id, to_date.first, patrol=patrol, recorded_by=as_of)
    )
    earlier = [(row.move, row.moves) for row in rows if str(to_date.first) <= row.move_month < str(month)]
    before_month = before_year + ledger.open_after(earlier)
    return (
        _order(rows, alone, before_month, ledger.throughput(rows, alone)),
        _order(rows, to_date, before_year, None),
    )


def _order(rows: Sequence[ledger.MoveRow], period: Period, opening: int, throughput: Throughput | None) -> Order:
    return Order(
        settlement=ledger.settlement(rows, period),
        excluded=ledger.excluded(rows, period),
        throughput=throughput,
        flow=ledger.flow(rows, period, opening),
    )


def _lines(
    targets: Mapping[str, Decimal],
    in_force: Mapping[str, str],
    surveys: tuple[Survey, Survey],
    orders: tuple[Order, Order],
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
