"""Erases what suggestions say, some time after they were written. That they were written is counted still."""

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.retention import Ends
from survey.models import ERASED, Rating


def erase_suggestions(session: Session, ends: Ends) -> Counter[int]:
    """Erase the words of suggestions that were written before the day, of all offices at once; how many of each."""
    old = sa.and_(
        Rating.suggestion != sa.literal_column("''"),  # written out, so that the index of suggestions can be used
        Rating.suggestion != ERASED,
        Rating.day < ends.day(Rating.office_id),
    )
    gone = sa.update(Rating).where(old).values(suggestion=ERASED).returning(Rating.office_id)
    return Counter(session.scalars(gone.execution_options(synchronize_session=False)))
