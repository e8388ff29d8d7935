"""Notes who took ratings out one by one."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.db import transaction
from core.periods import Period
from offices import audit


@transaction
def note(session: Session, /, *, office_id: int, period: Period, form: str, by: str, now: datetime) -> None:
    """An entry in the audit trail: the file holds attributes of respondents."""
    audit.record(session, office_id, by, "ratings.export", str(period), {"file": form}, now=now)
