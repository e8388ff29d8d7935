"""Counts reports that nobody had yet reviewed at a moment, so that holding one back is never a quiet matter."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint, Event
from complaints.terms import QUIET, Move

LOOKS_AT_NOTHING = (Move.RECEIVE.value, *sorted(QUIET))


def by_day(session: Session, office_id: int, *, first: date, day_after: date, recorded_by: datetime) -> dict[date, int]:
    """How many of the reports received from `first` on, before `day_after`, were still held at `recorded_by`: for each
    day of receipt that has any.
    """
    looked_at = sa.exists().where(
        Event.office_id == Complaint.office_id,
        Event.complaint_id == Complaint.id,
        Event.move.not_in(LOOKS_AT_NOTHING),
        Event.recorded_at <= recorded_by,
    )
    chosen = sa.select(Complaint.received_on, sa.func.count()).where(
        Complaint.office_id == office_id,
        Complaint.held_because.is_not(None),
        Complaint.received_on >= first,
        Complaint.received_on < day_after,
        Complaint.recorded_at <= recorded_by,
        ~looked_at,
    )
    found = session.execute(chosen.group_by(Complaint.received_on))
    return dict(list(found))
