"""Named reads of the ratings that are looked over, and of what was said of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from core.calendar import Month
from survey.elements import OFFICIAL_ORDER
from survey.figures.groups import Dimension
from survey.figures.queries import COUNTS
from survey.figures.recount import group_sums, rating_sums
from survey.models import Rating, RatingReview
from survey.review.integrity import Given

ELEMENTS = len(OFFICIAL_ORDER)
AT_ONCE = 2000  # rows in memory while a month is read through
POINT = sa.func.coalesce(Rating.point_code, "")
COLUMNS = (
    Rating.id, POINT, Rating.service_code, Rating.edition_code, Rating.rated_at, Rating.day, Rating.source,
    Rating.fill_s, Rating.is_excluded, *(getattr(Rating, key.value) for key in OFFICIAL_ORDER),
)  # fmt: skip
SAME = sa.and_(Rating.office_id == RatingReview.office_id, Rating.id == RatingReview.rating_id)


@dataclass(frozen=True)
class Said:
    """What somebody said of one rating or, at one stroke, of several."""

    at: datetime
    by: str
    reason: str
    is_excluded: bool
    ratings: int = 1


def of_month(session: Session, office_id: int, month: Month, until: datetime | None = None) -> Iterator[Given]:
    """The month's ratings as the rules want them: by point, then in the order they came; of what had come in by the
    moment, where there is one. Read part by part.
    """
    chosen = sa.select(*COLUMNS).where(*_standing(office_id, month)).order_by(POINT, Rating.rated_at, Rating.id)
    if until is not None:
        chosen = chosen.where(Rating.recorded_at <= until)
    for row in session.execute(chosen.execution_options(yield_per=AT_ONCE)):
        yield _given(*row)


def last_said(session: Session, office_id: int, rating_ids: Collection[UUID]) -> Mapping[UUID, Said]:
    """What was last said of each of these ratings."""
    chosen = sa.select(RatingReview).where(
        RatingReview.office_id == office_id, RatingReview.rating_id.in_(rating_ids or [UUID(int=0)])
    )
    rows = session.scalars(chosen.order_by(RatingReview.reviewed_at, RatingReview.id))
    return {row.rating_id: Said(row.reviewed_at, row.reviewed_by, row.reason, row.is_excluded) for row in rows}


def reviewed(session: Session, office_id: int, month: Month) -> frozenset[UUID]:
    """The month's ratings that somebody has decided about, in or out."""
    chosen = sa.select(RatingReview.rating_id).join(Rating, SAME).where(*_standing(office_id, month))
    return frozenset(session.scalars(chosen.distinct()))


def history(session: Session, office_id: int, month: Month, most: int) -> Sequence[Said]:
    """What was said of the month's ratings, stroke by stroke, the newest first."""
    review = RatingReview
    keys = (review.reviewed_at, review.reviewed_by, review.reason, review.is_excluded)
    chosen = sa.select(*keys, sa.func.count()).join(Rating, SAME).where(*_standing(office_id, month)).group_by(*keys)
    rows = session.execute(chosen.order_by(review.reviewed_at.desc()).limit(most))
    return [Said(*row) for row in rows]


def of_stroke(session: Session, office_id: int, month: Month, at: datetime) -> frozenset[UUID]:
    """The month's ratings that were decided about at this one stroke, and at none since."""
    later = aliased(RatingReview)
    since = sa.exists().where(
        later.office_id == RatingReview.office_id,
        later.rating_id == RatingReview.rating_id,
        later.reviewed_at > RatingReview.reviewed_at,
    )
    chosen = sa.select(RatingReview.rating_id).join(Rating, SAME).where(*_standing(office_id, month))
    return frozenset(session.scalars(chosen.where(RatingReview.reviewed_at == at, ~since)))


def last_decided(session: Session, office_id: int, days: Collection[date]) -> datetime | None:
    """When somebody last decided about a rating of these days."""
    chosen = sa.select(sa.func.max(RatingReview.reviewed_at)).join(Rating, SAME)
    return session.scalar(chosen.where(Rating.office_id == office_id, Rating.day.in_(days)))


def sums_now(session: Session, office_id: int, month: Month, *, excluded: bool) -> list[tuple[str, tuple[int, ...]]]:
    """Of the ratings in the index now, or of those taken out of it: by edition, in the order of COUNTS."""
    source = group_sums(Dimension.EXCLUDED) if excluded else rating_sums()
    days = source.where(*_standing(office_id, month)).subquery()
    columns: list[sa.ColumnElement[Any]] = [sa.func.sum(days.c[name]) for name in COUNTS]
    rows = session.execute(sa.select(days.c.edition_code, *columns).group_by(days.c.edition_code))
    return [(edition, tuple(map(int, counts))) for edition, *counts in rows]


def _standing(office_id: int, month: Month) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Rating.office_id == office_id,
        Rating.day >= month.first_day,
        Rating.day < month.day_after,
        Rating.withdrawn_at.is_(None),
    )


def _given(*row: Any) -> Given:
    return Given(*(*row[:-ELEMENTS], row[-ELEMENTS:]))
