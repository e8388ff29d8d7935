"""How far a month is ready to be locked: the checklist's facts, and the figures that would be locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from complaints.reporting import held
from core.calendar import Month
from core.periods import Period
from indicators.locks import checklist, differences, queries
from indicators.locks.checklist import Facts, Item
from indicators.months import storing, summary, whole
from indicators.months.reading import around
from indicators.months.whole import Whole
from indicators.registers import note_queries
from indicators.registers.note_queries import NoteStage, NoteState
from indicators.sheet import SHEET, Indicator
from offices.models import Office
from survey.review import looking

States = Mapping[Indicator, NoteState]


@dataclass(frozen=True)
class Ready:
    """`whole`: what would be locked, None before a night has counted the whole month; `version`: which it would be."""

    month: Month
    version: int
    whole: Whole | None
    items: Sequence[Item]

    @property
    def seen(self) -> str:
        """Names the figures, so that nobody locks others than those before them; "" without."""
        return differences.hash_of_figures(self.whole) if self.whole else ""


def ready(session: Session, office: Office, month: Month, now: datetime) -> Ready:
    """Everything that is asked before the month is locked."""
    counted_at = summary.counted_at(session)
    found = whole.build(session, office, Period.of(month)) if summary.is_whole(month, counted_at) else None
    facts = _facts(session, office, month, found, counted_at, now)
    last = queries.newest(session, office.id, month)
    return Ready(month, last.version + 1 if last else 1, found, checklist.items(facts))


def _facts(
    session: Session, office: Office, month: Month, found: Whole | None, counted_at: datetime | None, now: datetime
) -> Facts:
    states = note_queries.states(session, office.id, month)
    still_held = held.by_day(session, office.id, first=month.first_day, day_after=month.day_after, recorded_by=now)
    return Facts(
        month=month,
        now=now,
        counted_at=counted_at,
        is_same=_is_same(session, office, month, found, counted_at),
        uncounted=queries.uncounted_days(session, office.id, around(Period.of(month))),
        held=sum(still_held.values()),
        doubts=looking.doubts(session, office, month),
        empty=_empty(found, states),
        unwritten=_stages(states, NoteStage.EMPTY),
        unchecked=_stages(states, NoteStage.FILLED),
    )


def _is_same(
    session: Session, office: Office, month: Month, found: Whole | None, counted_at: datetime | None
) -> bool | None:
    """Whether the count as of the night's moment gives the night's figures, letter by letter."""
    if found is None or counted_at is None:
        return None
    again = whole.build(session, office, Period.of(month), counted_at)
    return storing.text_of(again) == storing.text_of(found)


def _empty(found: Whole | None, states: States) -> Sequence[str]:
    """Indicators that neither figures nor words say anything of."""
    if found is None:
        return ()
    lines = {line.sheet.key: line.result.value for line in found.summary.lines}
    return [row.name for row in SHEET if lines[row.key] is None and states[row.key].note is None]


def _stages(states: States, stage: NoteStage) -> int:
    return sum(state.stage is stage for state in states.values())
