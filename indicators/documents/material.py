"""Everything that the documents of a period are made of, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.calendar import Month, wib_day
from core.periods import Period
from indicators.documents.signatures import Signatures
from indicators.formulas import Thresholds
from indicators.locks.shown import Shown
from indicators.months.breakdown_parts import Breakdown
from indicators.months.results import Summary
from indicators.registers.note_queries import Note
from indicators.registers.values import Entries
from indicators.sheet import Indicator
from offices.letterheads import Letterhead


@dataclass(frozen=True)
class Material:
    """`notes`: what was said of each month of the period, where anything was; `late`: who has not said anything though
    the last day for it is over; `entries`: the registers as they stood; `locked`: how many of the period's months are;
    `thresholds` of the predicates; `moment`: when the figures were counted, or the month was locked.
    """

    letterhead: Letterhead
    signatures: Signatures
    shown: Shown
    notes: Mapping[Month, Mapping[Indicator, Note]]
    late: Sequence[Indicator]
    entries: Entries
    locked: int
    thresholds: Thresholds
    moment: datetime

    @property
    def summary(self) -> Summary:
        """The figures."""
        return self.shown.whole.summary

    @property
    def breakdown(self) -> Breakdown:
        """What stands behind them."""
        return self.shown.whole.breakdown

    @property
    def period(self) -> Period:
        """Of when they are."""
        return self.summary.period

    @property
    def day(self) -> date:
        """The day on which it is written."""
        return wib_day(self.moment)

    def said(self, indicator: Indicator) -> Sequence[tuple[Month, Note]]:
        """What was said of an indicator, month by month."""
        return [(month, notes[indicator]) for month, notes in self.notes.items() if indicator in notes]
