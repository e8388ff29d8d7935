"""Named reads of locked months."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month
from core.errors import Missing
from core.periods import Period
from indicators.locks.models import MonthApproval, MonthLock
from offices.models import DirtyDay


def newest(session: Session, office_id: int, month: Month, as_of: datetime | None = None) -> MonthLock | None:
    """The version that counts (or that counted at a moment); None while the month is not locked."""
    chosen = sa.select(MonthLock).filter_by(office_id=office_id, month=str(month))
    if as_of is not None:
        chosen = chosen.where(MonthLock.locked_at <= as_of)
    return session.scalar(chosen.order_by(MonthLock.version.desc()).limit(1))


def version(session: Session, office_id: int, month: Month, number: int) -> MonthLock:
    """One version of a month; raises Missing."""
    found = session.scalar(sa.select(MonthLock).filter_by(office_id=office_id, month=str(month), version=number))
    if found is None:
        raise Missing("Versi ini tidak ada.")
    return found


def versions(session: Session, office_id: int, month: Month) -> Sequence[MonthLock]:
    """Every version of a month, the newest first."""
    chosen = sa.select(MonthLock).filter_by(office_id=office_id, month=str(month))
    return session.scalars(chosen.order_by(MonthLock.version.desc())).all()


def approvals(
    session: Session, office_id: int, month: Month, as_of: datetime | None = None
) -> Mapping[int, MonthApproval]:
    """The Camat's approval of each version that has one (or that had one at a moment)."""
    chosen = sa.select(MonthApproval).filter_by(office_id=office_id, month=str(month))
    if as_of is not None:
        chosen = chosen.where(MonthApproval.approved_at <= as_of)
    return {row.version: row for row in session.scalars(chosen)}


def locked_months(session: Session, office_id: int, period: Period, as_of: datetime | None = None) -> Mapping[str, int]:
    """The newest version of each month of the period that is locked (or that was at a moment)."""
    chosen = sa.select(MonthLock.month, sa.func.max(MonthLock.version)).where(
        MonthLock.office_id == office_id, MonthLock.month.between(*period.texts)
    )
    if as_of is not None:
        chosen = chosen.where(MonthLock.locked_at <= as_of)
    return dict(list(session.execute(chosen.group_by(MonthLock.month).order_by(MonthLock.month))))


def uncounted_days(session: Session, office_id: int, period: Period) -> int:
    """Days of the period on which something changed that the night has not counted yet."""
    chosen = sa.select(sa.func.count(DirtyDay.day.distinct())).where(
        DirtyDay.office_id == office_id, DirtyDay.day.between(period.first.first_day, period.last.last_day)
    )
    return session.scalars(chosen).one()
