"""A locked month's row for everybody: what `/hasil` says of it, whatever changes later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.periods import Period
from indicators.locks import queries
from indicators.months import storing
from indicators.months.open_row import OpenRow


@dataclass(frozen=True)
class PublishedVersion:
    """A version of a locked month, for everybody; `reason` says why there is a further one."""

    row: OpenRow
    version: int
    locked_at: datetime
    reason: str


def published(session: Session, office_id: int, period: Period) -> Mapping[str, PublishedVersion]:
    """By month: the newest version of each locked month of the period."""
    return {str(each.row.period): each for each in published_versions(session, office_id, period)}


def published_versions(session: Session, office_id: int, period: Period) -> Sequence[PublishedVersion]:
    """Every version of the period's months, by month, the oldest first: what a change log tells."""
    rows = queries.published(session, office_id, period)
    return [PublishedVersion(storing.read(text, OpenRow), number, at, reason) for number, at, reason, text in rows]
