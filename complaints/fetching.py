"""One report, fetched and authorised in one place, so that nobody forgets whose it is; or locked, to be changed."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint
from core.errors import Missing

NOT_HERE = "Laporan ini tidak ada. Periksa nomornya di daftar laporan."


def for_staff(session: Session, office_id: int, number: str) -> Complaint:
    """The office's report with this public number, in any case; raises Missing, for another office's too."""
    found = session.scalar(sa.select(Complaint).filter_by(office_id=office_id, number=number.strip().upper()))
    if found is None:
        raise Missing(NOT_HERE)
    return found


def locked(session: Session, office_id: int, complaint_id: UUID) -> Complaint:
    """The report as it is now, also where it was read before, and kept from every other writer until this
    transaction ends; raises Missing.
    """
    chosen = sa.select(Complaint).filter_by(office_id=office_id, id=complaint_id).with_for_update()
    found = session.scalar(chosen.execution_options(populate_existing=True))
    if found is None:
        raise Missing(NOT_HERE)
    return found
