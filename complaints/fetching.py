"""A report for staff: fetched and authorised in one place, so that nobody forgets whose it is."""

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
