"""A named person takes ratings out of the index, or puts them back, and says why."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.batches import batches
from core.calendar import Month
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from offices import audit, dirty
from survey.models import Rating, RatingReview
from survey.review import rating_queries

AT_ONCE = 500  # ids in one statement


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
    taken = _taken(session, office_id, rating_ids, decision)
    if not taken:
        return 0
    days = set(taken.values())
    at = _after_others(session, office_id, days, now)
    said = {"is_excluded": decision == Decision.EXCLUDE, "reason": reason, "reviewed_at": at, "reviewed_by": by}
    rows = [{"office_id": office_id, "id": uuid7(at), "rating_id": rating_id, **said} for rating_id in taken]
    session.execute(sa.insert(RatingReview), rows)
    if decision != Decision.KEEP:
        dirty.mark(session, office_id, dirty.Figures.RATINGS, days, now=now)
    months = ", ".join(sorted({str(Month.of_day(day)) for day in days}))
    told = {"ratings": len(taken), "reason": reason}
    audit.record(session, office_id, by, f"rating.{decision}", months, told, now=now)
    return len(taken)


def _taken(session: Session, office_id: int, rating_ids: Sequence[UUID], decision: Decision) -> Mapping[UUID, date]:
    """Those of the ratings that were as the decision finds them, with their days; nobody else decides about them until
    this transaction ends.
    """
    taken: dict[UUID, date] = {}
    for ids in batches(rating_ids, AT_ONCE):
        chosen = sa.update(Rating).where(
            Rating.office_id == office_id,
            Rating.id.in_(ids),
            Rating.is_excluded.is_(decision == Decision.RESTORE),
            Rating.withdrawn_at.is_(None),
        )
        changed = chosen.values(is_excluded=decision == Decision.EXCLUDE).returning(Rating.id, Rating.day)
        taken |= dict(session.execute(changed).all())
    return taken


def _after_others(session: Session, office_id: int, days: Collection[date], now: datetime) -> datetime:
    """The moment of this decision: later than every earlier one about ratings of these days, also than one that read
    the clock after us and was written before. So what is the last by its moment is what the rating says.
    """
    before = rating_queries.last_decided(session, office_id, days)
    return now if before is None else max(now, before + timedelta.resolution)


def _check(rating_ids: Sequence[UUID], reason: str) -> None:
    if not rating_ids:
        raise Refused("Centang dulu penilaiannya.")
    if not reason:
        raise Refused("Tulis alasannya.", "reason")
