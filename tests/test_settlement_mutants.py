"""Common mistakes of other systems in the settlement figure: each fails a row that the real one passes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from complaints.terms import Move
from core.calendar import Month, wib_day
from core.periods import Period
from indicators.formulas import Settlement, percent
from indicators.ledger import MoveRow, settlement
from tests.expectations import LEDGER, LEDGER_CASES, SETTLEMENT_CASES, SettlementCase, figure

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

Dating = Callable[[datetime], str]
Counts = tuple[int, int]
Counter = Callable[[Month], Counts]


def wib_month(moment: datetime) -> str:
    return str(Month.of_day(wib_day(moment)))


def utc_month(moment: datetime) -> str:
    return str(Month.of_day(moment.date()))


def off_by(shift: timedelta) -> Dating:
    """Months that begin this much too early; later, when it is negative."""
    return lambda moment: wib_month(moment + shift)


def rows(received: Dating = wib_month, moved: Dating = wib_month) -> list[MoveRow]:
    """The ledger as counted moves, one a row; both datings are right unless a mutant's are given."""
    return [
        MoveRow(received(report.received_at), month, move.value, "", moves=1, first_closes=0)
        for report in LEDGER
        for month, move in [
            (received(report.received_at), Move.RECEIVE),
            *((moved(at), Move.SETTLE if settles else Move.REOPEN) for at, settles in report.moves),
        ]
    ]


def real(month: Month, ledger: list[MoveRow]) -> Settlement:
    return settlement(ledger, Period(month, month))


def dated(received: Dating = wib_month, moved: Dating = wib_month) -> Counter:
    """The real rule over a ledger that is dated in another way."""

    def count(month: Month) -> Counts:
        found = real(month, rows(received, moved))
        return found.received, found.settled

    return count


def moves_of(month: Month, move: Move, *, until: str = "9999-12") -> int:
    """Moves on reports received in the month, up to another month's end."""
    mine = [row for row in rows() if row.received_month == str(month) and row.move_month <= until]
    return sum(row.move == move for row in mine)


def closed_in_the_month(month: Month) -> Counts:
    closed = [row for row in rows() if row.move == Move.SETTLE and row.move_month == str(month)]
    return moves_of(month, Move.RECEIVE), len(closed)


def ever_settled(month: Month) -> Counts:
    return moves_of(month, Move.RECEIVE), moves_of(month, Move.SETTLE, until=str(month))


def settled_today(month: Month) -> Counts:
    return moves_of(month, Move.RECEIVE), moves_of(month, Move.SETTLE) - moves_of(month, Move.REOPEN)


A_DAY, A_MINUTE, AN_INSTANT = timedelta(days=1), timedelta(minutes=1), timedelta(microseconds=1)
LEDGER_MUTANTS: dict[str, Counter] = {
    "settled this month ÷ received this month": closed_in_the_month,
    "last day of the month lost": dated(off_by(A_DAY), off_by(A_DAY)),
    "last minute of the month lost": dated(off_by(A_MINUTE), off_by(A_MINUTE)),
    "first day of the month lost": dated(off_by(-A_DAY), off_by(-A_DAY)),
    "months in UTC": dated(utc_month, utc_month),
    "moves in UTC months": dated(moved=utc_month),
    "receipts in UTC months": dated(received=utc_month),
    "settled once is settled for ever": ever_settled,
    "the state of today, not of the cut-off": settled_today,
    "the cut-off itself included": dated(moved=off_by(-AN_INSTANT)),
}


def ledger_failures(count: Counter) -> list[str]:
    return [month for month, *counts, _ in LEDGER_CASES if count(Month.parse(month)) != tuple(counts)]


def test_the_ledger_is_counted_right_in_every_month() -> None:
    assert ledger_failures(dated()) == []


@pytest.mark.parametrize(("month", "expected"), [(case[0], case[3]) for case in LEDGER_CASES])
def test_the_ledger_months_print_their_percentage(month: str, expected: str | None) -> None:
    assert real(Month.parse(month), rows()).percent == figure(expected)


@pytest.mark.parametrize("mutant", LEDGER_MUTANTS.values(), ids=LEDGER_MUTANTS)
def test_a_ledger_counted_wrong_is_noticed(mutant: Counter) -> None:
    assert ledger_failures(mutant)
