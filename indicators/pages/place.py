"""Where a reader of the monthly pages stands: which period, as of when, which version; addresses that stay there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, request, url_for
from sqlalchemy.orm import Session

from core.calendar import Month
from core.errors import Missing
from core.periods import Period
from indicators import asked
from indicators.locks import queries as locks
from indicators.locks.models import MonthLock
from indicators.months import summary
from indicators.rows import Counted

LARGEST_VERSION = 9999


@dataclass(frozen=True)
class Place:
    """`text` is the period as the address has it, `alone` that period, `period` with everything since January where
    that is asked for. `as_of` and `version` None: not asked for.
    """

    text: str
    alone: Period
    period: Period
    as_of: datetime | None
    version: int | None

    @property
    def is_to_date(self) -> bool:
        """Whether the year up to the period is asked for."""
        return asked.is_to_date()

    def url(self, view: str, **more: str | int | None) -> str:
        """A page of the same period, moment and version; what is None is left out."""
        words: dict[str, Any] = {
            "jangka": "tahun" if self.is_to_date else None,
            "pada": self.as_of.isoformat() if self.as_of else None,
            "versi": self.version,
        }
        return url_for(view, **({"period": self.text} | words | more))

    def counted(self, session: Session, office_id: int) -> Counted | None:
        """What the figures that are shown counted: that moment's, the locked version's or the last night's. None before
        the first night.
        """
        as_of = self.as_of
        if as_of is None and (lock := self.lock(session, office_id)):
            as_of = lock.as_of
        return summary.counted(session, office_id, self.period, as_of)

    def lock(self, session: Session, office_id: int) -> MonthLock | None:
        """The version of a locked month that is shown, the newest unless asked. Raises Missing for what never was."""
        if self.period.length > 1 and self.version is not None:
            raise Missing("Hanya bulan yang dikunci.")
        if self.period.length > 1:
            return None
        if self.version is not None:
            return locks.version(session, office_id, self.period.last, self.version)
        return locks.newest(session, office_id, self.period.last)


def asked_place(text: str) -> Place:
    """What the address asks for; 404 for what there is not."""
    period = asked.asked_period(text)
    return Place(text, Period.parse(text), period, asked.asked_moment(), _version(request.args.get("versi")))


def last_begun(period: Period, this_month: Month) -> Month:
    """The period's last month, or the running one where it goes on beyond."""
    return min(period.last, this_month)


def _version(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= LARGEST_VERSION:
        abort(404)
    return int(text)
