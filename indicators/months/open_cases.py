"""The reports that were open at a cut-off, each as it stood then: whose it was, by when it was to be settled, its age.

Only reports that are open now, or that moved after the cut-off, can have been: so the reading does not grow with years.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import deadlines
from complaints.case_models import DueChange
from complaints.models import Complaint, Event
from complaints.promises import Because
from complaints.states import EventFact, ReportState, apply
from complaints.terms import Move, Status
from complaints.workflow import BY_STEP, OPEN, RULES
from core.calendar import A_MOMENT, WIB, wib_day
from core.ids import first_id
from core.periods import Period
from indicators.ledger import OPENS
from indicators.months.breakdown_parts import NOBODY, OpenCases
from indicators.queries import PATROL
from indicators.recount import category_at, standing
from indicators.rows import Counted
from offices import queries as offices

MEDIAN, MOST = 50, 90


@dataclass(frozen=True)
class CutOff:
    """Where the counting ends: with the last day of the period, of what was recorded by the count."""

    last_day: date
    recorded_by: datetime

    @property
    def tomorrow(self) -> date:
        """The first day that was not over."""
        return min(self.last_day + timedelta(days=1), wib_day(self.recorded_by))

    @property
    def moment(self) -> datetime:
        """The end of the last day, or the count if that came before."""
        end = datetime.combine(self.last_day + timedelta(days=1), datetime.min.time(), WIB) - A_MOMENT
        return min(end, self.recorded_by)


@dataclass(frozen=True)
class OpenReport:
    """`due`: the day by which it was to be settled, as promised at the cut-off; `age` in working days. `officer`:
    NOBODY's or an account's id.
    """

    number: str
    received_on: date
    category: str
    village: str
    officer: str
    due: date
    age: int
    is_late: bool
    is_unanswered: bool
    is_waiting: bool


def open_reports(session: Session, counted: Counted, period: Period) -> list[OpenReport]:
    """The oldest first."""
    cut_off = CutOff(period.last.last_day, counted.recorded_by)
    candidates = _candidates(counted, cut_off)
    moves = _moves(session, counted, cut_off, candidates)
    still = {key: facts for key, facts in moves.items() if sum(OPENS.get(fact.move, 0) for fact in facts) > 0}
    rows = [row for row in session.execute(_reports(counted, candidates)) if row.id in still]
    changes = _due_changes(session, counted.office_id, cut_off.moment, candidates)
    since = min((row.received_on for row in rows), default=cut_off.last_day)
    days_off = offices.days_off_as_of(session, counted.office_id, counted.recorded_by, since)
    return [_open(row, state_of(still[row.id]), changes[row.id], cut_off, days_off) for row in rows]


def summed(found: Sequence[OpenReport]) -> OpenCases:
    """How many there are, and how old."""
    ages = sorted(each.age for each in found)
    return OpenCases(
        count=len(found),
        late=sum(each.is_late for each in found),
        unanswered=sum(each.is_unanswered for each in found),
        waiting=sum(each.is_waiting for each in found),
        p50=nearest_rank(ages, MEDIAN),
        p90=nearest_rank(ages, MOST),
    )


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The least value that so many percent of all do not pass; None of nothing."""
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


def state_of(facts: Iterable[EventFact]) -> ReportState:
    """What the moves add up to; an imported report takes steps that nobody may take by hand."""
    state = ReportState()
    for fact in facts:
        if (state.status, fact.move) not in BY_STEP:
            state = replace(state, status=_SOURCES[fact.move])
        state = apply(state, fact)
    return state


# From where each move is made first of all.
_SOURCES: Mapping[Move, Status | None] = {rule.move: rule.source for rule in reversed(RULES)}


def _candidates(counted: Counted, cut_off: CutOff) -> sa.CTE:
    """Ids of all reports that may have been open."""
    office = counted.office_id
    open_now = sa.select(Complaint.id).where(
        Complaint.office_id == office, Complaint.status.in_([status.value for status in OPEN])
    )
    moved = sa.select(Event.complaint_id.label("id")).where(Event.office_id == office)
    later = moved.where(Event.day > cut_off.last_day)
    # Ids follow the clock, and they have an index.
    afterwards = moved.where(Event.id >= first_id(counted.recorded_by), Event.recorded_at > counted.recorded_by)
    return sa.union(open_now, later, afterwards).cte("candidates")


def _reports(counted: Counted, candidates: sa.CTE) -> sa.Select[*tuple[Any, ...]]:
    columns = (
        Complaint.id,
        Complaint.number,
        Complaint.received_on,
        category_at(counted.recorded_by).label("category"),
        sa.func.coalesce(Complaint.village_code, "").label("village"),
        Complaint.answer_due,
        Complaint.settle_due,
        Complaint.waited_days,
    )
    return _standing(sa.select(*columns), counted, candidates).order_by(Complaint.received_on, Complaint.number)


def _moves(
    session: Session, counted: Counted, cut_off: CutOff, candidates: sa.CTE
) -> Mapping[UUID, Sequence[EventFact]]:
    """Each report's moves up to the cut-off, in the order recorded."""
    columns = (Event.complaint_id, Event.move, Event.at, Event.recorded_at, Event.actor_id, Event.assignee_id)
    of_report = sa.and_(Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id)
    chosen = _standing(sa.select(*columns).join(Complaint, of_report), counted, candidates)
    chosen = chosen.where(Event.day <= cut_off.last_day, Event.recorded_at <= counted.recorded_by)
    found: defaultdict[UUID, list[EventFact]] = defaultdict(list)
    for row in session.execute(chosen.order_by(Event.seq)):
        fact = EventFact(Move(row.move), row.at, row.recorded_at, row.actor_id, row.assignee_id)
        found[row.complaint_id].append(fact)
    return found


def _standing(chosen: sa.Select[*tuple[Any, ...]], counted: Counted, candidates: sa.CTE) -> sa.Select[*tuple[Any, ...]]:
    source = sa.true() if counted.patrol else Complaint.source != PATROL
    mine = sa.and_(Complaint.office_id == counted.office_id, Complaint.id == candidates.c.id)
    return chosen.join(candidates, mine).where(standing(counted.recorded_by), source)


def _due_changes(
    session: Session, office_id: int, moment: datetime, candidates: sa.CTE
) -> Mapping[UUID, Sequence[DueChange]]:
    """What was changed after the moment, in that order."""
    mine = sa.and_(DueChange.office_id == office_id, DueChange.complaint_id == candidates.c.id)
    chosen = sa.select(DueChange).join(candidates, mine).where(DueChange.at > moment)
    found: defaultdict[UUID, list[DueChange]] = defaultdict(list)
    for row in session.scalars(chosen.order_by(DueChange.at, DueChange.id)):
        found[row.complaint_id].append(row)
    return found


def _open(
    row: sa.Row[*tuple[Any, ...]],
    state: ReportState,
    changes: Sequence[DueChange],
    cut_off: CutOff,
    days_off: Collection[date],
) -> OpenReport:
    tomorrow = cut_off.tomorrow
    promised = changes[0].old_due if changes else row.settle_due
    waited = row.waited_days - sum(_added(change, days_off) for change in changes)
    due = deadlines.settled_by(promised, state.waiting_since, waited, days_off, now=cut_off.moment)
    return OpenReport(
        number=row.number,
        received_on=row.received_on,
        category=row.category,
        village=row.village,
        officer=NOBODY if state.assignee is None else str(state.assignee),
        due=due,
        age=deadlines.working_days_left(row.received_on, max(row.received_on, tomorrow - timedelta(days=1)), days_off),
        is_late=due < tomorrow,
        is_unanswered=state.status is Status.RECEIVED and row.answer_due < tomorrow,
        is_waiting=state.status is Status.WAITING,
    )


def _added(change: DueChange, days_off: Collection[date]) -> int:
    """By how many days of waiting the due day moved."""
    if change.because != Because.WAITED:
        return 0
    return deadlines.working_days_left(change.old_due, change.new_due, days_off)
