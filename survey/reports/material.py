"""Everything a report of the survey is made of, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from core.periods import Period
from offices.letterheads import Letterhead
from survey.elements import ElementKey
from survey.figures.changes import Change
from survey.figures.priorities import Priority
from survey.figures.results import Figures
from survey.reports.history import History


@dataclass(frozen=True)
class Head:
    """Who signs: the head of the office; name, number and rank "" where nobody has said them."""

    title: str
    name: str
    number: str
    seat: str
    rank: str = ""


@dataclass(frozen=True)
class PlanLine:
    """A line of the follow-up plan in words. `change` is that of its element since the plan's period, of those whom
    the line is about; None where it can't be compared.
    """

    element: str
    service: str
    action: str
    due: str
    owner: str
    status: str
    result: str
    change: Change | None = None


@dataclass(frozen=True)
class Said:
    """What respondents suggested: how many did, each theme with how many named it and how many of these were handled,
    and some of them in their words.
    """

    count: int
    themes: Sequence[tuple[str, int, int]]
    quotes: Sequence[str]


@dataclass(frozen=True)
class Respondent:
    """One row of the annex: the element means in official order, without anything of who it was."""

    answers: Sequence[Fraction]


@dataclass(frozen=True)
class Material:
    """`history` goes up to this period; `earlier_plan` was made from the figures of the period before, or of an earlier
    one if that has none; `running` are lines of any earlier plan that are not done; `rows` are None where there are too
    many to print.
    """

    letterhead: Letterhead
    head: Head
    figures: Figures
    earlier: Figures
    change: Change | None
    element_changes: Mapping[ElementKey, Change | None]
    priorities: Sequence[Priority]
    history: History
    plan: Sequence[PlanLine]
    running: Sequence[PlanLine]
    earlier_plan: Sequence[PlanLine]
    earlier_plan_of: Period
    said: Said
    rows: Sequence[Respondent] | None
    made_at: datetime
