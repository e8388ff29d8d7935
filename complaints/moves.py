"""The moves staff make: allowed by the table, raced by version, recorded as an event, all in one transaction."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import desk_queries, events, queries, workflow
from complaints.deadlines import next_due
from complaints.events import NewEvent, WrittenWords
from complaints.models import Complaint, Event
from complaints.terms import Exclusion, Move, Need, Status
from complaints.workflow import Details, EventFact, ReportState
from core.calendar import Month, wib_day
from core.db import transaction
from core.errors import Conflict, Refused
from offices import dirty
from offices.dirty import Figures

MOVED_MEANWHILE = "Laporan ini baru saja dipindahkan oleh petugas lain. Lihat keadaannya sekarang, lalu putuskan lagi."
NOT_A_HANDLER = "Petugas ini tidak ada atau sudah tidak aktif. Pilih petugas lain."


@transaction
def move(
    session: Session,
    *,
    office_id: int,
    number: str,
    version: int,
    move: Move,
    role: str,
    actor_id: UUID,
    details: Details,
    now: datetime,
) -> None:
    """Make a move on the report as the officer saw it (`version`).

    Raises Missing for an unknown number, Conflict when the report was moved since, Refused (naming the field at
    fault) when the table, the role or a detail forbids it. Details that the move doesn't ask for are not kept.
    The same move by the same officer once more, as a second tap makes it, changes nothing.
    """
    report = desk_queries.for_staff(session, office_id, number)
    if report.version != version:
        _allow_second_tap(session, report, version, EventFact(move, now, now, actor_id), details)
        return
    rule = workflow.check(Status(report.status), move, role, details)
    given = _asked_for(details, workflow.needs(rule, details.exclusion))
    _check_names(session, report, given)
    fact = EventFact(move, now, now, actor_id, given.assignee, given.exclusion)
    if not _stored(session, report, workflow.apply(_state(report), fact), given.first_report):
        session.refresh(report)
        _allow_second_tap(session, report, version, fact, given)
        return
    dirty.mark(session, office_id, Figures.COMPLAINTS, {report.received_on}, now=now)
    _record(session, report, fact, given)


def _asked_for(details: Details, needed: frozenset[Need]) -> Details:
    """Only what the move asks for, so that a forged or forgotten field changes nothing."""
    return Details(**{need.value: getattr(details, need.value) for need in needed})


def _check_names(session: Session, report: Complaint, given: Details) -> None:
    if given.assignee is not None:
        officers = desk_queries.assignable(session, report.office_id)
        if given.assignee not in {officer.id for officer in officers}:
            raise Refused(NOT_A_HANDLER, Need.ASSIGNEE.value)
    if given.exclusion is Exclusion.DUPLICATE:
        _check_first(session, report, given.first_report)


def _check_first(session: Session, report: Complaint, number: str) -> None:
    """A duplicate points at a report that came by itself; following such links never leads in a circle."""
    first = _locked(session, report.office_id, number)
    if first is None:
        raise Refused(f"Laporan {_tidy(number)} tidak ada. Periksa nomornya.", Need.FIRST_REPORT.value)
    if first.id == report.id:
        raise Refused("Ini nomor laporan ini sendiri. Tulis nomor laporan lain.", Need.FIRST_REPORT.value)
    if first.first_report is not None:
        raise Refused(
            f"{first.number} sendiri dicatat sama dengan {first.first_report}. Kembalikan dulu {first.number} ke "
            "hitungan, atau tulis nomor laporan lain.",
            Need.FIRST_REPORT.value,
        )


def _locked(session: Session, office_id: int, number: str) -> Complaint | None:
    """Another report, kept as it is until this transaction ends: it must not become a duplicate meanwhile."""
    chosen = sa.select(Complaint).filter_by(office_id=office_id, number=_tidy(number))
    chosen = chosen.where(Complaint.status != Status.WITHDRAWN.value)
    return session.scalar(chosen.with_for_update(read=True))


def _tidy(number: str) -> str:
    return number.strip().upper()


def _state(report: Complaint) -> ReportState:
    return ReportState(
        status=Status(report.status),
        received_at=report.received_at,
        settled_at=report.settled_at,
        exclusion=Exclusion(report.exclusion) if report.exclusion else None,
        assignee=report.assignee_id,
    )


def _allow_second_tap(session: Session, report: Complaint, version: int, fact: EventFact, given: Details) -> None:
    """Raise Conflict unless all that came between is this very move by this very officer."""
    last = queries.events_of(session, report.office_id, report.id)[-1]
    made = (report.version, last.fact.move, last.fact.actor, last.fact.assignee, last.fact.exclusion, last.words)
    if made != (version + 1, fact.move, fact.actor, given.assignee, given.exclusion, _words(given)):
        raise Conflict(MOVED_MEANWHILE)


def _stored(session: Session, report: Complaint, state: ReportState, first_report: str) -> bool:
    """Take the report to its new state; False when somebody else took it away since it was read."""
    changed = (
        sa.update(Complaint)
        .where(
            Complaint.office_id == report.office_id,
            Complaint.id == report.id,
            Complaint.version == report.version,
        )
        .values(**_values(report, state), version=report.version + 1, first_report=_tidy(first_report) or None)
        .returning(Complaint.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(changed).first() is not None


def _values(report: Complaint, state: ReportState) -> dict[str, object]:
    """The columns that follow from the state. A person has looked, so the report is no longer held for review."""
    if state.status is None:
        raise ValueError("a stored report has a status")
    return {
        "status": state.status.value,
        "settled_at": state.settled_at,
        "exclusion": state.exclusion.value if state.exclusion else None,
        "assignee_id": state.assignee,
        "due_on": next_due(state.status, desk_queries.promised(report)),
        "is_held": False,
    }


def _record(session: Session, report: Complaint, fact: EventFact, given: Details) -> None:
    words = _words(given)
    event = NewEvent(
        complaint_id=report.id,
        move=fact.move,
        at=fact.at,
        actor_id=fact.actor,
        assignee_id=fact.assignee,
        exclusion=fact.exclusion,
        is_first_close=_is_first_close(session, report, fact),
        words=words if words != WrittenWords() else None,
    )
    events.append(session, report.office_id, event, now=fact.recorded_at)


def _words(given: Details) -> WrittenWords:
    return WrittenWords(given.reason, given.action, given.answer, given.handed_over_to)


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
