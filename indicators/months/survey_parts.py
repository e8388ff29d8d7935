"""The survey's part of the breakdown: sections, and what has changed for certain since as many months right before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from core.periods import Period
from indicators.months.breakdown_parts import SectionIndex
from indicators.months.surveys import index_of
from offices import queries as offices
from offices import settings
from survey import queries as survey
from survey.elements import ElementKey
from survey.figures import queries
from survey.figures.building import Counting
from survey.figures.changes import Pair, pair_of_answers, pair_of_sums
from survey.figures.queries import Answers, Rated
from survey.figures.results import Sums
from survey.scores import Weight


@dataclass(frozen=True)
class SurveyRead:
    """Ratings of the period and of as many months right before it; `section_of`: the section of each service."""

    period: Period
    counting: Counting
    services: Mapping[str, str]
    section_of: Mapping[str, str]
    sections: Mapping[str, str]
    rated: Sequence[Rated]
    answered: Sequence[Answers]

    def whole(self) -> Sums:
        """All ratings of the period."""
        return self._pooled(self.period, frozenset(self.services))

    def section_indices(self) -> tuple[SectionIndex, ...]:
        """Those that were rated."""
        pooled = {key: self._pooled(self.period, self._of(key)) for key in self.sections}
        return tuple(
            SectionIndex(key, self.sections[key], index_of(sums, self.counting))
            for key, sums in pooled.items()
            if sums.tally.respondents
        )

    def service_pairs(self) -> Iterable[tuple[str, str, Pair]]:
        """(code, name, before and now) of each service."""
        for code, name in self.services.items():
            yield code, name, self._pair(frozenset({code}))

    def section_pairs(self) -> Iterable[tuple[str, str, Pair]]:
        """The same of each section."""
        for key, name in self.sections.items():
            yield key, name, self._pair(self._of(key))

    def element_pair(self, key: ElementKey) -> Pair:
        """How an element was answered before and now."""
        return pair_of_answers(self._answers(key, self.period.earlier()), self._answers(key, self.period))

    def _of(self, section: str) -> frozenset[str]:
        return frozenset(code for code, key in self.section_of.items() if key == section)

    def _pair(self, services: frozenset[str]) -> Pair:
        sums = [self._pooled(each, services) for each in (self.period.earlier(), self.period)]
        return pair_of_sums(sums[0], sums[1], self.counting.weight)

    def _pooled(self, period: Period, services: frozenset[str]) -> Sums:
        rows = (row for row in self.rated if row.service_code in services and period.holds(row.month))
        return self.counting.pooled((row.edition_code, row.counts) for row in rows)

    def _answers(self, key: ElementKey, period: Period) -> Mapping[Fraction, int]:
        found: defaultdict[Fraction, int] = defaultdict(int)
        for row in self.answered:
            if row.element == key and period.holds(row.month):
                found[Fraction(row.value, self.counting.items[row.edition_code][key])] += row.respondents
        return found


def read(session: Session, office_id: int, period: Period, as_of: datetime | None) -> SurveyRead:
    """In six readings."""
    both = Period(period.earlier().first, period.last)
    in_force = settings.on(offices.setting_rows(session, office_id, as_of), period.last.last_day)
    services = offices.services(session, office_id)
    return SurveyRead(
        period=period,
        counting=Counting(survey.items_per_element(session, office_id), Weight.parse(in_force["weight"])),
        services={row.code: row.name for row in services},
        section_of={row.code: row.section_key for row in services},
        sections={row.key: row.name for row in offices.sections(session, office_id)},
        rated=queries.service_rows(session, office_id, both, as_of),
        answered=queries.answers(session, office_id, both, as_of),
    )
