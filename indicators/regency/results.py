"""What a regency's table says of each office, as plain values; and who stands where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.periods import Period
from indicators.months.results import OfficeHead, Result
from indicators.sheet import Indicator

# Under these an office is not compared with others, because chance alone would decide its place: of fewer than 30
# respondents the 95 % interval of an index is mostly wider than a grade, and of fewer than 10 reports a single one is
# worth more than 10 percentage points.
LEAST_RESPONDENTS = 30
LEAST_REPORTS = 10


@dataclass(frozen=True)
class Cell:
    """An indicator of an office; `target` None: not set."""

    target: Decimal | None
    result: Result


@dataclass(frozen=True)
class OfficeLine:
    """An office's totals of a period. `respondents` are those of the index that counts, None where nobody says how many
    they are. `version`: of the locked month whose figures these are, None: not locked, as the last night counted.
    """

    office_id: int
    office: OfficeHead
    cells: Mapping[Indicator, Cell]
    respondents: int | None
    received: int
    version: int | None = None

    def value(self, key: Indicator) -> Decimal | None:
        """The indicator's value; None where there is none."""
        return self.cells[key].result.value


@dataclass(frozen=True)
class Table:
    """All offices of a regency in a period, by code, as counted at `counted_at` (None: before the first night)."""

    regency: str
    period: Period
    counted_at: datetime | None
    lines: Sequence[OfficeLine]

    def places(self, key: Indicator) -> Mapping[int, int]:
        """Office → its place by this indicator, 1 for the highest; equal values share the better one. Without offices
        that have too little to be compared.
        """
        values = {line.office_id: line.value(key) for line in self.lines if is_comparable(line, key)}
        return ranked({office: value for office, value in values.items() if value is not None})


# The indicators by which offices are ranked.
RANKED = (Indicator.IKM, Indicator.SETTLEMENT)


def is_comparable(line: OfficeLine, key: Indicator) -> bool:
    """Whether there is enough behind the figure."""
    if key == Indicator.SETTLEMENT:
        return line.received >= LEAST_REPORTS
    return (line.respondents or 0) >= LEAST_RESPONDENTS


def ranked(values: Mapping[int, Decimal]) -> Mapping[int, int]:
    """1, 2, 2, 4."""
    order = sorted(values.values(), reverse=True)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(order, 1):
        first.setdefault(value, place)
    return {office: first[value] for office, value in values.items()}


def highest_first(lines: Iterable[OfficeLine], key: Indicator) -> list[OfficeLine]:
    """By the indicator, those without a value last, equals in the order they came in."""
    return sorted(lines, key=lambda line: (line.value(key) is None, -(line.value(key) or 0)))
