"""Builders of figures from rows of answers, without a database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from core.periods import Period
from survey.elements import OFFICIAL_ORDER
from survey.figures.building import Counting
from survey.figures.results import EditionUsed, Figures, Scored, Sums, Visits
from survey.questionnaire import POINTS
from survey.scores import DEFAULT_WEIGHT, Tally, Weight

Row = Sequence[int | Fraction]


def sums_of(rows: Sequence[Row]) -> Sums:
    """The sums of respondents who gave these (mean) answers to the nine elements."""
    columns = zip(*rows, strict=True) if rows else [()] * 9
    tally = Tally(len(rows), tuple(sum(map(Fraction, column), Fraction(0)) for column in columns))
    return Sums(tally, int(sum((POINTS * sum(map(Fraction, row))) ** 2 for row in rows)))


def answers_of(rows: Sequence[Row]) -> Mapping[Any, Mapping[Fraction, int]]:
    """How many gave each answer to each element."""
    return {key: Counter(Fraction(row[place]) for row in rows) for place, key in enumerate(OFFICIAL_ORDER)}


def figures(rows: Sequence[Row], weight: Weight = DEFAULT_WEIGHT, **values: Any) -> Figures:
    """The figures of October 2026 with these respondents; `values` replace what else there is."""
    counting = Counting({}, weight)
    scored = counting.scored("", "", sums_of(rows))
    defaults: dict[str, Any] = {
        "period": Period.parse("2026-10"), "as_of": None, "weight": weight, "whole": scored, "exact": None,
        "everything": scored, "excluded": 0, "verified": counting.scored("", "", Sums()), "services": [],
        "sections": [], "groups": {}, "answers": answers_of(rows), "visits": Visits({}, 0), "population": None,
        "editions": [EditionUsed("skm-2017", "SKM 2017", date(2017, 1, 1), len(rows))], "sample_needed": None,
    }  # fmt: skip
    return Figures(**defaults | values)


def group(code: str, respondents: int) -> Scored:
    """A group of so many who all gave the same answers."""
    return Counting({}, DEFAULT_WEIGHT).scored(code, f"Nama {code}", sums_of([[3] * 9] * respondents))
