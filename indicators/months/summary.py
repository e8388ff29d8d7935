"""The summary of a period: the six rows of the sheet, each with what stands behind it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from complaints.oversight.anchors import Anchor, anchor_at
from complaints.reporting import held
from core import jobs
from core.calendar import A_MOMENT, Month, day_range
from core.periods import Period
from indicators import ledger, targets
from indicators.formulas import Settlement, Thresholds, Throughput, achievement, predicate
from indicators.months import surveys
from indicators.months.reading import Read, read, year_back
from indicators.months.results import Line, Month12, OfficeHead, Order, Result, Summary
from indicators.registers.values import Registered, registered
from indicators.rows import Counted
from indicators.sheet import SHEET, Indicator
from offices import queries as offices
from offices import settings
from offices.models import Office
from survey import scores
from survey.figures.changes import Change, compare, compare_shares

Values = Mapping[Indicator, Decimal | None]


def build(session: Session, office: Office, period: Period, as_of: datetime | None = None) -> Summary:
    """The summary from the nightly figures, or with `as_of` from everything recorded by then."""
    found = read(session, office, period, as_of)
    moment = as_of or counted_at(session)
    to_date = period.year_to_date()
    both = [surveys.survey(found, each) for each in (period, to_date)]
    orders = [_order(found, each, _held(session, office.id, each, moment)) for each in (period, to_date)]
    registers = [registered(found.entries, each) for each in (period, to_date)]
    values = [
        _values(found, survey.index.value, order.settlement, entries)
        for survey, order, entries in zip(both, orders, registers, strict=True)
    ]
    return Summary(
        office=OfficeHead(office.code, office.name),
        period=period,
        as_of=moment,
        lines=tuple(_lines(found, values, moment)),
        survey=both[0],
        survey_to_date=both[1],
        order=orders[0],
        order_to_date=orders[1],
        registered=registers[0],
        registered_to_date=registers[1],
        is_outside=_is_outside(found),
        history=tuple(_month12(found, Period.of(month)) for month in year_back(period).months),
        anchor=_anchor(session, office.id, period.last, moment),
    )


def periods(month: Month) -> tuple[Period, Period]:
    """The month alone, and the year up to its end."""
    alone = Period.of(month)
    return alone, alone.year_to_date()


def counted_at(session: Session) -> datetime | None:
    """Up to when the nightly figures hold what was recorded; None before the first run."""
    return jobs.last_started(session, jobs.NIGHTLY)


def is_whole(month: Month, counted_at: datetime | None) -> bool:
    """Whether a night has counted since the month's end."""
    return counted_at is not None and counted_at >= month.range[1]


def counted(session: Session, office_id: int, period: Period, as_of: datetime | None = None) -> Counted | None:
    """What the figures of the period counted: those of the night, or of everything recorded by a moment. None before
    the first run.
    """
    moment = as_of or counted_at(session)
    if moment is None:
        return None
    in_force = settings.on(offices.setting_rows(session, office_id, as_of), period.last.last_day)
    return Counted(office_id, moment, settings.counts_patrol(in_force))


def _anchor(session: Session, office_id: int, month: Month, as_of: datetime | None) -> Anchor:
    """What is recorded at a moment counts as recorded by it."""
    end = day_range(month.last_day)[1]
    return anchor_at(session, office_id, min(end, as_of + A_MOMENT) if as_of else end)


def _held(session: Session, office_id: int, period: Period, moment: datetime | None) -> int:
    """Still held at the moment; nothing is counted before the first nightly run."""
    if moment is None:
        return 0
    first, day_after = period.first.first_day, period.last.day_after
    return sum(held.by_day(session, office_id, first=first, day_after=day_after, recorded_by=moment).values())


def _order(found: Read, period: Period, still_held: int) -> Order:
    first, this = str(period.year_to_date().first), str(period.first)
    earlier = [(row.move, row.moves) for row in found.moves if first <= row.move_month < this]
    return Order(
        settlement=ledger.settlement(found.moves, period),
        excluded=ledger.excluded(found.moves, period),
        throughput=_throughput(found, period),
        flow=ledger.flow(found.moves, period, found.opening + ledger.open_after(earlier)),
        held=still_held,
    )


def _throughput(found: Read, period: Period) -> Throughput | None:
    """Only of the month that is looked at: closings are distinct by month."""
    return ledger.throughput(found.moves, period) if period == found.period and period.length == 1 else None


def _is_outside(found: Read) -> bool:
    return settings.is_ikm_outside(found.in_force)


def _values(found: Read, index: Decimal | None, settlement: Settlement, registers: Registered) -> Values:
    return values_of(index, settlement, registers, is_outside=_is_outside(found))


def values_of(index: Decimal | None, settlement: Settlement, registers: Registered, *, is_outside: bool) -> Values:
    """What each indicator is worth, in the order of the sheet; `index` is ours."""
    outside = registers.outside.value if registers.outside else None
    known = {
        **registers.values,
        Indicator.IKM: outside if is_outside else index,
        Indicator.SETTLEMENT: settlement.percent,
    }
    return {key: known[key] for key in Indicator}


def _lines(found: Read, values: Sequence[Values], moment: datetime | None) -> list[Line]:
    limits = thresholds_of(found.in_force)
    changes = _changes(found) if moment and found.period.is_over(moment) else {}
    lines = []
    for row in SHEET:
        wanted = [
            targets.target_of(found.targets, row.key, each) for each in (found.period, found.period.year_to_date())
        ]
        result, to_date = (result_of(each[row.key], goal, limits) for each, goal in zip(values, wanted, strict=True))
        lines.append(Line(row, wanted[0], result, to_date, changes.get(row.key)))
    return lines


def thresholds_of(in_force: Mapping[str, str]) -> Thresholds:
    """The least achievement of each predicate, by the texts of the settings in force."""
    return Thresholds(*settings.thresholds(in_force["predicate_thresholds"]))


def result_of(value: Decimal | None, target: Decimal | None, limits: Thresholds) -> Result:
    """A value beside its target."""
    achieved = achievement(value, target)
    return Result(value, achieved, predicate(achieved, limits))


def _changes(found: Read) -> Mapping[Indicator, Change | None]:
    """Of what is a mean or a share of many; the others say what they are. Nothing is claimed of a period before it is
    over.
    """
    earlier, now = found.period.earlier(), found.period
    index = [found.pooled(found.services, each) for each in (earlier, now)]
    settled = [ledger.settlement(found.moves, each) for each in (earlier, now)]
    shares = [(each.settled, each.received) for each in settled]
    return {
        Indicator.IKM: None if _is_outside(found) else compare(index[0], index[1], found.counting.weight),
        Indicator.SETTLEMENT: compare_shares(shares[0], shares[1]),
    }


def _month12(found: Read, period: Period) -> Month12:
    """With the weight of the period that is looked at, so that the line compares like with like."""
    index = scores.ikm(found.pooled(found.services, period).tally, found.counting.weight)
    settlement, registers = ledger.settlement(found.moves, period), registered(found.entries, period)
    return Month12(period.last, _values(found, index, settlement, registers))
