"""What has changed for certain: of many comparisons those that are proven."""

from collections.abc import Iterable

from indicators.months.breakdown_parts import Changes, Group, Moved
from survey.figures.changes import Change, Direction
from survey.figures.changes import change as welch
from survey.intervals import NORMAL_QUANTILE, Sample, real, root

Compared = tuple[Group, str, str, tuple[Sample, Sample]]


def changes(found: Iterable[Compared]) -> Changes:
    """Those with two respondents or reports on both sides are compared."""
    compared = 0
    proven: list[Moved] = []
    for group, code, name, (before, now) in found:
        if before.variance is None or now.variance is None:
            continue
        compared += 1
        change = _proven(before, now)
        if change:
            proven.append(Moved(group, code, name, change))
    return Changes(compared, tuple(proven))


def _proven(before: Sample, now: Sample) -> Change | None:
    """None where it is not; most are ruled out by the normal quantile, which Student's always exceeds."""
    if abs(real(now.mean - before.mean)) <= NORMAL_QUANTILE * root(before.error + now.error):
        return None
    found = welch(before, now)
    return found if found and found.direction is not Direction.UNPROVEN else None
