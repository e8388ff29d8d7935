"""What became of a line of the plan: the element before, and in the periods after it that have ended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy.orm import Session

from core.calendar import Month
from core.figures import half_up
from core.periods import Period
from survey import queries as survey
from survey.elements import ElementKey
from survey.figures import queries
from survey.figures.building import ItemCounts
from survey.figures.changes import Change, compare_element
from survey.figures.queries import Answers
from survey.review import answer_queries
from survey.review.models import FollowUp
from survey.scores import element_index

MOST_AFTER = 4  # periods of the plan's own length: a plan that has not worked by then is written anew


@dataclass(frozen=True)
class Measured:
    """An element in a period; NRR and index (25–100) are None without respondents. `change`: since the plan's period,
    None for that period itself, and where one of the two has fewer than two respondents. `is_asked_anew`: with another
    questionnaire than in the plan's period.
    """

    period: Period
    respondents: int
    nrr: Decimal | None
    index: Decimal | None
    change: Change | None
    is_asked_anew: bool = False


@dataclass(frozen=True)
class Outcome:
    """The element in the plan's period, and in those after it that have ended, the earliest first."""

    before: Measured
    after: Sequence[Measured]

    @property
    def last(self) -> Measured | None:
        """The newest measurement; None before the next period has ended."""
        return self.after[-1] if self.after else None


def what_became(
    session: Session, office_id: int, plans: Sequence[FollowUp], this_month: Month
) -> Mapping[UUID, Outcome]:
    """The outcome of each line, by its id. One reading for lines about the whole office, and one for each service and
    element that lines name.
    """
    items = survey.items_per_element(session, office_id)
    rows = {key: _read(session, office_id, key, of_key) for key, of_key in _by_source(plans).items()}
    return {line.id: _outcome(line, rows[_source(line)], items, this_month) for line in plans}


def following(period: Period, this_month: Month) -> list[Period]:
    """The periods after it, as long as it is, that ended before this month; a few at most."""
    found: list[Period] = []
    each = period.next()
    while each.last < this_month and len(found) < MOST_AFTER:
        found.append(each)
        each = each.next()
    return found


# A service and the element, or None and "": of all elements of the whole office.
Source = tuple[str | None, str]


def _source(line: FollowUp) -> Source:
    return (line.service_code, line.element) if line.service_code else (None, "")


def _by_source(plans: Iterable[FollowUp]) -> Mapping[Source, list[FollowUp]]:
    found: defaultdict[Source, list[FollowUp]] = defaultdict(list)
    for line in plans:
        found[_source(line)].append(line)
    return found


def _read(session: Session, office_id: int, source: Source, plans: Sequence[FollowUp]) -> Sequence[Answers]:
    """All that these lines may be measured by."""
    periods = [Period.parse(line.period) for line in plans]
    last = max(each.last.minus(-each.length * MOST_AFTER) for each in periods)
    span = Period(min(each.first for each in periods), last)
    service, element = source
    if service is None:
        return queries.answers(session, office_id, span)
    return answer_queries.of_service(session, office_id, service, ElementKey(element), span)


def _outcome(line: FollowUp, rows: Sequence[Answers], items: ItemCounts, this_month: Month) -> Outcome:
    element, period = ElementKey(line.element), Period.parse(line.period)
    mine = [row for row in rows if row.element == element]
    before, asked = _pooled(mine, items, period), _editions(mine, period)
    after = []
    for each in following(period, this_month):
        answers = _pooled(mine, items, each)
        anew = bool(_editions(mine, each) - asked)
        after.append(measured(each, answers, compare_element(before, answers), is_asked_anew=anew))
    return Outcome(measured(period, before, None), after)


def _editions(rows: Iterable[Answers], period: Period) -> set[str]:
    return {row.edition_code for row in rows if period.holds(row.month)}


def _pooled(rows: Iterable[Answers], items: ItemCounts, period: Period) -> Mapping[Fraction, int]:
    """Mean answer → how many gave it in the period."""
    found: defaultdict[Fraction, int] = defaultdict(int)
    for row in rows:
        if period.holds(row.month):
            found[Fraction(row.value, items[row.edition_code][row.element])] += row.respondents
    return found


def measured(
    period: Period, answers: Mapping[Fraction, int], change: Change | None, *, is_asked_anew: bool = False
) -> Measured:
    """The element's figures from how many gave each mean answer."""
    respondents = sum(answers.values())
    if not respondents:
        return Measured(period, 0, None, None, None)
    mean = sum((answer * count for answer, count in answers.items()), Fraction(0)) / respondents
    return Measured(period, respondents, half_up(mean, 4), element_index(mean), change, is_asked_anew)
