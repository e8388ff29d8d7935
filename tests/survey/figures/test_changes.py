"""Two periods compared, beside SciPy's Welch test."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from survey.figures.changes import Direction, compare, compare_element, welch95
from survey.intervals import bounds95, sample_of
from survey.scores import DEFAULT_WEIGHT, Weight
from tests.survey.figures.figure_cases import Row, answers_of, sums_of

Rows = list[list[int]]
ROWS = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=2, max_size=40)
LOW, HIGH = [[2, 3, 2, 3, 3, 2, 3, 2, 3], [3, 2, 3, 2, 2, 3, 2, 3, 2]], [[4] * 9, [4, 4, 3, 4, 4, 4, 4, 4, 4]]
WEIGHTS = st.sampled_from([DEFAULT_WEIGHT, Weight.parse("0.111")])


# SciPy's word on a side where everybody answered alike.
alike = pytest.mark.filterwarnings("ignore:Precision loss occurred")


def welch(before: list[int], after: list[int], scale: float) -> list[float]:
    """SciPy's 95 % interval of the difference, of whole numbers first."""
    test = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    return [scale * test.low, scale * test.high]


@alike
@settings(max_examples=80, deadline=None)
@given(ROWS, WEIGHTS)
def test_the_interval_of_one_period_is_scipys_to_nine_places(rows: Rows, weight: Weight) -> None:
    sums, own, scale = sums_of(rows), [sum(row) for row in rows], float(weight.value * 25)
    found = bounds95(sample_of(sums.tally, sums.squares, weight))
    assert found is not None
    spread = stats.sem(own)
    interval = stats.t.interval(0.95, len(rows) - 1, sum(own) / len(own), spread) if spread else [own[0]] * 2
    assert [float(bound) for bound in found] == pytest.approx([scale * each for each in interval], abs=1e-9)


@alike
@settings(max_examples=80, deadline=None)
@given(ROWS, ROWS, WEIGHTS)
def test_the_interval_of_a_difference_is_scipys_to_nine_places(before: Rows, after: Rows, weight: Weight) -> None:
    samples = [sample_of(sums.tally, sums.squares, weight) for sums in (sums_of(before), sums_of(after))]
    found = welch95(samples[0], samples[1])
    if found is None:
        assert {len({sum(row) for row in rows}) for rows in (before, after)} == {1}
        return
    theirs = welch([sum(row) for row in before], [sum(row) for row in after], float(weight.value * 25))
    assert [float(bound) for bound in found] == pytest.approx(theirs, abs=1e-9)


@alike
@settings(max_examples=40, deadline=None)
@given(ROWS, ROWS)
def test_an_element_is_compared_by_its_own_answers(before: Rows, after: Rows) -> None:
    key = next(iter(answers_of(before)))
    found = compare_element(answers_of(before)[key], answers_of(after)[key])
    assert found is not None
    if found.low is not None and found.high is not None:
        theirs = welch([row[0] for row in before], [row[0] for row in after], 25)
        assert [float(found.low), float(found.high)] == pytest.approx(theirs, abs=0.005001)


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        pytest.param(LOW * 5, HIGH * 5, Direction.UP, id="far above"),
        pytest.param(HIGH * 5, LOW * 5, Direction.DOWN, id="far below"),
        pytest.param(HIGH * 5, HIGH * 6, Direction.UNPROVEN, id="the same"),
        pytest.param(HIGH, [[4] * 9, [4] * 9, [3] * 9], Direction.UNPROVEN, id="too few to tell"),
        pytest.param([[2] * 9] * 2, [[4] * 9] * 2, Direction.UNPROVEN, id="nobody differs on either side"),
    ],
)
def test_what_may_be_said(before: list[Row], after: list[Row], direction: Direction) -> None:
    found = compare(sums_of(before), sums_of(after), DEFAULT_WEIGHT)
    assert found is not None
    assert found.direction == direction


def test_the_difference_is_of_the_printed_figures() -> None:
    # 75.00 + 1/72 against 75.00 − 1/72: printed they differ by 0.02, in truth by 0.0278
    before = sums_of([[3] * 9] * 199 + [[2] + [3] * 8])
    after = sums_of([[3] * 9] * 199 + [[4] + [3] * 8])
    found = compare(before, after, DEFAULT_WEIGHT)
    assert found is not None
    assert found.difference == Decimal("0.02")


def test_one_respondent_alone_is_compared_with_nobody() -> None:
    assert compare(sums_of([[3] * 9]), sums_of(HIGH), DEFAULT_WEIGHT) is None
    assert compare_element({Fraction(3): 1}, {Fraction(3): 5}) is None
    assert compare_element({}, {Fraction(3): 5}) is None
