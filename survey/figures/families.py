"""Many comparisons at once: what is proven of all of them together, by Holm's step-down.

The chance that anything in a family is called changed though it is not, is at most 5 %: Holm, Scandinavian Journal of
Statistics 6 (1979), 65. The interval of each stays its own 95 % interval, which then never holds 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from survey.elements import ElementKey
from survey.figures.changes import Change, Direction, Pair, change, freedom, pair_of_answers
from survey.intervals import newcombe, real, root, tail

FAMILY_TAIL = 0.025  # on each side
STANDARD = NormalDist()


def changes(pairs: Sequence[Pair]) -> list[Change | None]:
    """The change of each, "naik" or "turun" only where that is proven of all of them together."""
    found = [change(pair) for pair in pairs]
    proven = _proven(pairs, [n for n, each in enumerate(found) if each and each.direction is not Direction.UNPROVEN])
    return [
        each if n in proven or each is None else replace(each, direction=Direction.UNPROVEN)
        for n, each in enumerate(found)
    ]


def size(pairs: Sequence[Pair]) -> int:
    """How many of them are large enough to be compared."""
    return sum(pair.is_large for pair in pairs)


def compare_elements(
    before: Mapping[ElementKey, Mapping[Fraction, int]], after: Mapping[ElementKey, Mapping[Fraction, int]]
) -> Mapping[ElementKey, Change | None]:
    """The nine elements at once, each from how many gave each mean answer to it."""
    found = changes([pair_of_answers(before[key], after[key]) for key in ElementKey])
    return dict(zip(ElementKey, found, strict=True))


def _proven(pairs: Sequence[Pair], candidates: Sequence[int]) -> set[int]:
    """Their places. Each round is held to the share of the error that those not proven yet leave to it."""
    compared, proven = size(pairs), set[int]()
    while len(proven) < len(candidates):
        share = FAMILY_TAIL / (compared - len(proven))
        more = {n for n in candidates if n not in proven and is_beyond(pairs[n], share)}
        if not more:
            break
        proven |= more
    return proven


def is_beyond(pair: Pair, share: float) -> bool:
    """Whether the interval with so much error on each side lies on one side of 0; both sides are large enough."""
    if pair.is_share:
        low, high = newcombe(pair.before, pair.after, Decimal(str(STANDARD.inv_cdf(1 - share))))
        return low > 0 or high < 0
    error = pair.before.error + pair.after.error
    distance = abs(real(pair.after.mean - pair.before.mean)) / root(error)
    return tail(distance, freedom(pair.before, pair.after)) < share
