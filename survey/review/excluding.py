"""A named person takes ratings out of the index, or puts them back, and says why."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from offices import audit, dirty
from survey.models import Rating, RatingReview

MOST = 100  # at one stroke: what stands on one page, and was seen


class Decision(StrEnum):
    """What a reviewer may decide; the value ends the name of its action in the audit trail."""

    EXCLUDE = "exclude"
    RESTORE = "restore"
    KEEP = "keep"


@transaction
def exclude(
    session: Session, *, office_id: int, rating_ids: Sequence[UUID], reason: str, by: str, now: datetime
) -> int:
    """Take these out of the index; how many were in it. They stay in the second index, and on the page."""
    return _review(session, office_id, rating_ids, Decision.EXCLUDE, reason, by, now)


@transaction
def restore(
    session: Session, *, office_id: int, rating_ids: Sequence[UUID], reason: str, by: str, now: datetime
) -> int:
    """Put these back into the index; how many were out of it."""
    return _review(session, office_id, rating_ids, Decision.RESTORE, reason, by, now)


@transaction
def keep(session: Session, *, office_id: int, rating_ids: Sequence[UUID], reason: str, by: str, now: datetime) -> int:
    """Note that somebody looked at these and leaves them in the index; how many are in it."""
    return _review(session, office_id, rating_ids, Decision.KEEP, reason, by, now)


def _review(
    session: Session,
    office_id: int,
    rating_ids: Sequence[UUID],
    decision: Decision,
    reason: str,
    by: str,
    now: datetime,
) -> int:
    """Two who do the same at once write it once. Raises Refused."""
    _check(rating_ids, reason)
    is_excluded = decision == Decision.EXCLUDE
    chosen = sa.update(Rating).where(
        Rating.office_id == office_id,
        Rating.id.in_(rating_ids),
        Rating.is_excluded.is_(decision == Decision.RESTORE),
        Rating.withdrawn_at.is_(None),
    )
    taken = session.execute(chosen.values(is_excluded=is_excluded).returning(Rating.id, Rating.day)).all()
    if not taken:
        return 0
    said = {"is_excluded": is_excluded, "reason": reason, "reviewed_at": now, "reviewed_by": by}
    rows = [{"office_id": office_id, "id": uuid7(now), "rating_id": rating_id, **said} for rating_id, _day in taken]
    session.execute(sa.insert(RatingReview), rows)
    days = {day for _id, day in taken}
    if decision != Decision.KEEP:
        dirty.mark(session, office_id, dirty.Figures.RATINGS, days, now=now)
    months = ", ".join(sorted({str(Month.of_day(day)) for day in days}))
    told = {"ratings": len(taken), "reason": reason}
    audit.record(session, office_id, by, f"rating.{decision}", months, told, now=now)
    return len(taken)


def _check(rating_ids: Sequence[UUID], reason: str) -> None:
    if not rating_ids:
        raise Refused("Centang dulu penilaiannya.")
    if len(rating_ids) > MOST:
        raise Refused(f"Paling banyak {MOST} penilaian sekaligus.")
    if not reason:
        raise Refused("Tulis alasannya.", "reason")
