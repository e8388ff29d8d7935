"""What happens to a report is put down to be told, in the transaction in which it happens."""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from complaints.terms import Move
from core import outbox
from core.outbox import Channel

# Nobody outside is told of these.
UNTOLD = frozenset({Move.NOTE, Move.ERASE, Move.WITHDRAW})


def put_down(
    session: Session, office_id: int, complaint_id: UUID, event_id: UUID, move: Move, *, now: datetime
) -> None:
    """One row, in the caller's transaction. Who is told, and in which words, is looked up when it is sent: so nothing
    personal waits here, and whoever is erased meanwhile is not told.
    """
    if move in UNTOLD:
        return
    outbox.put(
        session,
        office_id,
        Channel.NOTICE,
        once=f"event:{event_id}",
        about=complaint_id,
        sealed=payload(event=event_id),
        now=now,
    )


def payload(**names: object) -> bytes:
    """What a message holds: ids, and nothing else."""
    return json.dumps({key: value if isinstance(value, list) else str(value) for key, value in names.items()}).encode()
