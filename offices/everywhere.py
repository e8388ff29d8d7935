"""What a command does to the whole installation, noted in the trail of every office."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.db import transaction
from offices import audit, queries


@transaction
def note(session: Session, action: str, subject: str, *, by: str, now: datetime) -> None:
    """Each office has it in its own trail: each has data that it concerns."""
    for office in queries.offices(session):
        audit.note(session, office.id, by, action, subject, {}, now=now)
