"""How the outbox stands, for the operator: what waits, what failed, what was given up; and once more by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.db import transaction
from core.outbox import NOBODY
from core.outbox_models import Message

MOST_SHOWN = 100
# So long is remembered that something was sent, or that nobody was there to be told.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """How many messages wait for their first try, wait after a failed one, were given up; and when the last went."""

    waiting: int
    failing: int
    given_up: int
    last_sent_at: datetime | None


def standing(session: Session, office_id: int) -> Standing:
    """The office's outbox in three numbers."""
    waits = sa.select(sa.func.count().filter(Message.tries == 0), sa.func.count().filter(Message.tries > 0)).where(
        Message.office_id == office_id, Message.next_at.is_not(None)
    )
    fresh, failing = session.execute(waits).one()
    lost = sa.select(sa.func.count()).select_from(Message).where(_given_up(office_id))
    last = sa.select(sa.func.max(Message.sent_at)).where(Message.office_id == office_id)
    return Standing(fresh, failing, session.scalar(lost) or 0, session.scalar(last))


@dataclass(frozen=True)
class Queue:
    """The outboxes of all offices together; `oldest_due`: since when the longest waiting message might have gone."""

    waiting: int
    failing: int
    given_up: int
    oldest_due: datetime | None


def whole(session: Session) -> Queue:
    """For whoever watches over the installation."""
    fresh, failing = sa.func.count().filter(Message.tries == 0), sa.func.count().filter(Message.tries > 0)
    waits = sa.select(fresh, failing, sa.func.min(Message.next_at)).where(Message.next_at.is_not(None))
    lost = sa.select(sa.func.count()).where(Message.given_up_at.is_not(None), Message.last_error != NOBODY)
    waiting, tried, oldest = session.execute(waits).one()
    return Queue(waiting, tried, session.scalar(lost) or 0, oldest)


def troubled(session: Session, office_id: int) -> Sequence[Message]:
    """Messages that failed and are tried again, then those given up; each the newest first, a hundred at most."""
    failing = sa.and_(Message.office_id == office_id, Message.next_at.is_not(None), Message.tries > 0)
    found: list[Message] = []
    for chosen in (failing, _given_up(office_id)):
        rows = sa.select(Message).where(chosen).order_by(Message.id.desc()).limit(MOST_SHOWN)
        found += session.scalars(rows)
    return found


def retry(session: Session, office_id: int, message_id: UUID | None, *, now: datetime) -> list[UUID | None]:
    """Try a message that failed or was given up (None: all of them) again at once, as if it were new, in the caller's
    transaction: what each is about.
    """
    failing = sa.and_(Message.office_id == office_id, Message.next_at.is_not(None), Message.tries > 0)
    chosen = sa.or_(failing, _given_up(office_id))
    if message_id is not None:
        chosen = sa.and_(chosen, Message.office_id == office_id, Message.id == message_id)
    again = sa.update(Message).where(chosen).values(next_at=now, given_up_at=None, tries=0)
    return list(session.scalars(again.returning(Message.about).execution_options(synchronize_session=False)))


@transaction
def tidy(session: Session, *, office_id: int, now: datetime) -> int:
    """Forget what went long ago, and what nobody was there for: how many messages."""
    went = sa.and_(Message.office_id == office_id, Message.sent_at < now - KEPT)
    unheard = sa.and_(Message.office_id == office_id, Message.given_up_at < now - KEPT, Message.last_error == NOBODY)
    gone = sa.delete(Message).where(sa.or_(went, unheard)).returning(Message.id)
    return len(session.scalars(gone.execution_options(synchronize_session=False)).all())


def _given_up(office_id: int) -> sa.ColumnElement[bool]:
    """What was tried in vain; not what nobody was there for."""
    return sa.and_(Message.office_id == office_id, Message.given_up_at.is_not(None), Message.last_error != NOBODY)
