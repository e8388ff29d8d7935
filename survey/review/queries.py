"""Named reads of the follow-up plan, and what others may ask of suggestions."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month
from core.errors import Missing
from core.periods import Period
from survey.review.models import FollowUp
from survey.review.suggestion_queries import for_report, themes
from survey.review.terms import Status

__all__ = [
    "by_ids", "follow_up", "for_report", "of_period", "open_lines", "planned_periods", "published", "themes", "told_in",
    "unfinished",
]  # fmt: skip
MOST_TO_CHOOSE = 60  # lines that a suggestion may be laid to: the newest
# What residents may be told of: a promise that nobody has begun to keep is no improvement.
MOST_TOLD = 200  # published lines that are looked through for those of a period
TOLD = (Status.DOING.value, Status.DONE.value)


def published(session: Session, office_id: int, most: int = 3) -> Sequence[FollowUp]:
    """What residents are told was improved, the newest first."""
    chosen = sa.select(FollowUp).where(
        FollowUp.office_id == office_id, FollowUp.is_public, FollowUp.public_words != "", FollowUp.status.in_(TOLD)
    )
    return session.scalars(chosen.order_by(FollowUp.changed_at.desc(), FollowUp.id.desc()).limit(most)).all()


def told_in(session: Session, office_id: int, period: Period, most: int) -> Sequence[FollowUp]:
    """What residents are told was improved in this period or from the figures of the one before, the newest first."""
    return [row for row in published(session, office_id, MOST_TOLD) if _belongs(row, period)][:most]


def _belongs(row: FollowUp, period: Period) -> bool:
    """Whether it was done, or planned from figures, in the period or the one before; else whether it is due in it."""
    around = Period(period.previous().first, period.last)
    if around.holds(str(Period.parse(row.period).last)):
        return True
    if row.done_on:
        return around.holds(str(Month.of_day(row.done_on)))
    return period.holds(str(Period.parse(row.due).last))


def of_period(session: Session, office_id: int, period: str) -> Sequence[FollowUp]:
    """The plan made from the figures of a period ("2026-S1"), in the order written; dropped lines too."""
    chosen = sa.select(FollowUp).filter_by(office_id=office_id, period=period)
    return session.scalars(chosen.order_by(FollowUp.id)).all()


def follow_up(session: Session, office_id: int, follow_up_id: UUID) -> FollowUp:
    """One line of a plan of this office; raises Missing."""
    found = session.get(FollowUp, (office_id, follow_up_id))
    if found is None:
        raise Missing("Rencana ini tidak ada.")
    return found


def by_ids(session: Session, office_id: int, follow_up_ids: Collection[UUID]) -> Mapping[UUID, FollowUp]:
    """These lines, by their ids."""
    chosen = sa.select(FollowUp).where(FollowUp.office_id == office_id, FollowUp.id.in_(follow_up_ids or [UUID(int=0)]))
    return {row.id: row for row in session.scalars(chosen)}


def open_lines(session: Session, office_id: int) -> Sequence[FollowUp]:
    """The newest lines that were not dropped."""
    chosen = sa.select(FollowUp).where(FollowUp.office_id == office_id, FollowUp.status != Status.DROPPED.value)
    return session.scalars(chosen.order_by(FollowUp.id.desc()).limit(MOST_TO_CHOOSE)).all()


def unfinished(session: Session, office_id: int) -> Sequence[FollowUp]:
    """Every line that is planned or being done, in the order written."""
    waiting = (Status.PLANNED.value, Status.DOING.value)
    chosen = sa.select(FollowUp).where(FollowUp.office_id == office_id, FollowUp.status.in_(waiting))
    return session.scalars(chosen.order_by(FollowUp.id)).all()


def planned_periods(session: Session, office_id: int) -> Sequence[tuple[str, int]]:
    """Each period that has a plan, and how many lines; the newest written first."""
    rows = sa.select(FollowUp.period, sa.func.count()).filter_by(office_id=office_id).group_by(FollowUp.period)
    found = session.execute(rows.order_by(sa.func.max(FollowUp.id.cast(sa.Text)).desc()))
    return [(period, lines) for period, lines in found]
