"""Who stands where, and who is not compared."""

from decimal import Decimal

import pytest

from core.periods import Period
from indicators.months.results import OfficeHead, Result
from indicators.regency.results import Cell, OfficeLine, Table, highest_first, ranked
from indicators.sheet import Indicator

KEYS = (Indicator.IKM, Indicator.SETTLEMENT)


def line(office: int, value: str | None, respondents: int | None = 30, received: int = 10) -> OfficeLine:
    cell = Cell(None, Result(Decimal(value) if value else None, None, None))
    return OfficeLine(
        office, OfficeHead(str(office), str(office)), dict.fromkeys(Indicator, cell), respondents, received
    )


def table(*lines: OfficeLine) -> Table:
    return Table("Kabupaten Jember", Period.parse("2026-10"), None, lines)


def test_equal_values_share_the_better_place() -> None:
    assert ranked({1: Decimal(80), 2: Decimal(90), 3: Decimal(80), 4: Decimal(70)}) == {1: 2, 2: 1, 3: 2, 4: 4}


@pytest.mark.parametrize(
    ("respondents", "received", "by_ikm", "by_settlement"),
    [(30, 10, True, True), (29, 10, False, True), (30, 9, True, False), (None, 0, False, False)],
)
def test_too_little_is_not_compared(respondents: int | None, received: int, by_ikm: bool, by_settlement: bool) -> None:
    found = table(line(1, "80"), line(2, "90", respondents, received))
    assert [2 in found.places(key) for key in KEYS] == [by_ikm, by_settlement]
    assert [found.places(key)[1] for key in KEYS] == [1 + by_ikm, 1 + by_settlement]


def test_an_office_without_a_value_has_no_place_and_comes_last() -> None:
    lines = [line(1, None), line(2, "0.00"), line(3, "80")]
    assert table(*lines).places(Indicator.IKM) == {3: 1, 2: 2}
    assert [each.office_id for each in highest_first(lines, Indicator.IKM)] == [3, 2, 1]
