"""Hides small groups, and enough others that no subtraction recovers one (docs/adr/0021)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from core.periods import Period
from survey.figures.groups import GUARDED, Dimension
from survey.figures.nesting import Sizes, hidden_in, shown_in
from survey.figures.results import Figures, Group, Scored
from survey.figures.scoring import scored
from survey.scores import Weight

# The periods that have tables, by their months.
LENGTHS = (3, 6, 12)
# Nobody outside the office is told how each of its officers is rated.
INTERNAL = frozenset({Dimension.OFFICER})
OPEN = ""  # the group of ratings that prove no visit
TOGETHER, TOGETHER_WORDS = "gabungan", "Semua yang disembunyikan"
MOST_NAMED = 3  # groups joined in a row that is called by their names


@dataclass(frozen=True)
class Published:
    """What the public may see of a period beside the office's own figures; a section only with all its services."""

    services: Sequence[Group]
    sections: Sequence[Group]
    groups: Mapping[Dimension, Sequence[Group]]
    verified: Scored | None


def masked(groups: Sequence[Scored], shown: Collection[str], weight: Weight) -> list[Group]:
    """The table with only these groups shown. What it hides stands in a row of its own, all together: that is what the
    total tells anyway, so a table that hides one large group with a small one still says how they answered.
    """
    hidden = [each for each in groups if each.code not in shown and each.respondents]
    rows = [Group(each.code, each.name, each if each.code in shown else None) for each in groups]
    if len(hidden) < 2:
        return rows
    name = joined_name({each.code: each.name for each in rows if each.scored is None})
    sums = reduce(add, (each.sums for each in hidden))
    return [*rows, Group(TOGETHER, name, scored(TOGETHER, name, sums, weight))]


def joined_name(names: Mapping[str, str]) -> str:
    """What the row is called that joins these groups, by code: every group that reads as hidden, with somebody in it or
    not, so that the name tells no more than the rows above it.
    """
    if len(names) > MOST_NAMED:
        return TOGETHER_WORDS
    first, *others = sorted(names, key=lambda code: not code)  # what was left blank comes last
    return " + ".join([names[first], *(names[code] if code else _small(names[code]) for code in others)])


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def shown_of(period: Period, sizes: Mapping[str, Sizes]) -> frozenset[str]:
    """The groups of a breakdown that may be shown in the period, beside the tables of the periods in it.

    `sizes`: month ("2026-10") → the size of each group that has any. In a run of months that has no table of its own
    (the year up to a month) only what its months show already.
    """
    months = [sizes.get(str(month), {}) for month in period.months]
    return shown_in(months, _spans(period)) if period.length > 1 else frozenset(months[0]) - hidden_in(months[0])


def shown_groups(period: Period, dimension: Dimension, sizes: Mapping[str, Sizes]) -> frozenset[str]:
    """The same of a dimension. How many ratings prove no visit is told beside, so they are no part of the officers'."""
    if dimension != Dimension.OFFICER:
        return shown_of(period, sizes)
    own = {month: {code: size for code, size in groups.items() if code} for month, groups in sizes.items()}
    return shown_of(period, own) | {OPEN}


def _spans(period: Period) -> list[range]:
    """The periods with tables in this one, itself the last, by the places of their months."""
    around = (Period.around(month, length) for length in LENGTHS for month in period.months)
    inside = {each for each in around if period.first <= each.first and each.last <= period.last}
    if period not in inside:
        return []
    places = {month: place for place, month in enumerate(period.months)}
    ordered = sorted(inside, key=lambda each: (each.length, each.first))
    return [range(places[each.first], places[each.last] + 1) for each in ordered]


def public(figures: Figures) -> Published:
    """The figures of a period as the public may see them: services, sections and points are protected, too."""
    services = masked(figures.services, figures.public_services, figures.weight)
    hidden = {figures.section_of[each.code] for each in services if each.scored is None}
    groups = {
        dimension: rows if dimension in GUARDED else _masked_anew(rows, figures, dimension)
        for dimension, rows in figures.groups.items()
        if dimension not in INTERNAL
    }
    return Published(
        services=services,
        sections=masked(figures.sections, {each.code for each in figures.sections} - hidden, figures.weight),
        groups=groups,
        verified=_verified(figures),
    )


def _masked_anew(rows: Sequence[Group], figures: Figures, dimension: Dimension) -> list[Group]:
    return masked([each.scored for each in rows if each.scored], figures.public_groups[dimension], figures.weight)


def _verified(figures: Figures) -> Scored | None:
    """Hidden unless every group of the ways to prove a visit may be shown: a service whose ratings all come by links
    is one of these groups, so the whole without it would tell those who had a code.
    """
    verified = figures.verified
    if verified.respondents in {0, figures.whole.respondents}:
        return verified
    used = {each.code for each in figures.groups[Dimension.VISIT]}
    return verified if used <= figures.public_groups[Dimension.VISIT] else None
