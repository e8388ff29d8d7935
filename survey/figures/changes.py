"""Whether two periods, or two services, really differ: Welch's t-test on respondents' own indexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from core.figures import half_up
from survey.figures.results import Sums
from survey.intervals import (
    Bounds,
    Sample,
    quantile,
    real,
    root,
    rounded,
    sample_of,
    sample_of_answers,
    sample_of_share,
)
from survey.scores import Weight


class Direction(StrEnum):
    """What may be said of two figures; the value is what people read."""

    UP = "naik"
    DOWN = "turun"
    UNPROVEN = "belum terbukti berubah"


@dataclass(frozen=True)
class Change:
    """After less before, in index points with 2 decimals, and its 95 % interval: "naik" where all of that is above 0,
    "turun" where all is below. The bounds are None where on both sides everybody answered alike: nothing then tells how
    uncertain the difference is, and nothing is proven by it.
    """

    direction: Direction
    difference: Decimal
    low: Decimal | None
    high: Decimal | None


def compare(before: Sums, after: Sums, weight: Weight) -> Change | None:
    """From one group's index to another's; None where one of them has fewer than two respondents."""
    samples = (sample_of(each.tally, each.squares, weight) for each in (before, after))
    return change(*samples)


def compare_element(before: Mapping[Fraction, int], after: Mapping[Fraction, int]) -> Change | None:
    """The same of one element, from how many gave each mean answer to it, on the scale of the index (25–100)."""
    return change(sample_of_answers(before), sample_of_answers(after))


def compare_shares(before: tuple[int, int], after: tuple[int, int]) -> Change | None:
    """The same of percentages, each as (part, whole)."""
    return change(sample_of_share(*before), sample_of_share(*after))


def change(before: Sample, after: Sample) -> Change | None:
    """From one sample's mean to another's; None where one of them has fewer than two."""
    if before.variance is None or after.variance is None:
        return None
    difference = half_up(after.mean - before.mean, 2)
    bounds = welch95(before, after)
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
