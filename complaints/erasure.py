"""Erases who reported, some time after a report has ended. The report and its counting stay."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk_models import PushSubscription
from complaints.models import Complaint, Contact, Event


def erase_ended(session: Session, office_id: int, ended_before: date) -> int:
    """Erase the contacts of reports that are closed and had their last move before the day, and the browsers that were
    told of them; how many contacts.
    """
    moved_since = sa.exists().where(
        Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id, Event.day >= ended_before
    )
    ended = sa.select(Complaint.id).where(
        Complaint.office_id == office_id, Complaint.due_on.is_(None), sa.not_(moved_since)
    )
    phones = sa.and_(PushSubscription.office_id == office_id, PushSubscription.complaint_id.in_(ended))
    session.execute(sa.delete(PushSubscription).where(phones))
    erased = sa.delete(Contact).where(Contact.office_id == office_id, Contact.complaint_id.in_(ended))
    return len(session.scalars(erased.returning(Contact.complaint_id)).all())
