"""How sure the index is: its 95 % interval from respondents' own means (Student's t)."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import mpmath

from core.figures import half_up
from survey.questionnaire import POINTS
from survey.scores import INDEX_SCALE, Tally, Weight

CONFIDENCE_TAIL = 0.025  # on each side
Interval = tuple[Decimal, Decimal]


def interval95(tally: Tally, squares: int, weight: Weight, population: int | None = None) -> Interval | None:
    """(low, high) in index points, 2 decimals; None with fewer than two respondents.

    `squares` is Σ of the squares of each respondent's points (POINTS × the sum of their nine element means). With a
    `population` (service users of the period) greater than the sample, the finite-population correction narrows it.
    Interval bounds are the one published figure that may pass through binary floats.
    """
    n = tally.respondents
    if n < 2:
        return None
    total = sum(tally.sums, Fraction(0)) * POINTS
    variance = (squares - total * total / n) / (n - 1) * _points_to_index(weight) ** 2
    mean = total / n * _points_to_index(weight)
    error = variance / n * _correction(n, population)
    margin = _quantile(n - 1) * mpmath.sqrt(mpmath.mpf(error.numerator) / error.denominator)
    exact = mpmath.mpf(mean.numerator) / mean.denominator
    return _rounded(exact - margin), _rounded(exact + margin)


def _points_to_index(weight: Weight) -> Fraction:
    return weight.value * INDEX_SCALE / POINTS


def _correction(n: int, population: int | None) -> Fraction:
    if population is None or population <= n:
        return Fraction(1)
    return Fraction(population - n, population - 1)


@lru_cache(maxsize=512)
def _quantile(freedom: int) -> mpmath.mpf:
    """The 97.5 % quantile of Student's t: P(T > t) is half the regularised incomplete beta at ν ÷ (ν + t²)."""

    def tail(t: mpmath.mpf) -> mpmath.mpf:
        x = freedom / (freedom + t * t)
        return mpmath.betainc(mpmath.mpf(freedom) / 2, 0.5, 0, x, regularized=True) / 2 - CONFIDENCE_TAIL

    return mpmath.findroot(tail, (1.9, 13.0), solver="anderson")


def _rounded(bound: mpmath.mpf) -> Decimal:
    return half_up(Fraction(mpmath.nstr(bound, 15)), 2)
