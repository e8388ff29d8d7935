"""What to improve first: the three lowest elements, and what a better answer to each would make of the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.figures import half_up
from survey import scores
from survey.elements import HIGHEST_ANSWER, OFFICIAL_ORDER, ElementKey
from survey.figures.changes import Change
from survey.figures.families import compare_elements
from survey.figures.results import Figures
from survey.scores import GRADE_BANDS, INDEX_SCALE, ElementScore, Grade, Weight

ONE_POINT = Fraction(1)  # of the answers 1 to 4


@dataclass(frozen=True)
class Raised:
    """The office's index, and its grade, if an element were one point better (at most 4), all else the same."""

    index: Decimal
    grade: Grade


@dataclass(frozen=True)
class Priority:
    """An element, `index` on the scale 25–100. `gap` is what its index lacks to `next_grade`; both None at grade A.
    `change` is None where there is nothing to compare with.
    """

    element: ElementKey
    rank: int
    nrr: Decimal
    index: Decimal
    grade: Grade
    gap: Decimal | None
    next_grade: Grade | None
    change: Change | None
    raised: Raised


def priorities(figures: Figures, earlier: Figures | None) -> Sequence[Priority]:
    """The three lowest, the lowest first; none without respondents."""
    means = scores.nrr(figures.whole.sums.tally)
    if means is None:
        return []
    by_key = dict(zip(OFFICIAL_ORDER, means, strict=True))
    changes = compare_elements(earlier.answers, figures.answers) if earlier else {}
    return [
        _priority(score, by_key, figures.weight, changes.get(score.key))
        for score in scores.weakest(figures.whole.elements)
    ]


def _priority(
    score: ElementScore, means: dict[ElementKey, Fraction], weight: Weight, change: Change | None
) -> Priority:
    mean = means[score.key]
    index = scores.element_index(mean)
    grade = scores.grade(index)
    above = _above(grade)
    return Priority(
        element=score.key,
        rank=score.rank or len(OFFICIAL_ORDER),
        nrr=half_up(mean, 4),
        index=index,
        grade=grade,
        gap=above[1] - index if above else None,
        next_grade=above[0] if above else None,
        change=change,
        raised=raised(means, score.key, weight),
    )


def _above(grade: Grade) -> tuple[Grade, Decimal] | None:
    """The next better grade and where it begins; None at the best."""
    better = [band for band in GRADE_BANDS if band.grade < grade]
    return (better[-1].grade, better[-1].lowest) if better else None


def raised(means: dict[ElementKey, Fraction], element: ElementKey, weight: Weight) -> Raised:
    """The index with this element's NRR one point higher."""
    better = means | {element: min(means[element] + ONE_POINT, Fraction(HIGHEST_ANSWER))}
    index = half_up(sum(better.values(), Fraction(0)) * weight.value * INDEX_SCALE, 2)
    return Raised(index, scores.grade(index))
