"""What the summary of a period says, as plain values that can be stored and read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from complaints.oversight.anchors import Anchor
from complaints.terms import Exclusion
from core.calendar import Month
from core.figures import NO_FIGURE
from core.periods import Period
from indicators.formulas import Flow, Predicate, Settlement, Throughput
from indicators.registers.values import Registered
from indicators.sheet import Indicator, SheetRow
from survey import scores
from survey.figures.changes import Change
from survey.intervals import Interval
from survey.scores import ElementScore, Grade, Weight


@dataclass(frozen=True)
class Index:
    """IKM of a group of respondents; value and grade None without respondents."""

    respondents: int
    value: Decimal | None
    grade: Grade | None


@dataclass(frozen=True)
class ServiceIndex:
    """IKM of one service."""

    code: str
    name: str
    index: Index


@dataclass(frozen=True)
class Survey:
    """Indicator 2 in a period. `sample_needed` is None while the number of service users is unknown, or recorded as
    fewer than answered (`is_missing_visits`); `interval95` with fewer than two respondents. `everything` has those
    ratings too that a named person took out, `excluded` of them; `verified` only those that proved a visit. `exact`:
    the index with the weight 1/9 where the office uses another, else None.
    """

    index: Index
    everything: Index
    excluded: int
    verified: Index
    exact: Decimal | None
    weight: Weight
    sample_needed: int | None
    interval95: Interval | None
    elements: Sequence[ElementScore]
    services: Sequence[ServiceIndex]
    is_missing_visits: bool = False

    @property
    def is_sample_short(self) -> bool:
        """Whether fewer answered than the sample size asks for."""
        return scores.is_sample_enough(self.index.respondents, self.sample_needed) is False


@dataclass(frozen=True)
class Order:
    """Indicator 4 in a period. `throughput` is None for more than a month: its closings are distinct by month.
    `held`: received in the period and still held for review; they are open, and counted.
    """

    settlement: Settlement
    excluded: Mapping[Exclusion, int]
    throughput: Throughput | None
    flow: Flow
    held: int


@dataclass(frozen=True)
class Result:
    """A value beside its target."""

    value: Decimal | None
    achievement: Decimal | None
    predicate: Predicate | None

    @property
    def predicate_label(self) -> str | None:
        """The predicate's word, for programs."""
        return self.predicate.label if self.predicate else None

    @property
    def predicate_word(self) -> str:
        """The same for people; "–" where there is none."""
        return self.predicate_label or NO_FIGURE


@dataclass(frozen=True)
class Line:
    """A row of the sheet with its figures; `year_to_date` runs from January to the end of the period. `change`: against
    the period's `earlier`, None where that can't be told and while the period runs.
    """

    sheet: SheetRow
    target: Decimal | None
    result: Result
    year_to_date: Result
    change: Change | None

    @property
    def aim(self) -> Decimal | int | None:
        """The target as it is printed."""
        return self.sheet.counted(self.target)


@dataclass(frozen=True)
class Month12:
    """The six values of one of the last twelve months, by the indicator's key."""

    month: Month
    values: Mapping[Indicator, Decimal | None]


@dataclass(frozen=True)
class OfficeHead:
    """Whose figures these are."""

    code: str
    name: str


@dataclass(frozen=True)
class Summary:
    """A period as counted at `as_of` (None: before the first nightly run); `history` ends with its last month.
    `anchor`: the chain of events at the period's end, or at `as_of` if that is earlier. `is_outside`: the index that
    SUKMA-E shows is the office's IKU 2, and ours stands beside it.
    """

    office: OfficeHead
    period: Period
    as_of: datetime | None
    lines: Sequence[Line]
    survey: Survey
    survey_to_date: Survey
    order: Order
    order_to_date: Order
    registered: Registered
    registered_to_date: Registered
    is_outside: bool
    history: Sequence[Month12]
    anchor: Anchor

    @property
    def month(self) -> Month:
        """The last month: its end is the cut-off."""
        return self.period.last

    def line(self, key: Indicator) -> Line:
        """The sheet's row of an indicator."""
        return next(line for line in self.lines if line.sheet.key == key)
