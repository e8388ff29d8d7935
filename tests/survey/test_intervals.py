"""The 95 % interval of the index, beside SciPy's."""

import csv
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from survey.intervals import interval95, quantile
from survey.questionnaire import POINTS
from survey.scores import DEFAULT_WEIGHT, Tally
from tests.expectations import SEKADAU_FILE

Rows = list[list[int]]
ROWS = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=2, max_size=60)


def squares_of(rows: Rows) -> int:
    return sum((POINTS * sum(row)) ** 2 for row in rows)


def tally_of(rows: Rows) -> Tally:
    return Tally(len(rows), tuple(Fraction(sum(column)) for column in zip(*rows, strict=True)))


@pytest.mark.skipif(not SEKADAU_FILE.exists(), reason="the published sheet is not part of the product")
def test_the_published_sheet_of_sekadau_has_its_interval() -> None:
    sheet = csv.reader(SEKADAU_FILE.read_text(encoding="utf-8").splitlines()[1:])
    rows = [[int(cell) for cell in row[1:]] for row in sheet]
    assert interval95(tally_of(rows), squares_of(rows), DEFAULT_WEIGHT) == (Decimal("76.26"), Decimal("81.23"))


def test_ten_of_its_kind_have_theirs() -> None:
    rows = [[2, 3, 3, 4, 3, 3, 4, 3, 3]] * 5 + [[3, 3, 4, 4, 3, 4, 4, 3, 4]] * 5
    assert interval95(tally_of(rows), squares_of(rows), DEFAULT_WEIGHT) == (Decimal("79.14"), Decimal("87.52"))


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_interval_is_scipys(rows: Rows) -> None:
    means = [sum(row) / 9 * 25 for row in rows]
    found = interval95(tally_of(rows), squares_of(rows), DEFAULT_WEIGHT)
    assert found is not None
    spread = stats.sem(means)
    low, high = stats.t.interval(0.95, len(rows) - 1, sum(means) / len(means), spread) if spread else [means[0]] * 2
    assert [float(bound) for bound in found] == pytest.approx([low, high], abs=0.005001)


@pytest.mark.parametrize("freedom", [1, 1.25, 2, 5, 48, 199.5, 200.5, 1000, 1_000_000])
def test_the_quantile_is_scipys_to_nine_places(freedom: float) -> None:
    assert float(quantile(Fraction(freedom))) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-9)


def test_sixteen_who_ask_at_once_are_told_the_same() -> None:
    freedoms = [Fraction(n, 3) for n in range(3, 60)] * 8
    with ThreadPoolExecutor(16) as crowd:
        found = [float(each) for each in crowd.map(quantile.__wrapped__, freedoms)]
    assert found == pytest.approx([stats.t.ppf(0.975, float(each)) for each in freedoms], abs=1e-9)
    assert mpmath.mp.prec == 53


def test_nobody_and_one_alone_have_no_interval() -> None:
    assert interval95(tally_of([[3] * 9]), squares_of([[3] * 9]), DEFAULT_WEIGHT) is None


def test_knowing_how_many_use_the_service_narrows_it() -> None:
    rows = [[1] * 9, [2] * 9, [3] * 9, [4] * 9]
    wide = interval95(tally_of(rows), squares_of(rows), DEFAULT_WEIGHT)
    narrow = interval95(tally_of(rows), squares_of(rows), DEFAULT_WEIGHT, population=5)
    assert wide is not None
    assert narrow is not None
    assert narrow[0] > wide[0]
    assert narrow[1] < wide[1]
