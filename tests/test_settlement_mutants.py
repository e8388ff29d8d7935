"""Common mistakes of other systems in the settlement figure: each fails a row that the real one passes."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.calendar import Month
from indicators.formulas import Settlement, percent
from tests.expectations import LEDGER, LEDGER_CASES, SETTLEMENT_CASES, Report, SettlementCase, figure

Figure = Decimal | None

# --- from counts ------------------------------------------------------------------------

Ratio = Callable[[SettlementCase], Figure]


def settled_of_valid(case: SettlementCase) -> Figure:
    return Settlement(case.received_all - case.excluded, case.settled, 0, 0).percent


RATIO_MUTANTS: dict[str, Ratio] = {
    "settled this month ÷ received this month": lambda case: percent(case.closed, case.received_all - case.excluded),
    "the same, cut at 100": lambda case: min(percent(case.closed, case.received_all) or Decimal(0), Decimal(100)),
    "excluded ones still counted": lambda case: percent(case.settled, case.received_all),
    "excluded ones counted as settled": lambda case: percent(case.settled + case.excluded, case.received_all),
    "nothing received is 0": lambda case: settled_of_valid(case) or Decimal(0),
    "nothing received is 100": lambda case: Decimal(100) if case.received_all == 0 else settled_of_valid(case),
    "binary floats": lambda case: (
        Decimal(f"{round(100 * case.settled / (case.received_all - case.excluded), 2):.2f}")
        if case.received_all - case.excluded
        else None
    ),
}


def ratio_failures(ratio: Ratio) -> list[str]:
    return [case.name for case in SETTLEMENT_CASES if ratio(case) != figure(case.percent)]


def test_the_settlement_percentage_is_right_in_every_row() -> None:
    assert ratio_failures(settled_of_valid) == []


@pytest.mark.parametrize("mutant", RATIO_MUTANTS.values(), ids=RATIO_MUTANTS)
def test_a_wrong_settlement_percentage_is_noticed(mutant: Ratio) -> None:
    assert ratio_failures(mutant)


# --- from receipts and moves --------------------------------------------------------------

Range = tuple[datetime, datetime]
Counts = tuple[int, int]
Counter = Callable[[Range], Counts]


def received_in(span: Range) -> list[Report]:
    return [report for report in LEDGER if span[0] <= report.received_at < span[1]]


def settled_at(report: Report, cut_off: datetime) -> bool:
    """Whether the last move before the cut-off is a settle."""
    before = [settles for moved_at, settles in report.moves if moved_at < cut_off]
    return bool(before) and before[-1]


def cohort(span: Range) -> Counts:
    """The rule itself: settled of exactly those received, at the end of the month."""
    mine = received_in(span)
    return len(mine), sum(settled_at(report, span[1]) for report in mine)


def closed_in_the_month(span: Range) -> Counts:
    closed = [any(settles and span[0] <= at < span[1] for at, settles in report.moves) for report in LEDGER]
    return len(received_in(span)), sum(closed)


def judged(settled: Callable[[Report, datetime], bool]) -> Counter:
    def count(span: Range) -> Counts:
        mine = received_in(span)
        return len(mine), sum(settled(report, span[1]) for report in mine)

    return count


def ever_settled(report: Report, cut_off: datetime) -> bool:
    return any(settles for moved_at, settles in report.moves if moved_at < cut_off)


def settled_today(report: Report, _: datetime) -> bool:
    return bool(report.moves) and report.moves[-1][1]


def cut_off_included(report: Report, cut_off: datetime) -> bool:
    return settled_at(report, cut_off + timedelta(microseconds=1))


def utc_month(span: Range) -> Range:
    start, end = (moment + timedelta(hours=7) for moment in span)
    return start.astimezone(UTC), end.astimezone(UTC)


LEDGER_MUTANTS: dict[str, Counter] = {
    "settled this month ÷ received this month": closed_in_the_month,
    "last day of the month lost": lambda span: cohort((span[0], span[1] - timedelta(days=1))),
    "last minute of the month lost": lambda span: cohort((span[0], span[1] - timedelta(minutes=1))),
    "first day of the month lost": lambda span: cohort((span[0] + timedelta(days=1), span[1])),
    "months in UTC": lambda span: cohort(utc_month(span)),
    "settled once is settled for ever": judged(ever_settled),
    "the state of today, not of the cut-off": judged(settled_today),
    "the cut-off itself included": judged(cut_off_included),
}


def ledger_failures(count: Counter) -> list[str]:
    def wrong(month: str, received: int, settled: int) -> bool:
        return count(Month.parse(month).range) != (received, settled)

    return [month for month, received, settled, _ in LEDGER_CASES if wrong(month, received, settled)]


def test_the_ledger_is_counted_right_in_every_month() -> None:
    assert ledger_failures(cohort) == []
    assert ledger_failures(judged(settled_at)) == []


@pytest.mark.parametrize(("month", "received", "settled", "expected"), LEDGER_CASES)
def test_the_ledger_months_print_their_percentage(
    month: str, received: int, settled: int, expected: str | None
) -> None:
    assert sum(map(Month.parse(month).contains, receipts())) == received
    assert Settlement(received, settled, 0, 0).percent == figure(expected)


def receipts() -> Iterable[datetime]:
    return (report.received_at for report in LEDGER)


@pytest.mark.parametrize("mutant", LEDGER_MUTANTS.values(), ids=LEDGER_MUTANTS)
def test_a_ledger_counted_wrong_is_noticed(mutant: Counter) -> None:
    assert ledger_failures(mutant)
