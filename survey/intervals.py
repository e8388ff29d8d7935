"""How sure the index is: its 95 % interval from respondents' own means (Student's t)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from threading import Lock

import mpmath

from core.figures import half_up
from survey.questionnaire import POINTS
from survey.scores import INDEX_SCALE, Tally, Weight

CONFIDENCE_TAIL = 0.025  # on each side
NORMAL_QUANTILE = Decimal("1.959963984540054235524594430520551")  # of 97.5 %
MANY = 200  # degrees of freedom from which the series below is exact to eleven places
Interval = tuple[Decimal, Decimal]
Bounds = tuple[Decimal, Decimal]
# mpmath keeps its precision in one place for all threads, and changes it while it computes.
ONE_AT_A_TIME = Lock()
PRECISION_BITS = 53


@dataclass(frozen=True)
class Sample:
    """Respondents, their mean in index points, and the sample variance of it (None with fewer than two)."""

    size: int
    mean: Fraction
    variance: Fraction | None

    @property
    def error(self) -> Fraction:
        """The square of the mean's standard error; asked only with two respondents or more."""
        if self.variance is None:
            raise ValueError("one respondent alone tells no variance")
        return self.variance / self.size


def sample_of(tally: Tally, squares: int, weight: Weight) -> Sample:
    """Respondents' own indexes, from their sums.

    `squares` is Σ of the squares of each respondent's points (POINTS × the sum of their nine element means).
    """
    return _sample(tally.respondents, sum(tally.sums, Fraction(0)) * POINTS, Fraction(squares), _scale(weight))


def sample_of_answers(answers: Mapping[Fraction, int]) -> Sample:
    """Respondents' answers to one element on the scale of the index (25–100), from how many gave each mean answer."""
    total = sum((answer * count for answer, count in answers.items()), Fraction(0))
    squares = sum((answer**2 * count for answer, count in answers.items()), Fraction(0))
    return _sample(sum(answers.values()), total, squares, Fraction(INDEX_SCALE))


def sample_of_share(part: int, whole: int) -> Sample:
    """How many of all have something, as percent: each one is 0 or 100."""
    return _sample(whole, Fraction(part), Fraction(part), Fraction(100))


def _sample(size: int, total: Fraction, squares: Fraction, scale: Fraction) -> Sample:
    if not size:
        return Sample(0, Fraction(0), None)
    variance = (squares - total * total / size) / (size - 1) * scale**2 if size > 1 else None
    return Sample(size, total / size * scale, variance)


def _scale(weight: Weight) -> Fraction:
    """What one of a respondent's points is in the index."""
    return weight.value * INDEX_SCALE / POINTS


def interval95(tally: Tally, squares: int, weight: Weight, population: int | None = None) -> Interval | None:
    """(low, high) in index points, 2 decimals; None with fewer than two respondents.

    With a `population` (service users of the period) greater than the sample, the finite-population correction
    narrows it. Student's quantile in it is the one number of a published figure that passes through a binary float.
    """
    found = bounds95(sample_of(tally, squares, weight), population)
    return None if found is None else (rounded(found[0]), rounded(found[1]))


def bounds95(sample: Sample, population: int | None = None) -> Bounds | None:
    """The same before it is rounded."""
    if sample.variance is None:
        return None
    margin = quantile(Fraction(sample.size - 1)) * root(sample.error * correction(sample.size, population))
    mean = real(sample.mean)
    return mean - margin, mean + margin


def wilson(sample: Sample, normal: Decimal) -> Bounds:
    """Wilson's interval of a share, in percent, never beyond 0 and 100; `normal` is the quantile of each side. Wilson,
    JASA 22 (1927), 209; the size is at least 1.
    """
    share, squared = sample.mean / 100, normal**2
    middle = 2 * real(sample.size * share) + squared
    spread = normal * (squared + 4 * real(sample.size * share * (1 - share))).sqrt()
    whole = (2 * (sample.size + squared)) / 100
    return (middle - spread) / whole, (middle + spread) / whole


def newcombe(before: Sample, after: Sample, normal: Decimal) -> Bounds:
    """The hybrid score interval of the difference of two shares, in percentage points from −100 to 100. Newcombe,
    Statistics in Medicine 17 (1998), 873, method 10.
    """
    (low, high), (low_after, high_after) = wilson(before, normal), wilson(after, normal)
    one, other = real(before.mean), real(after.mean)
    down = ((other - low_after) ** 2 + (high - one) ** 2).sqrt()
    up = ((high_after - other) ** 2 + (one - low) ** 2).sqrt()
    return other - one - down, other - one + up


def correction(size: int, population: int | None) -> Fraction:
    """(N − n) ÷ (N − 1), by which asking many of a few narrows the variance; Cochran, Sampling Techniques, 2.6."""
    if population is None or population <= size:
        return Fraction(1)
    return Fraction(population - size, population - 1)


@lru_cache(maxsize=2048)
def quantile(freedom: Fraction) -> Decimal:
    """The 97.5 % quantile of Student's t; `freedom` is at least 1 and need not be whole."""
    if freedom > MANY:
        return _series(real(freedom))
    with ONE_AT_A_TIME, mpmath.workprec(PRECISION_BITS):
        return Decimal(repr(float(_solved(mpmath.mpf(freedom.numerator) / freedom.denominator))))


def _solved(degrees: mpmath.mpf) -> mpmath.mpf:
    return mpmath.findroot(lambda t: _tail(t, degrees) - CONFIDENCE_TAIL, (1.9, 13.0), solver="anderson")


def _tail(t: mpmath.mpf, degrees: mpmath.mpf) -> mpmath.mpf:
    """P(T > t) is half the regularised incomplete beta at ν ÷ (ν + t²)."""
    return mpmath.betainc(degrees / 2, 0.5, 0, degrees / (degrees + t * t), regularized=True) / 2


def tail(t: Decimal, freedom: Fraction) -> float:
    """How often Student's t lies above `t`, which is at least 0."""
    with ONE_AT_A_TIME, mpmath.workprec(PRECISION_BITS):
        return float(_tail(mpmath.mpf(str(t)), mpmath.mpf(freedom.numerator) / freedom.denominator))


def _series(degrees: Decimal) -> Decimal:
    """Abramowitz & Stegun 26.7.5: what the normal quantile z becomes with ν degrees of freedom."""
    z = NORMAL_QUANTILE
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + first / degrees + second / degrees**2 + third / degrees**3 + fourth / degrees**4


def real(value: Fraction) -> Decimal:
    """An exact number to 28 digits; each thread has a decimal context of its own."""
    return Decimal(value.numerator) / value.denominator


def root(value: Fraction) -> Decimal:
    """The square root of an exact number, to 28 digits."""
    return real(value).sqrt()


def rounded(bound: Decimal) -> Decimal:
    """A bound for print, 2 decimals."""
    return half_up(bound, 2)
