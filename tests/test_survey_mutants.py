"""Common mistakes of other systems in uncertainty, editions and pooling: each fails a row that the real rule passes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import pytest
from scipy import stats

from core.figures import half_up
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.figures.changes import Direction, compare
from survey.intervals import Sample, interval95, sample_of
from survey.scores import DEFAULT_WEIGHT, EMPTY, Tally, ikm
from tests.survey.figures.figure_cases import sums_of

Group = tuple[tuple[int, int], ...]  # (answer to all nine, how many gave it), …
Figure = Decimal | None
NORMAL = 1.959964


def rows(group: Group) -> list[list[int]]:
    return [[answer] * 9 for answer, count in group for _each in range(count)]


def sample(group: Group) -> Sample:
    sums = sums_of(rows(group))
    return sample_of(sums.tally, sums.squares, DEFAULT_WEIGHT)


# --- the interval of one figure (expected figures reckoned apart from the product, with NumPy and SciPy) --------------

Bounds = tuple[str, str]
Interval = Callable[[Group, int | None], Bounds]
FEW: Group = ((2, 2), (3, 6), (4, 4))
INTERVAL_CASES: tuple[tuple[Group, int | None, Bounds], ...] = (
    (FEW, None, ("67.77", "90.57")),
    (FEW, 20, ("71.77", "86.56")),
    (FEW, 10, ("67.77", "90.57")),  # fewer users than answers: the count is wrong, and narrows nothing
    (((1, 2), (4, 2)), None, ("-6.40", "131.40")),
    (((3, 100), (4, 20)), 150, ("78.41", "79.93")),
)


def real_interval(group: Group, users: int | None) -> Bounds:
    sums = sums_of(rows(group))
    found = interval95(sums.tally, sums.squares, DEFAULT_WEIGHT, users)
    assert found
    return str(found[0]), str(found[1])


def reckoned(margin: Callable[[Sample, int | None], float]) -> Interval:
    def interval(group: Group, users: int | None) -> Bounds:
        found = sample(group)
        half = margin(found, users)
        return f"{float(found.mean) - half:.2f}", f"{float(found.mean) + half:.2f}"

    return interval


def student(size: int) -> float:
    return float(stats.t.ppf(0.975, size - 1))


def correction(size: int, users: int | None) -> float:
    return (users - size) / (users - 1) if users and users > size else 1


def deviation(found: Sample) -> float:
    return sqrt(found.variance or 0)


INTERVAL_CONTROL = reckoned(lambda one, users: student(one.size) * sqrt(float(one.error) * correction(one.size, users)))
INTERVAL_MUTANTS: dict[str, Interval] = {
    "population correction forgotten": reckoned(lambda one, _users: student(one.size) * sqrt(one.error)),
    "corrected without the root": reckoned(
        lambda one, users: student(one.size) * sqrt(one.error) * correction(one.size, users)
    ),
    "corrected by 1 − n ÷ N": reckoned(
        lambda one, users: (
            student(one.size) * sqrt(float(one.error) * (1 - one.size / users if users else 1))
            if not users or users > one.size
            else student(one.size) * sqrt(one.error)
        )
    ),
    "normal instead of Student": reckoned(
        lambda one, users: NORMAL * sqrt(float(one.error) * correction(one.size, users))
    ),
    "variance over n": reckoned(
        lambda one, users: (
            student(one.size) * sqrt(float(one.error) * (one.size - 1) / one.size * correction(one.size, users))
        )
    ),
    "deviation instead of error": reckoned(lambda one, users: student(one.size) * deviation(one)),
    "n degrees of freedom": reckoned(
        lambda one, users: student(one.size + 1) * sqrt(float(one.error) * correction(one.size, users))
    ),
}


def interval_failures(interval: Interval) -> list[object]:
    return [case for case in INTERVAL_CASES if interval(case[0], case[1]) != case[2]]


@pytest.mark.parametrize("control", [real_interval, INTERVAL_CONTROL], ids=["the real rule", "reckoned with SciPy"])
def test_the_interval_is_right_in_every_row(control: Interval) -> None:
    assert interval_failures(control) == []


@pytest.mark.parametrize("mutant", INTERVAL_MUTANTS.values(), ids=INTERVAL_MUTANTS)
def test_a_wrong_interval_is_noticed(mutant: Interval) -> None:
    assert interval_failures(mutant)


# --- two figures compared --------------------------------------------------------------------------------------------

Comparison = Callable[[Group, Group], str]
CHANGE_CASES: tuple[tuple[Group, Group, str], ...] = (
    (FEW, ((3, 2), (4, 30)), "naik +19.27 7.74 30.80"),
    (((3, 2), (4, 30)), FEW, "turun -19.27 -30.80 -7.74"),
    (((3, 100), (4, 20)), ((3, 20), (4, 12)), "naik +5.21 0.49 9.92"),
    (((2, 4), (4, 4)), ((3, 100), (4, 100)), "belum terbukti berubah +12.50 -9.86 34.86"),
    (((1, 2), (4, 2)), ((3, 2), (4, 30)), "belum terbukti berubah +35.94 -32.86 104.73"),
)


def real_change(before: Group, after: Group) -> str:
    found = compare(sums_of(rows(before)), sums_of(rows(after)), DEFAULT_WEIGHT)
    assert found
    return f"{found.direction} {found.difference:+} {found.low} {found.high}"


def by(bounds: Callable[[Sample, Sample], tuple[float, float]]) -> Comparison:
    """A comparison with another interval of the difference."""

    def comparison(before: Group, after: Group) -> str:
        one, two = sample(before), sample(after)
        low, high = bounds(one, two)
        direction = Direction.UP if low > 0 else Direction.DOWN if high < 0 else Direction.UNPROVEN
        return f"{direction} {half_up(two.mean - one.mean, 2):+} {low:.2f} {high:.2f}"

    return comparison


def around(one: Sample, two: Sample, margin: float) -> tuple[float, float]:
    middle = float(two.mean - one.mean)
    return middle - margin, middle + margin


def welch(one: Sample, two: Sample) -> tuple[float, float]:
    a, b = float(one.error), float(two.error)
    freedom = (a + b) ** 2 / (a**2 / (one.size - 1) + b**2 / (two.size - 1))
    return around(one, two, float(stats.t.ppf(0.975, freedom)) * sqrt(a + b))


def pooled(one: Sample, two: Sample) -> tuple[float, float]:
    freedom = one.size + two.size - 2
    variance = ((one.size - 1) * (one.variance or 0) + (two.size - 1) * (two.variance or 0)) / freedom
    error = float(variance) * (1 / one.size + 1 / two.size)
    return around(one, two, float(stats.t.ppf(0.975, freedom)) * sqrt(error))


def plain_freedom(one: Sample, two: Sample) -> tuple[float, float]:
    margin = float(stats.t.ppf(0.975, one.size + two.size - 2)) * sqrt(one.error + two.error)
    return around(one, two, margin)


def overlap(one: Sample, two: Sample) -> tuple[float, float]:
    """Two intervals that don't overlap: too strict."""
    return around(one, two, student(one.size) * sqrt(one.error) + student(two.size) * sqrt(two.error))


def any_difference(one: Sample, two: Sample) -> tuple[float, float]:
    return around(one, two, 0)


CHANGE_MUTANTS: dict[str, Comparison] = {
    "pooled variance": by(pooled),
    "degrees of freedom as if variances were equal": by(plain_freedom),
    "intervals must not overlap": by(overlap),
    "any difference is a change": by(any_difference),
    "before and after changed places": lambda before, after: real_change(after, before),
}


def change_failures(comparison: Comparison) -> list[object]:
    return [case for case in CHANGE_CASES if comparison(case[0], case[1]) != case[2]]


@pytest.mark.parametrize("control", [real_change, by(welch)], ids=["the real rule", "reckoned with SciPy"])
def test_a_change_is_right_in_every_row(control: Comparison) -> None:
    assert change_failures(control) == []


@pytest.mark.parametrize("mutant", CHANGE_MUTANTS.values(), ids=CHANGE_MUTANTS)
def test_a_wrong_change_is_noticed(mutant: Comparison) -> None:
    assert change_failures(mutant)


# --- editions with several questions for an element ------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """What the respondents of one edition answered: items of each element, and the sums of their answers."""

    items: tuple[int, ...]
    respondents: int
    sums: tuple[int, ...]


Pool = Callable[[Sequence[Part]], Figure]
ONE = (1,) * 9
TWO = (1, 1, 2, 1, 1, 1, 1, 1, 1)  # two questions about time
THREE = (3, 1, 2, 1, 1, 1, 1, 1, 1)
EDITION_CASES: tuple[tuple[tuple[Part, ...], str | None], ...] = (
    ((Part(ONE, 2, (8,) * 9), Part(TWO, 2, (4, 4, 8, 4, 4, 4, 4, 4, 4))), "75.00"),
    ((Part(TWO, 3, (9, 9, 15, 9, 9, 9, 9, 9, 9)),), "73.61"),  # 1 and 4 about time, all else 3
    ((Part(ONE, 3, (12,) * 9), Part(TWO, 1, (1, 1, 2, 1, 1, 1, 1, 1, 1))), "81.25"),
    ((Part(THREE, 1, (10, 3, 7, 3, 3, 3, 3, 3, 3)),), "77.31"),  # a third more than 3, and a half
    ((Part(ONE, 0, (0,) * 9), Part(TWO, 0, (0,) * 9)), None),
)


def tally(part: Part) -> Tally:
    keys = OFFICIAL_ORDER
    counted: list[dict[ElementKey, int]] = [dict(zip(keys, each, strict=True)) for each in (part.sums, part.items)]
    return Tally.from_items(part.respondents, *counted)


def real_pool(parts: Sequence[Part]) -> Figure:
    return ikm(sum(map(tally, parts), EMPTY))


def of_all(parts: Sequence[Part], total: Callable[[Part], Fraction], out_of: Callable[[Part], int]) -> Figure:
    count = sum(map(out_of, parts))
    return half_up(sum(map(total, parts), Fraction(0)) / count * 25, 2) if count else None


def every_question_alike(parts: Sequence[Part]) -> Figure:
    return of_all(parts, lambda part: Fraction(sum(part.sums)), lambda part: part.respondents * sum(part.items))


def sums_not_divided(parts: Sequence[Part]) -> Figure:
    return of_all(parts, lambda part: Fraction(sum(part.sums)), lambda part: part.respondents * 9)


def means_rounded(parts: Sequence[Part]) -> Figure:
    def total(part: Part) -> Fraction:
        return sum(
            (Fraction(half_up(Fraction(each, k), 0)) for each, k in zip(part.sums, part.items, strict=True)),
            Fraction(0),
        )

    return of_all(parts, total, lambda part: part.respondents * 9)


def mean_of_editions(parts: Sequence[Part]) -> Figure:
    indexes = [index for index in (ikm(tally(part)) for part in parts) if index is not None]
    return half_up(sum(map(Fraction, indexes), Fraction(0)) / len(indexes), 2) if indexes else None


def newest_edition(parts: Sequence[Part]) -> Figure:
    return ikm(tally(parts[-1]))


EDITION_MUTANTS = [every_question_alike, sums_not_divided, means_rounded, mean_of_editions, newest_edition]


def edition_failures(pool: Pool) -> list[object]:
    return [parts for parts, expected in EDITION_CASES if pool(parts) != (Decimal(expected) if expected else None)]


def test_editions_are_pooled_right_in_every_row() -> None:
    assert edition_failures(real_pool) == []


@pytest.mark.parametrize("mutant", EDITION_MUTANTS)
def test_editions_pooled_wrongly_are_noticed(mutant: Pool) -> None:
    assert edition_failures(mutant)
