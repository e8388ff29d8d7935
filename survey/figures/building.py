"""Makes the survey's figures of a period from its sums, by a fixed number of readings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import reduce
from operator import add

from sqlalchemy.orm import Session

from core import jobs
from core.periods import Period
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import queries as survey
from survey import scores
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.figures import disclosure, naming, queries, users
from survey.figures.groups import GUARDED, Dimension
from survey.figures.queries import Grouped
from survey.figures.results import EditionUsed, Figures, Group, Scored, Sums, Visits
from survey.figures.scoring import scored
from survey.scores import DEFAULT_WEIGHT, Tally, Weight
from survey.visits.queries import ServiceDay, visits_between

ItemCounts = Mapping[str, Mapping[ElementKey, int]]
# Ratings that prove a visit; the others' value is "".
OPEN = ""


@dataclass(frozen=True)
class Counting:
    """What it takes to turn sums into figures."""

    items: ItemCounts
    weight: Weight

    def pooled(self, rows: Iterable[tuple[str, tuple[int, ...]]]) -> Sums:
        """The sums of rows of (edition, counts). Whole numbers are added up before they become fractions."""
        of_edition: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
        for edition, counts in rows:
            of_edition[edition].append(counts)
        return reduce(add, (self._sums(edition, counts) for edition, counts in of_edition.items()), Sums())

    def _sums(self, edition: str, rows: Sequence[tuple[int, ...]]) -> Sums:
        respondents, squares, *sums = map(sum, zip(*rows, strict=True))
        by_element = dict(zip(OFFICIAL_ORDER, sums, strict=True))
        return Sums(Tally.from_items(respondents, by_element, self.items[edition]), squares)

    def scored(self, code: str, name: str, sums: Sums, population: int | None = None) -> Scored:
        """The group's figures."""
        return scored(code, name, sums, self.weight, population)


@dataclass(frozen=True)
class _Read:
    """What was read for a period."""

    services: Sequence[queries.Rated]
    groups: Sequence[Grouped]
    group_months: Sequence[queries.GroupedMonth]
    answers: Sequence[queries.Answers]
    names: naming.Names
    visits: Mapping[ServiceDay, int]
    settings: Sequence[Setting]

    def shown_groups(self, period: Period) -> Mapping[Dimension, frozenset[str]]:
        """Of each breakdown the groups that are large enough to be shown."""
        sizes: defaultdict[Dimension, dict[str, Counter[str]]] = defaultdict(dict)
        for row in self.group_months:
            code = naming.code_of(row.dimension, row.value)
            sizes[row.dimension].setdefault(row.month, Counter())[code] += row.counts[0]
        return {each: disclosure.shown_groups(period, each, sizes[each]) for each in naming.SHOWN}

    def shown_services(self, period: Period) -> frozenset[str]:
        """The services that are large enough to be shown to the public."""
        sizes: dict[str, Counter[str]] = {}
        for row in self.services:
            sizes.setdefault(row.month, Counter())[row.service_code] += row.counts[0]
        return disclosure.shown_of(period, sizes)


def build(session: Session, office: Office, period: Period, as_of: datetime | None = None) -> Figures:
    """The figures from the nightly sums, or with `as_of` from everything recorded by then."""
    rows = offices.setting_rows(session, office.id, as_of)
    counting = Counting(
        items=survey.items_per_element(session, office.id),
        weight=Weight.parse(settings.on(rows, period.last.last_day)["weight"]),
    )
    read = _Read(
        services=queries.service_rows(session, office.id, period, as_of),
        groups=queries.group_rows(session, office.id, period, as_of),
        group_months=queries.group_month_rows(session, office.id, period, naming.SHOWN, as_of),
        answers=queries.answers(session, office.id, period, as_of),
        names=naming.names(session, office.id),
        visits=visits_between(session, office.id, period.first.first_day, period.last.day_after, as_of),
        settings=rows,
    )
    return _figures(period, as_of or jobs.last_started(session, jobs.NIGHTLY), counting, read)


def _figures(period: Period, as_of: datetime | None, counting: Counting, read: _Read) -> Figures:
    of_service = _by_service(read.services, counting)
    whole = reduce(add, of_service.values(), Sums())
    visits = _visits(read.visits)
    population = users.people(read.visits, read.settings, period, whole.tally.respondents)
    out = counting.pooled(_rows(read.groups, Dimension.EXCLUDED))
    verified = (row for row in read.groups if row.dimension == Dimension.VISIT and row.value != OPEN)
    shown = read.shown_groups(period)
    return Figures(
        period=period,
        as_of=as_of,
        weight=counting.weight,
        whole=counting.scored("", "", whole, population),
        exact=None if counting.weight == DEFAULT_WEIGHT else scores.ikm(whole.tally),
        everything=counting.scored("", "", whole + out, population),
        excluded=out.tally.respondents,
        verified=counting.scored("", "", counting.pooled((row.edition_code, row.counts) for row in verified)),
        services=[
            counting.scored(code, name, of_service[code], visits.by_service.get(code))
            for code, name in read.names.services.items()
            if code in of_service
        ],
        sections=_sections(of_service, read.names, counting),
        groups={each: _groups(read, each, counting, shown[each]) for each in Dimension if each in naming.SHOWN},
        answers={key: _answers(read.answers, key, counting.items) for key in OFFICIAL_ORDER},
        editions=_editions(read.services, read.names),
        visits=visits,
        population=population,
        is_missing_visits=population is None and users.recorded(read.visits, read.settings, period) is not None,
        sample_needed=None if population is None else scores.sample_needed(population),
        months=_months(read, period, counting),
        section_of=read.names.section_of,
        public_services=read.shown_services(period),
        public_groups=shown,
    )


def _by_service(rows: Sequence[queries.Rated], counting: Counting) -> dict[str, Sums]:
    found: defaultdict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for row in rows:
        found[row.service_code].append((row.edition_code, row.counts))
    return {code: counting.pooled(counts) for code, counts in found.items()}


def _sections(of_service: Mapping[str, Sums], names: naming.Names, counting: Counting) -> list[Scored]:
    pooled: dict[str, Sums] = {}
    for code, sums in of_service.items():
        section = names.section_of[code]
        pooled[section] = pooled.get(section, Sums()) + sums
    return [counting.scored(key, name, pooled[key]) for key, name in names.sections.items() if key in pooled]


def _months(read: _Read, period: Period, counting: Counting) -> list[Scored]:
    found: defaultdict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for row in read.services:
        found[row.month].append((row.edition_code, row.counts))
    sums = {month: counting.pooled(found[str(month)]) for month in period.months if str(month) in found}
    return [
        counting.scored(
            str(month),
            month.long,
            each,
            users.people(read.visits, read.settings, Period.of(month), each.tally.respondents),
        )
        for month, each in sums.items()
    ]


def _rows(grouped: Iterable[Grouped], dimension: Dimension) -> list[tuple[str, tuple[int, ...]]]:
    return [(row.edition_code, row.counts) for row in grouped if row.dimension == dimension]


def _groups(read: _Read, dimension: Dimension, counting: Counting, shown: frozenset[str]) -> Sequence[Group]:
    of_value: defaultdict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for row in read.groups:
        if row.dimension == dimension:
            of_value[naming.code_of(dimension, row.value)].append((row.edition_code, row.counts))
    named = read.names.of(dimension, of_value)
    found = [counting.scored(code, name, counting.pooled(of_value[code])) for code, name in named.items()]
    return disclosure.masked(found, shown if dimension in GUARDED else named, counting.weight)


def _answers(rows: Sequence[queries.Answers], element: ElementKey, items: ItemCounts) -> Mapping[Fraction, int]:
    """Mean answer to the element → how many gave it, from the lowest."""
    found: defaultdict[Fraction, int] = defaultdict(int)
    for row in rows:
        if row.element == element:
            found[Fraction(row.value, items[row.edition_code][element])] += row.respondents
    return dict(sorted(found.items()))


def _editions(rows: Sequence[queries.Rated], names: naming.Names) -> list[EditionUsed]:
    used: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        used[row.edition_code] += row.counts[0]
    return [
        EditionUsed(code, name, starts_on, used[code])
        for code, (name, starts_on) in names.editions.items()
        if code in used
    ]


def _visits(known: Mapping[ServiceDay, int]) -> Visits:
    by_service: defaultdict[str, int] = defaultdict(int)
    days: set[date] = set()
    for (service, day), visits in known.items():
        by_service[service] += visits
        days.add(day)
    return Visits(dict(by_service), len(days))
