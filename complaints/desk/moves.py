"""The moves staff make: allowed by the table, raced by version, recorded as an event, all in one transaction."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import queries, workflow
from complaints.carrying import carry_out, tidy_number, was_reported, words_of
from complaints.desk import desk_queries
from complaints.events import WrittenWords
from complaints.fetching import for_staff
from complaints.models import Complaint
from complaints.pictures import proof_queries, proofs
from complaints.states import EventFact
from complaints.terms import NEED_WORDS, QUIET, Exclusion, Move, Need, Status
from complaints.workflow import MAY_BRING, RULES, Details
from core.db import transaction
from core.errors import Conflict, Refused

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
    verify_first: bool = False,
    now: datetime,
) -> None:
    """Make a move on the report as the officer saw it (`version`).

    Raises Missing for an unknown number, Conflict when the report was moved since, Refused (naming the field at
    fault) when the table, the role or a detail forbids it. Details that the move doesn't ask for are not kept.
    The same move by the same officer once more, as a second tap makes it, changes nothing. With `verify_first`, a
    report that has just come in is verified with the move: both or neither.
    """
    report = for_staff(session, office_id, number)
    if report.version != version and move not in QUIET:
        _allow_second_tap(session, report, version, EventFact(move, now, now, actor_id), details)
        return
    if move is Move.SETTLE:
        details = replace(details, evidence=proof_queries.evidence(session, report))
    first = EventFact(Move.VERIFY, now, now, actor_id) if verify_first and report.status == Status.RECEIVED else None
    _check_rules(report, move, role, details, first)
    given = _asked_for(details, move)
    _check_names(session, report, given)
    fact = EventFact(move, now, now, actor_id, given.assignee, given.exclusion)
    event_id = carry_out(session, report, fact, given, first=first)
    if event_id is None:
        session.refresh(report)
        _allow_second_tap(session, report, version, fact, given)
    elif move is Move.SETTLE:
        proofs.close(session, report, event_id, details, by=actor_id, now=now)


def _check_rules(report: Complaint, move: Move, role: str, details: Details, first: EventFact | None) -> None:
    status, held, reported = Status(report.status), report.is_held, was_reported(report)
    if first:
        status = workflow.check(status, first.move, role, Details(), held=held, reported=reported).target
    workflow.check(status, move, role, details, held=held, reported=reported)


def _asked_for(details: Details, move: Move) -> Details:
    """Only what the move asks for, from wherever it is made, so that a forged or forgotten field changes nothing."""
    needed = workflow.needs(next(rule for rule in RULES if rule.move is move), details.exclusion)
    needed |= MAY_BRING.get(move, frozenset())
    return Details(**{need.value: getattr(details, need.value) for need in needed})


def _check_names(session: Session, report: Complaint, given: Details) -> None:
    if given.assignee is not None:
        officers = desk_queries.assignable(session, report.office_id)
        if given.assignee not in {officer.id for officer in officers}:
            raise Refused(NOT_A_HANDLER, Need.ASSIGNEE.value)
    if given.category:
        kinds = {row.code for row in queries.open_categories(session, report.office_id)} - {report.category_code}
        if given.category not in kinds:
            raise Refused(NEED_WORDS[Need.CATEGORY], Need.CATEGORY.value)
    if given.exclusion is Exclusion.DUPLICATE:
        _check_first(session, report, given.first_report)


def _check_first(session: Session, report: Complaint, number: str) -> None:
    """A duplicate points at a report that came by itself; following such links never leads in a circle."""
    first = _locked(session, report.office_id, number)
    if first is None:
        raise Refused(f"Laporan {tidy_number(number)} tidak ada. Periksa nomornya.", Need.FIRST_REPORT.value)
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
    chosen = sa.select(Complaint).filter_by(office_id=office_id, number=tidy_number(number))
    chosen = chosen.where(Complaint.status != Status.WITHDRAWN.value)
    return session.scalar(chosen.with_for_update(read=True))


def _allow_second_tap(session: Session, report: Complaint, version: int, fact: EventFact, details: Details) -> None:
    """Raise Conflict unless all that came between is this very move by this very officer, who may have verified the
    report with it.
    """
    given = _asked_for(details, fact.move)
    steps = [step for step in queries.events_of(session, report.office_id, report.id) if step.fact.move not in QUIET]
    since = steps[version - report.version :] if version < report.version else []
    came = [(step.fact.move, step.fact.actor, step.fact.assignee, step.fact.exclusion, step.words) for step in since]
    made = (fact.move, fact.actor, given.assignee, given.exclusion, words_of(given))
    verified = (Move.VERIFY, fact.actor, None, None, WrittenWords())
    if came != [made] and (came != [verified, made] or fact.move is not Move.ASSIGN):
        raise Conflict(MOVED_MEANWHILE)
