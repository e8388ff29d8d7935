"""The row of a period that everybody may see, as plain values that can be stored and read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.periods import Period
from indicators.formulas import Settlement
from indicators.months.results import Index, Result, Summary
from indicators.sheet import Indicator
from survey.intervals import Interval


@dataclass(frozen=True)
class OpenLine:
    """One of the six indicators beside its target."""

    indicator: Indicator
    target: Decimal | None
    result: Result


@dataclass(frozen=True)
class OpenRow:
    """`index` is ours; among the lines IKU 2 is SUKMA-E's where `is_outside`. `held`: reports of the period that still
    waited to be looked at; they are counted. `outside_respondents`: of SUKMA-E's index; None: unknown, or locked before
    it was kept.
    """

    period: Period
    index: Index
    interval95: Interval | None
    settlement: Settlement
    lines: Sequence[OpenLine]
    is_outside: bool
    held: int
    outside_respondents: int | None = None

    @property
    def values(self) -> Mapping[Indicator, Decimal | None]:
        """The six values."""
        return {line.indicator: line.result.value for line in self.lines}


def open_row(summary: Summary) -> OpenRow:
    """The row of the summary's period; a locked month keeps it as MonthLock.published, by storing.text_of."""
    outside = summary.registered.outside
    return OpenRow(
        period=summary.period,
        index=summary.survey.index,
        interval95=summary.survey.interval95,
        settlement=summary.order.settlement,
        lines=tuple(OpenLine(line.sheet.key, line.target, line.result) for line in summary.lines),
        is_outside=summary.is_outside,
        held=summary.order.held,
        outside_respondents=outside.respondents if outside else None,
    )
