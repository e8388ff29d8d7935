"""Whether two periods, or two services, really differ: Welch's t-test of means, Newcombe's interval of shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from core.figures import half_up
from survey.figures.results import Sums
from survey.intervals import (
    NORMAL_QUANTILE,
    Bounds,
    Sample,
    newcombe,
    quantile,
    real,
    root,
    rounded,
    sample_of,
    sample_of_answers,
    sample_of_share,
)
from survey.scores import Weight

LEAST_ANSWERS = 2  # on each side, for a variance
LEAST_OF_SHARE = 10  # on each side: of fewer, a single one is worth more than 10 percentage points


class Direction(StrEnum):
    """What may be said of two figures; the value is what people read."""

    UP = "naik"
    DOWN = "turun"
    UNPROVEN = "belum terbukti berubah"


@dataclass(frozen=True)
class Change:
    """After less before as they are printed, in index points with 2 decimals, and the 95 % interval of the exact
    difference: "naik" where all of that is above 0, "turun" where all is below. The bounds are None where nothing tells
    how uncertain the difference is (a share of fewer than ten; everybody answered alike on both sides): nothing is
    proven by it.
    """

    direction: Direction
    difference: Decimal
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Pair:
    """Two samples beside each other; `is_share`: each one of them is 0 or 100."""

    before: Sample
    after: Sample
    is_share: bool = False

    @property
    def is_large(self) -> bool:
        """Whether both sides are large enough to prove anything."""
        return min(self.before.size, self.after.size) >= (LEAST_OF_SHARE if self.is_share else LEAST_ANSWERS)

    def bounds(self) -> Bounds | None:
        """The 95 % interval of the difference, not rounded; None where nothing tells it."""
        if not self.is_large:
            return None
        if self.is_share:
            return newcombe(self.before, self.after, NORMAL_QUANTILE)
        return welch95(self.before, self.after)


def pair_of_sums(before: Sums, after: Sums, weight: Weight) -> Pair:
    """Two groups' indexes."""
    one, other = (sample_of(each.tally, each.squares, weight) for each in (before, after))
    return Pair(one, other)


def pair_of_answers(before: Mapping[Fraction, int], after: Mapping[Fraction, int]) -> Pair:
    """One element, from how many gave each mean answer to it, on the scale of the index (25–100)."""
    return Pair(sample_of_answers(before), sample_of_answers(after))


def pair_of_shares(before: tuple[int, int], after: tuple[int, int]) -> Pair:
    """Percentages, each as (part, whole)."""
    return Pair(sample_of_share(*before), sample_of_share(*after), is_share=True)


def compare(before: Sums, after: Sums, weight: Weight) -> Change | None:
    """From one group's index to another's; None where one of them has fewer than two respondents."""
    return change(pair_of_sums(before, after, weight))


def compare_element(before: Mapping[Fraction, int], after: Mapping[Fraction, int]) -> Change | None:
    """The same of one element, alone; of all nine at once see survey.figures.families."""
    return change(pair_of_answers(before, after))


def compare_shares(before: tuple[int, int], after: tuple[int, int]) -> Change | None:
    """The same of percentages, each as (part, whole); None where one of them is of fewer than two."""
    return change(pair_of_shares(before, after))


def change(pair: Pair) -> Change | None:
    """From one sample's mean to another's; None where one of them has fewer than two."""
    if min(pair.before.size, pair.after.size) < LEAST_ANSWERS:
        return None
    difference = half_up(pair.after.mean, 2) - half_up(pair.before.mean, 2)
    bounds = pair.bounds()
    if bounds is None:
        return Change(Direction.UNPROVEN, difference, None, None)
    return Change(_direction(bounds), difference, rounded(bounds[0]), rounded(bounds[1]))


def _direction(bounds: Bounds) -> Direction:
    if bounds[0] > 0:
        return Direction.UP
    return Direction.DOWN if bounds[1] < 0 else Direction.UNPROVEN


def welch95(before: Sample, after: Sample) -> Bounds | None:
    """The 95 % interval of after − before, not rounded; None where neither side varies. Both have two or more."""
    error = before.error + after.error
    if not error:
        return None
    margin = quantile(freedom(before, after)) * root(error)
    middle = real(after.mean - before.mean)
    return middle - margin, middle + margin


def freedom(before: Sample, after: Sample) -> Fraction:
    """Degrees of freedom by Welch and Satterthwaite, exact."""
    parts = sum(each.error**2 / (each.size - 1) for each in (before, after))
    return (before.error + after.error) ** 2 / parts
