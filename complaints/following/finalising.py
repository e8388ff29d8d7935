"""Closes for good what was settled and met with silence."""

import logging
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from complaints import workflow
from complaints.carrying import carry_out
from complaints.fetching import locked
from complaints.following import tracking_queries
from complaints.states import EventFact
from complaints.terms import Move, Status
from complaints.workflow import Details
from core.db import read_afresh, transaction

SYSTEM = "system"
log = logging.getLogger(__name__)


def finalise_silent(*, today: date, now: datetime) -> int:
    """Close every settled report whose last day for an answer lies before the WIB day; how many.

    One transaction each: whoever holds the chain of events must wait for nobody, so no two reports are moved in one.
    One that can't be closed, because its record is broken, holds up neither the others nor the night: it is logged.
    """
    session = read_afresh()
    silent = tracking_queries.silent(session, today)
    session.rollback()  # an open read would keep the database's own housekeeping from its work
    return sum(_tried(office_id=office, complaint_id=key, today=today, now=now) for office, key in silent)


def _tried(*, office_id: int, complaint_id: UUID, today: date, now: datetime) -> bool:
    try:
        return _finalise(office_id=office_id, complaint_id=complaint_id, today=today, now=now)
    except Exception:
        log.exception("report %s of office %s could not be closed for good", complaint_id, office_id)
        return False


@transaction
def _finalise(session: Session, *, office_id: int, complaint_id: UUID, today: date, now: datetime) -> bool:
    """Close one, unless somebody answered meanwhile."""
    report = locked(session, office_id, complaint_id)
    if report.status != Status.SETTLED or report.answer_by is None or report.answer_by >= today:
        return False
    workflow.check(Status(report.status), Move.FINALISE, SYSTEM, Details())
    return carry_out(session, report, EventFact(Move.FINALISE, now, now), Details()) is not None
