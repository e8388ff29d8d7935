"""What failed to be sent is tried once more, by hand. It leaves an entry in the audit trail."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from complaints.messages import notice_queries
from core import outbox_queries
from core.db import transaction
from core.errors import Missing
from core.outbox_models import Message
from offices import audit

MOST_NAMED = 5  # reports, in one entry


@transaction
def retry(session: Session, *, office_id: int, message_id: UUID | None, by: str, now: datetime) -> int:
    """Try a message that failed or was given up (None: all of them) again at once: how many. Raises Missing."""
    if message_id is not None and session.get(Message, (office_id, message_id)) is None:
        raise Missing("Kiriman ini tidak ada.")
    abouts = outbox_queries.retry(session, office_id, message_id, now=now)
    if abouts:
        numbers = notice_queries.numbers(session, office_id, {about for about in abouts if about}).values()
        subject = ", ".join(sorted(numbers)[:MOST_NAMED])
        audit.record(session, office_id, by, "outbox.retry", subject, {"messages": len(abouts)}, now=now)
    return len(abouts)
