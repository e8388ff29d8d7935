"""Builds what stands behind the six figures of a period, in a fixed number of readings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import queries as complaints
from core.periods import Period
from indicators.months import breakdown_queries, changed, open_cases, settling, summary, survey_parts
from indicators.months.breakdown_parts import Breakdown, Changes, Group, OfficerPart, Part
from indicators.months.changed import Compared
from indicators.months.open_cases import OpenReport
from indicators.months.settling import Cell
from indicators.months.survey_parts import SurveyRead
from indicators.rows import Counted
from offices import queries as offices
from offices.models import Office
from survey import scores
from survey.elements import ELEMENT_NAMES
from survey.figures.changes import pair_of_shares

__all__ = ["Breakdown", "build"]


@dataclass(frozen=True)
class _Side:
    """One way to divide reports: the names of its parts in order, and the cells of each."""

    group: Group
    names: Mapping[str, str]
    cells: Mapping[str, Sequence[Cell]]

    def parts(self) -> Iterator[Part]:
        """Of the period; every desa, and the categories that were reported."""
        for code, name in self.names.items():
            found = [cell for cell in self.cells.get(code, ()) if cell.is_now]
            if found or (code and self.group is Group.VILLAGE):
                yield settling.part(code, name, found)

    def compared(self) -> Iterator[Compared]:
        """Before and now; not of an unknown desa."""
        for code, name in self.names.items():
            if code:
                found = self.cells.get(code, ())
                before, now = (
                    settling.settlement(cell for cell in found if cell.is_now == is_now) for is_now in (False, True)
                )
                shares = ((each.settled, each.received) for each in (before, now))
                yield self.group, code, name, pair_of_shares(*shares)


def build(session: Session, office: Office, period: Period, as_of: datetime | None = None) -> Breakdown:
    """From the nightly figures, or with `as_of` from everything recorded by then. What the night does not count is read
    as it stood when the night counted.
    """
    counted = summary.counted(session, office.id, period, as_of)
    if counted is None:
        return Breakdown()
    survey = survey_parts.read(session, office.id, period, as_of)
    sides = _sides(session, counted, period, as_of)
    categories, villages = sides
    still_open = open_cases.open_reports(session, counted, period)
    moment = counted.recorded_by
    return Breakdown(
        categories=tuple(categories.parts()),
        villages=tuple(villages.parts()),
        officers=_officers(breakdown_queries.settlers(session, counted, period), still_open),
        open=open_cases.summed(still_open),
        sections=survey.section_indices(),
        weakest=scores.weakest(scores.element_scores(survey.whole().tally, survey.counting.weight)),
        changes=_changes([*_survey_compared(survey), *categories.compared(), *villages.compared()], period, moment),
        oversight=breakdown_queries.oversight(session, office.id, period, moment),
        suggestions=breakdown_queries.suggestions_open(session, office.id, period, moment),
    )


def _sides(session: Session, counted: Counted, period: Period, as_of: datetime | None) -> tuple[_Side, _Side]:
    office_id = counted.office_id
    cells = settling.cells(session, office_id, period, patrol=counted.patrol, recorded_by=as_of)
    kinds = {row.code: row.name for row in complaints.categories(session, office_id)}
    villages = {row.code: row.name for row in offices.villages(session, office_id)} | {"": ""}
    return (
        _Side(Group.CATEGORY, kinds, settling.by(lambda cell: cell.category, cells)),
        _Side(Group.VILLAGE, villages, settling.by(lambda cell: cell.village, cells)),
    )


def _officers(settled: Counter[str], still_open: Sequence[OpenReport]) -> tuple[OfficerPart, ...]:
    """By how much each settled."""
    opened = Counter(each.officer for each in still_open)
    late = Counter(each.officer for each in still_open if each.is_late)
    who = sorted(settled | opened, key=lambda each: (not each, -settled[each], each))
    return tuple(OfficerPart(each, settled[each], opened[each], late[each]) for each in who)


def _changes(found: Iterable[Compared], period: Period, moment: datetime) -> Changes:
    """Nothing is claimed of a period before it is over."""
    return changed.changes(found) if period.is_over(moment) else Changes()


def _survey_compared(survey: SurveyRead) -> Iterator[Compared]:
    for key, name in ELEMENT_NAMES.items():
        yield Group.ELEMENT, key.value, name, survey.element_pair(key)
    for code, name, pair in survey.service_pairs():
        yield Group.SERVICE, code, name, pair
    for code, name, pair in survey.section_pairs():
        yield Group.SECTION, code, name, pair
