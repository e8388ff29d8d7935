"""Carries out a move that the table allows: the report's new state, its counters, its promises and its event."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import counters, events, notices, promises, search, states
from complaints.case_models import CategoryChange
from complaints.counters import place_of
from complaints.events import NewEvent, WrittenWords
from complaints.models import Complaint, Event
from complaints.states import EventFact, ReportState
from complaints.terms import QUIET, Exclusion, Move, Response, Source, Status
from complaints.workflow import Details
from core.calendar import Month, wib_day
from core.ids import uuid7
from offices import dirty
from offices.dirty import Figures


def carry_out(
    session: Session, report: Complaint, fact: EventFact, given: Details, *, first: EventFact | None = None
) -> UUID | None:
    """Record a checked move in the caller's transaction: the id of its event. `first` is a move that comes with it,
    just before, and brings nothing.

    None, and nothing done, when somebody else moved the report since it was read. A quiet move leaves the report as it
    is. The locks are taken in one order: report, counters, chain.
    """
    found = state_of(report)
    before = states.apply(found, first) if first else found
    state = states.apply(before, fact)
    if fact.move not in QUIET and not _stored(session, report, state, fact, given, moves=2 if first else 1):
        return None
    dirty.mark(session, report.office_id, Figures.COMPLAINTS, {report.received_on}, now=fact.recorded_at)
    if first:
        _recorded(session, report, first, Details(), states.changes(found, before))
    return _recorded(session, report, fact, given, states.changes(before, state))


def state_of(report: Complaint) -> ReportState:
    """The state that the report's columns hold."""
    return ReportState(
        status=Status(report.status),
        received_at=report.received_at,
        settled_at=report.settled_at,
        exclusion=Exclusion(report.exclusion) if report.exclusion else None,
        assignee=report.assignee_id,
        response=Response(report.response) if report.response else None,
        waiting_since=report.waiting_since,
    )


def was_reported(report: Complaint) -> bool:
    """Whether a resident reported it; the office's own patrols find things too."""
    return report.source != Source.PATROL


def words_of(given: Details) -> WrittenWords:
    """What was written with a move."""
    return WrittenWords(
        given.reason, given.action, given.answer, given.handed_over_to, given.question, given.said, given.note,
        given.record_number,
    )  # fmt: skip


def tidy_number(number: str) -> str:
    """A public number as it is stored."""
    return number.strip().upper()


def _stored(
    session: Session, report: Complaint, state: ReportState, fact: EventFact, given: Details, *, moves: int
) -> bool:
    """Take the report to its new state, unless it was moved since it was read."""
    promised = promises.after(session, report, state, fact.move, category=given.category, now=fact.at)
    values = _values(state) | promised.values | {"first_report": tidy_number(given.first_report) or None}
    if given.category:
        values["category_code"] = given.category
    if fact.move is Move.SETTLE:
        values["is_unproven"] = False
    changed = (
        sa.update(Complaint)
        .where(
            Complaint.office_id == report.office_id,
            Complaint.id == report.id,
            Complaint.version == report.version,
        )
        .values(**values, version=report.version + moves)
        .returning(Complaint.id)
        .execution_options(synchronize_session=False)
    )
    if session.execute(changed).first() is None:
        return False
    counters.shift(session, report.office_id, counters.of_report(report), place_of(values))
    promises.record(session, report, promised, now=fact.recorded_at)
    if given.category:
        _keep_category(session, report, now=fact.recorded_at)
    return True


def _keep_category(session: Session, report: Complaint, *, now: datetime) -> None:
    """Which category the report had until now, for whoever asks how things stood."""
    kept = {"office_id": report.office_id, "id": uuid7(now), "complaint_id": report.id, "changed_at": now}
    session.execute(sa.insert(CategoryChange).values(kept | {"before": report.category_code}))


def _values(state: ReportState) -> dict[str, object]:
    """The columns that follow from the state. A person has looked, so the report is no longer held for review."""
    if state.status is None:
        raise ValueError("a stored report has a status")
    return {
        "status": state.status.value,
        "settled_at": state.settled_at,
        "exclusion": state.exclusion.value if state.exclusion else None,
        "assignee_id": state.assignee,
        "response": state.response.value if state.response else None,
        "waiting_since": state.waiting_since,
        "is_held": False,
    }


def _recorded(session: Session, report: Complaint, fact: EventFact, given: Details, changes: states.Changes) -> UUID:
    words = words_of(given)
    if words.said:
        search.add(session, report.office_id, report.number, words.said)
    event = NewEvent(
        complaint_id=report.id,
        move=fact.move,
        at=fact.at,
        actor_id=fact.actor,
        assignee_id=fact.assignee,
        exclusion=fact.exclusion,
        is_first_close=_is_first_close(session, report, fact),
        words=words if words != WrittenWords() else None,
        confirmed_change=changes.confirmed,
        disputed_change=changes.disputed,
        joiner_id=fact.joiner,
    )
    event_id = events.append(session, report.office_id, event, now=fact.recorded_at)
    notices.put_down(session, report.office_id, report.id, event_id, fact.move, now=fact.recorded_at)
    return event_id


def _is_first_close(session: Session, report: Complaint, fact: EventFact) -> bool:
    """Whether this settles the report for the first time in its WIB month: throughput counts reports, not moves."""
    if fact.move is not Move.SETTLE:
        return False
    month = Month.of_day(wib_day(fact.at))
    earlier = sa.select(Event.id).where(
        Event.office_id == report.office_id,
        Event.complaint_id == report.id,
        Event.move == Move.SETTLE.value,
        Event.day.between(month.first_day, month.last_day),
    )
    return session.scalar(earlier.limit(1)) is None
