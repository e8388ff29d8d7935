"""Named reads of locked months, as everybody may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.periods import Period
from indicators.locks.definitions import Definitions
from indicators.locks.models import MonthApproval, MonthLock
from indicators.months import storing
from indicators.months.open_row import OpenRow


@dataclass(frozen=True)
class Locked:
    """A version of a locked month, counted at `as_of`; `approved_at`: by the Camat, None: not yet."""

    month: str
    number: int
    as_of: datetime
    locked_at: datetime
    approved_at: datetime | None
    reason: str
    row: OpenRow


def versions(session: Session, office_id: int, period: Period | None = None) -> Sequence[Locked]:
    """Every version of every month (or of the period's), by month and number, in one reading."""
    approved = sa.and_(
        MonthApproval.office_id == MonthLock.office_id,
        MonthApproval.month == MonthLock.month,
        MonthApproval.version == MonthLock.version,
    )
    columns = (MonthLock.month, MonthLock.version, MonthLock.as_of, MonthLock.locked_at, MonthApproval.approved_at)
    chosen = sa.select(*columns, MonthLock.reason, MonthLock.published).outerjoin(MonthApproval, approved)
    chosen = chosen.where(MonthLock.office_id == office_id).order_by(MonthLock.month, MonthLock.version)
    if period is not None:
        chosen = chosen.where(MonthLock.month.between(*period.texts))
    return [
        Locked(month, number, as_of, at, approved_at, reason, storing.value_of(text, OpenRow))
        for month, number, as_of, at, approved_at, reason, text in session.execute(chosen)
    ]


def service_names(session: Session, office_id: int, lock: Locked) -> Mapping[str, str]:
    """What services were called when the month was locked, by code."""
    same = {"office_id": office_id, "month": lock.month, "version": lock.number}
    text = session.scalars(sa.select(MonthLock.definitions).filter_by(**same)).one()
    return storing.value_of(text, Definitions).services


def newest(found: Sequence[Locked]) -> Mapping[str, Locked]:
    """Month → the version that counts."""
    return {each.month: each for each in found}
