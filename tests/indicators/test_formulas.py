"""The formulas of the indicator sheet on worked figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from indicators.formulas import Flow, Predicate, Settlement, Thresholds, Throughput, achievement, percent, predicate
from tests.expectations import ACHIEVEMENT_CASES, SETTLEMENT_CASES, SettlementCase, figure


@pytest.mark.parametrize("case", SETTLEMENT_CASES, ids=lambda case: case.name)
def test_settled_of_those_received(case: SettlementCase) -> None:
    received = case.received_all - case.excluded
    assert Settlement(received, case.settled, confirmed=0, disputed=0).percent == figure(case.percent)
    assert Throughput(case.closed, received).percent == figure(case.throughput)


@pytest.mark.parametrize(("realisation", "target", "expected", "word"), ACHIEVEMENT_CASES)
def test_achievement_and_its_predicate(
    realisation: str | None, target: str | None, expected: str | None, word: str | None
) -> None:
    achieved = achievement(figure(realisation), figure(target))
    assert achieved == figure(expected)
    found = predicate(achieved)
    assert (found and found.label) == word


def test_achievement_takes_whole_numbers() -> None:
    assert achievement(3, 4) == Decimal("75.00")


def test_no_whole_is_no_percentage() -> None:
    assert percent(0, 0) is None
    assert percent(0, 5) == Decimal("0.00")


def test_an_office_may_set_its_own_thresholds() -> None:
    strict = Thresholds(very_high=Decimal(100), high=Decimal(90))
    assert predicate(Decimal("99.99"), strict) is Predicate.HIGH
    assert predicate(Decimal("89.99"), strict) is Predicate.MEDIUM


@pytest.mark.parametrize("high", ["91", "95", "66", "10"])
def test_thresholds_that_do_not_fall_are_refused(high: str) -> None:
    with pytest.raises(Refused, match="menurun"):
        Thresholds(high=Decimal(high))


def test_settled_splits_into_confirmed_silent_and_disputed() -> None:
    settlement = Settlement(received=17, settled=14, confirmed=9, disputed=1)
    assert settlement.silent == 4
    assert settlement.percent == Decimal("82.35")


@pytest.mark.parametrize(
    ("received", "settled", "confirmed", "disputed", "fault"),
    [
        (8, 13, 0, 0, "some of those received"),
        (8, 8, 5, 4, "only a settled report"),
        (0, -1, 0, 0, "only a settled report"),
        (8, 8, -1, 0, "start at 0"),
        (8, 8, 0, -1, "start at 0"),
    ],
)
def test_counts_that_contradict_each_other_are_a_bug(
    received: int, settled: int, confirmed: int, disputed: int, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        Settlement(received, settled, confirmed, disputed)


@pytest.mark.parametrize(("closed", "received"), [(-1, 0), (0, -1)])
def test_throughput_counts_start_at_none(closed: int, received: int) -> None:
    with pytest.raises(ValueError, match="counts start at 0"):
        Throughput(closed, received)


def test_the_carry_over_of_a_worked_month() -> None:
    flow = Flow(opening=0, received=20, reopened=0, settled=14, excluded=3)
    assert flow.closing == 3
    assert flow.balances(open_at_end=3)
    assert not flow.balances(open_at_end=4)


@given(st.lists(st.sampled_from(["receive", "settle", "exclude", "reopen"])), st.integers(0, 5))
def test_the_carry_over_identity_holds_after_any_moves(moves: list[str], opening: int) -> None:
    """A small office: what is open is counted by hand beside the moves."""
    still_open, ended = opening, 0
    counts = dict.fromkeys(["receive", "settle", "exclude", "reopen"], 0)
    for move in moves:
        needed = ended if move == "reopen" else still_open
        if move != "receive" and not needed:
            continue
        counts[move] += 1
        still_open += 1 if move in ("receive", "reopen") else -1
        ended += {"receive": 0, "reopen": -1}.get(move, 1)
    flow = Flow(opening, counts["receive"], counts["reopen"], counts["settle"], counts["exclude"])
    assert flow.balances(still_open)
