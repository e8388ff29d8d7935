"""A passkey's proof gets somebody in once: synced passkeys count nothing that would tell a second use."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.db import transaction
from core.upsert import insert_for
from offices.signin.models import SpentChallenge

KEPT = timedelta(hours=1)  # far over the minute for which the library takes an answer


@transaction
def spend(session: Session, *, challenge: str, now: datetime) -> bool:
    """Whether this is the first proof that answers the challenge."""
    session.execute(sa.delete(SpentChallenge).where(SpentChallenge.spent_at < now - KEPT))
    row = insert_for(session, SpentChallenge).values(challenge=challenge, spent_at=now).on_conflict_do_nothing()
    return session.scalar(row.returning(SpentChallenge.challenge)) is not None
