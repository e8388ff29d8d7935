"""What the survey says of a period, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from core.periods import Period
from survey.elements import ElementKey
from survey.figures.groups import Dimension
from survey.intervals import Interval
from survey.scores import EMPTY, ElementScore, Grade, Tally, Weight


@dataclass(frozen=True)
class Sums:
    """The exact sums of a group of respondents: a tally, and Σ of the squares of their points."""

    tally: Tally = EMPTY
    squares: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Pool two groups: months, services or editions."""
        return Sums(self.tally + other.tally, self.squares + other.squares)


@dataclass(frozen=True)
class Scored:
    """A group with its index. `code` is "" where respondents said nothing; index, grade and interval are None where
    there are too few respondents for them (none; fewer than two).
    """

    code: str
    name: str
    sums: Sums
    index: Decimal | None
    grade: Grade | None
    interval95: Interval | None
    elements: Sequence[ElementScore]

    @property
    def respondents(self) -> int:
        """How many there are."""
        return self.sums.tally.respondents


@dataclass(frozen=True)
class Group:
    """A group of a breakdown; `scored` is None where it is hidden, because it or what could be told by it is small."""

    code: str
    name: str
    scored: Scored | None


@dataclass(frozen=True)
class Visits:
    """How many people used the services: of each service, and on how many days of it a number is known."""

    by_service: Mapping[str, int]
    days: int

    @property
    def total(self) -> int:
        """Of all services."""
        return sum(self.by_service.values())


@dataclass(frozen=True)
class EditionUsed:
    """A questionnaire that ratings of the period were given on."""

    code: str
    name: str
    starts_on: date
    respondents: int


@dataclass(frozen=True)
class Figures:
    """The survey of a period as counted at `as_of` (None: before the first night).

    `whole` is the published index; `everything` has those ratings too that a named person took out, `excluded` of them;
    `verified` only those that proved a visit. `exact`: the index with the weight 1/9 where the office uses another,
    else None. `groups` are by dimension, guarded ones with small groups hidden. `answers`: how many gave each mean
    answer to an element. `population` is the number of service users (None: unknown), from counted visits or from the
    settings; unknown too where fewer are recorded than answered (`is_missing_visits`). `months` are those inside that
    have ratings. `public_services` and `public_groups`: what the public may see of these tables (disclosure).
    """

    period: Period
    as_of: datetime | None
    weight: Weight
    whole: Scored
    exact: Decimal | None
    everything: Scored
    excluded: int
    verified: Scored
    services: Sequence[Scored]
    sections: Sequence[Scored]
    groups: Mapping[Dimension, Sequence[Group]]
    answers: Mapping[ElementKey, Mapping[Fraction, int]]
    editions: Sequence[EditionUsed]
    visits: Visits
    population: int | None
    sample_needed: int | None
    months: Sequence[Scored] = ()
    section_of: Mapping[str, str] = field(default_factory=dict)
    public_services: frozenset[str] = frozenset()
    public_groups: Mapping[Dimension, frozenset[str]] = field(default_factory=dict)
    is_missing_visits: bool = False

    @property
    def is_across_editions(self) -> bool:
        """Whether its ratings were given on more than one questionnaire."""
        return len(self.editions) > 1

    @property
    def is_sample_short(self) -> bool:
        """Whether fewer answered than the sample size asks for; not where nobody knows how many there are."""
        return self.sample_needed is not None and self.whole.respondents < self.sample_needed

    @property
    def response_rate(self) -> Fraction | None:
        """Respondents ÷ people who used a service; None where that is unknown."""
        return Fraction(self.whole.respondents, self.population) if self.population else None
