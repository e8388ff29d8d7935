"""Shares compared, and many comparisons at once, beside numbers worked out elsewhere and SciPy's."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from survey.figures import families
from survey.figures.changes import Change, Direction, Pair, compare_shares, pair_of_answers, pair_of_shares
from survey.intervals import NORMAL_QUANTILE, newcombe, sample_of_share

COUNTS = st.tuples(st.integers(0, 60), st.integers(10, 60)).map(lambda each: (min(each), max(each)))
SHARES = st.lists(st.tuples(COUNTS, COUNTS), max_size=30)


def found(before: tuple[int, int], after: tuple[int, int]) -> Change:
    change = compare_shares(before, after)
    assert change is not None
    return change


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 873, table II, method 10: a to h
        pytest.param((56, 70), (48, 80), "5.24", "33.39", id="56/70 against 48/80"),
        pytest.param((9, 10), (3, 10), "17.05", "80.90", id="9/10 against 3/10"),
        pytest.param((10, 10), (0, 20), "67.91", "100.00", id="10/10 against 0/20"),
        pytest.param((10, 10), (0, 10), "60.75", "100.00", id="10/10 against 0/10"),
    ],
)
def test_a_difference_of_shares_has_newcombes_interval(
    after: tuple[int, int], before: tuple[int, int], low: str, high: str
) -> None:
    change = found(before, after)
    assert (change.direction, change.low, change.high) == (Direction.UP, Decimal(low), Decimal(high))
    back = found(after, before)
    assert (back.direction, back.low, back.high) == (Direction.DOWN, -Decimal(high), -Decimal(low))


@pytest.mark.parametrize(("before", "after"), [((7, 8), (0, 3)), ((90, 100), (0, 9)), ((0, 9), (100, 100))])
def test_of_fewer_than_ten_nothing_is_claimed(before: tuple[int, int], after: tuple[int, int]) -> None:
    change = found(before, after)
    assert (change.direction, change.low, change.high) == (Direction.UNPROVEN, None, None)
    assert not pair_of_shares(before, after).is_large


@settings(max_examples=100, deadline=None)
@given(COUNTS, COUNTS)
def test_an_interval_of_shares_is_scipys_and_stays_within_a_hundred(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    low, high = newcombe(sample_of_share(*before), sample_of_share(*after), NORMAL_QUANTILE)
    assert -100 <= round(low, 9) <= round(high, 9) <= 100
    (one_low, one_high), (two_low, two_high) = (
        stats.binomtest(*each).proportion_ci(0.95, method="wilson") for each in (before, after)
    )
    one, two = (part / whole for part, whole in (before, after))
    theirs = (
        two - one - ((two - two_low) ** 2 + (one_high - one) ** 2) ** 0.5,
        two - one + ((two_high - two) ** 2 + (one - one_low) ** 2) ** 0.5,
    )
    assert [float(low), float(high)] == pytest.approx([each * 100 for each in theirs], abs=1e-6)


def test_the_difference_is_of_the_printed_figures() -> None:
    # 10/12 = 83.33 and 5/12 = 41.67; the exact difference would print −41.67
    assert found((10, 12), (5, 12)).difference == Decimal("-41.66")


def test_what_one_comparison_proves_thirty_do_not() -> None:
    # 12/40 against 22/40: two-sided p about 0.024; 2/40 against 30/40: far below 0.05 ÷ 30
    weak, strong, same = (
        pair_of_shares((12, 40), (22, 40)),
        pair_of_shares((2, 40), (30, 40)),
        pair_of_shares((9, 40), (9, 40)),
    )
    assert directions([weak]) == [Direction.UP]
    assert directions([weak] + [same] * 29) == [Direction.UNPROVEN] * 30
    assert directions([weak, strong] + [same] * 28) == [Direction.UNPROVEN, Direction.UP, *[Direction.UNPROVEN] * 28]


def test_what_is_proven_leaves_its_share_to_the_others() -> None:
    # two comparisons: 0.024 is more than 0.05 ÷ 2 − something, but the step after the first is held to 0.05 alone
    nearly, strong = pair_of_shares((12, 40), (21, 40)), pair_of_shares((2, 40), (30, 40))
    assert p_of(nearly) > 0.025
    assert directions([nearly, strong]) == [Direction.UP, Direction.UP]
    assert directions([nearly, pair_of_shares((9, 40), (9, 40))]) == [Direction.UNPROVEN] * 2


def test_those_too_small_to_compare_cost_the_others_nothing() -> None:
    weak, small = pair_of_shares((12, 40), (22, 40)), pair_of_shares((1, 9), (8, 9))
    assert families.size([weak, *[small] * 20]) == 1
    assert directions([weak, *[small] * 20])[0] is Direction.UP


@settings(max_examples=60, deadline=None)
@given(SHARES, st.lists(st.tuples(*[st.lists(st.integers(1, 4), min_size=2, max_size=30)] * 2), max_size=8))
def test_a_family_is_holms_by_its_p_values(
    shares: list[tuple[tuple[int, int], ...]], means: list[tuple[list[int], list[int]]]
) -> None:
    pairs = [pair_of_shares(*each) for each in shares]
    pairs += [
        pair_of_answers(*({Fraction(answer): side.count(answer) for answer in set(side)} for side in both))
        for both in means
    ]
    ranked = sorted((p_of(pair), n) for n, pair in enumerate(pairs))
    limits = [0.05 / (len(pairs) - place) for place in range(len(pairs))]
    if any(abs(p - limit) < 1e-7 for (p, _), limit in zip(ranked, limits, strict=True)):
        return
    held = [p <= limit for (p, _), limit in zip(ranked, limits, strict=True)]
    first = held.index(False) if False in held else len(held)
    proven = {n for n, each in enumerate(directions(pairs)) if each is not Direction.UNPROVEN}
    assert proven == {n for _, n in ranked[:first]}


def directions(pairs: list[Pair]) -> list[Direction | None]:
    return [each.direction if each else None for each in families.changes(pairs)]


def p_of(pair: Pair) -> float:
    """The level at which the interval just touches 0: SciPy's for means, by searching for shares."""
    if not pair.is_share:
        sides = [(float(each.mean), float(each.variance or 0) ** 0.5, each.size) for each in (pair.after, pair.before)]
        if not any(deviation for _, deviation, _ in sides):
            return 1.0
        return float(stats.ttest_ind_from_stats(*sides[0], *sides[1], equal_var=False).pvalue)
    if pair.before.mean == pair.after.mean:
        return 1.0

    def nearest(normal: float) -> float:
        low, high = newcombe(pair.before, pair.after, Decimal(normal))
        return float(low if pair.after.mean > pair.before.mean else -high)

    if nearest(40) > 0:
        return 0.0
    return float(2 * stats.norm.sf(optimize.brentq(nearest, 1e-9, 40)))
