"""What has changed for certain: of many comparisons those that are proven of all together."""

from collections.abc import Iterable

from indicators.months.breakdown_parts import Changes, Group, Moved
from survey.figures import families
from survey.figures.changes import Direction, Pair

Compared = tuple[Group, str, str, Pair]


def changes(found: Iterable[Compared]) -> Changes:
    """Those that are large enough on both sides are compared."""
    compared = [each for each in found if each[3].is_large]
    known = families.changes([pair for *_, pair in compared])
    proven = [
        Moved(group, code, name, change)
        for (group, code, name, _), change in zip(compared, known, strict=True)
        if change and change.direction is not Direction.UNPROVEN
    ]
    return Changes(len(compared), tuple(proven))
