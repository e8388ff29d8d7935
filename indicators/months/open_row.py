"""The row of a period that everybody may see, as plain values that can be stored and read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.periods import Period
from indicators.formulas import Settlement
from indicators.months.results import Index, Summary
from indicators.sheet import Indicator
from survey.intervals import Interval


@dataclass(frozen=True)
class OpenRow:
    """`index` is ours; `values` has all six indicators, of which IKU 2 is SUKMA-E's where `is_outside`."""

    period: Period
    index: Index
    interval95: Interval | None
    settlement: Settlement
    values: Mapping[Indicator, Decimal | None]
    is_outside: bool


def open_row(summary: Summary) -> OpenRow:
    """The row of the summary's period; a locked month keeps it as MonthLock.published."""
    return OpenRow(
        period=summary.period,
        index=summary.survey.index,
        interval95=summary.survey.interval95,
        settlement=summary.order.settlement,
        values={line.sheet.key: line.result.value for line in summary.lines},
        is_outside=summary.is_outside,
    )
