"""What a report's moves add up to: each one applied to the state before it, by the table of moves."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from complaints.terms import Exclusion, Move, Response, Status
from complaints.workflow import BY_STEP, CLOSED_BY_SETTLING, UNASSIGNED

RESPONSES = {
    Move.CONFIRM: Response.CONFIRMED,
    Move.HALF_FIXED: Response.HALF_FIXED,
    Move.DISPUTE: Response.DISPUTED,
}


@dataclass(frozen=True)
class EventFact:
    """One recorded move, as far as the state depends on it; `joiner`: who of those that joined made it."""

    move: Move
    at: datetime
    recorded_at: datetime
    actor: UUID | None = None
    assignee: UUID | None = None
    exclusion: Exclusion | None = None
    joiner: UUID | None = None


@dataclass(frozen=True)
class ReportState:
    """What the events add up to; status None: nothing received yet. `settled_at`: the settling that still stands,
    `response`: what residents said of it, `waiting_since`: when the question was asked that is not answered yet.
    """

    status: Status | None = None
    received_at: datetime | None = None
    settled_at: datetime | None = None
    exclusion: Exclusion | None = None
    assignee: UUID | None = None
    response: Response | None = None
    waiting_since: datetime | None = None

    @property
    def confirmed(self) -> bool:
        """Settled, and the resident says so."""
        return self.status in CLOSED_BY_SETTLING and self.response is Response.CONFIRMED

    @property
    def disputed(self) -> bool:
        """Settled, and a resident says: not, or by half."""
        return self.status in CLOSED_BY_SETTLING and self.response in {Response.HALF_FIXED, Response.DISPUTED}


@dataclass(frozen=True)
class Changes:
    """How a move changes the number of reports that stand settled and confirmed, or settled and disputed: -1, 0, 1."""

    confirmed: int
    disputed: int


def apply(state: ReportState, fact: EventFact) -> ReportState:
    """The state after one more move; ValueError when the table has no such row: the record is broken."""
    rule = BY_STEP.get((state.status, fact.move))
    if rule is None:
        raise ValueError(f"no move {fact.move} from {state.status}")
    target = rule.target
    return replace(
        state,
        status=target,
        received_at=fact.at if fact.move is Move.RECEIVE else state.received_at,
        settled_at=_settled_at(state, target, fact),
        exclusion=_exclusion(state, target, fact),
        assignee=_assignee(state, target, fact),
        response=_response(state, target, fact),
        waiting_since=_waiting_since(state, target, fact),
    )


def changes(before: ReportState, after: ReportState) -> Changes:
    """What a move changes for the split of settled reports; sums of these give the split at any cut-off."""
    return Changes(after.confirmed - before.confirmed, after.disputed - before.disputed)


def replay(events: Iterable[EventFact]) -> ReportState:
    """The state that one report's moves, in the order recorded, add up to."""
    state = ReportState()
    for fact in events:
        state = apply(state, fact)
    return state


def _settled_at(state: ReportState, target: Status, fact: EventFact) -> datetime | None:
    if fact.move is Move.SETTLE:
        return fact.at
    return state.settled_at if target in CLOSED_BY_SETTLING else None


def _exclusion(state: ReportState, target: Status, fact: EventFact) -> Exclusion | None:
    if target is not Status.EXCLUDED:
        return None
    return fact.exclusion if fact.move is Move.EXCLUDE else state.exclusion


def _response(state: ReportState, target: Status, fact: EventFact) -> Response | None:
    """What residents say last, but that somebody who joined disputes it stands until it is settled anew."""
    if target not in CLOSED_BY_SETTLING or fact.move is Move.SETTLE:
        return None
    return state.response if state.response is Response.DISPUTED else RESPONSES.get(fact.move, state.response)


def _waiting_since(state: ReportState, target: Status, fact: EventFact) -> datetime | None:
    if target is not Status.WAITING:
        return None
    return fact.at if fact.move is Move.ASK else state.waiting_since


def _assignee(state: ReportState, target: Status, fact: EventFact) -> UUID | None:
    """Whoever was chosen; who starts an unassigned report, or asks about it, takes it on; a report back at the desk
    is nobody's.
    """
    if target in UNASSIGNED:
        return None
    if fact.move in {Move.START, Move.ASK} and state.assignee is None:
        return fact.actor
    return fact.assignee if fact.assignee is not None else state.assignee
