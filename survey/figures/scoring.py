"""The figures of a group of respondents, from its sums (pure but for the quantile of Student's t)."""

from survey import scores
from survey.figures.results import Scored, Sums
from survey.intervals import interval95
from survey.scores import Weight


def scored(code: str, name: str, sums: Sums, weight: Weight, population: int | None = None) -> Scored:
    """Index, grade, interval and elements; `population` is how many people could have answered, None if unknown."""
    index = scores.ikm(sums.tally, weight)
    return Scored(
        code=code,
        name=name,
        sums=sums,
        index=index,
        grade=None if index is None else scores.grade(index),
        interval95=interval95(sums.tally, sums.squares, weight, population),
        elements=scores.element_scores(sums.tally, weight),
    )
