"""Named reads for an officer in the field."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint

MOST = 60  # what one person carries, and a phone keeps at one go


def open_cases(session: Session, office_id: int, staff_id: UUID) -> list[str]:
    """Public numbers of this officer's open cases, the nearest promise first; MOST of them are for the phone."""
    mine = sa.select(Complaint.number).where(
        Complaint.office_id == office_id, Complaint.assignee_id == staff_id, Complaint.due_on.is_not(None)
    )
    return list(session.scalars(mine.order_by(Complaint.due_on, Complaint.id)))
