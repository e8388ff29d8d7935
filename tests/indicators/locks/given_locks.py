"""Builders of locked months: given_locks.locked() locks October 2026 after a night."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import db, reader, transaction
from core.periods import Period
from indicators import nightly
from indicators.locks import locking, readiness
from indicators.locks.readiness import Ready
from indicators.locks.shown import Shown, shown
from offices import dirty
from offices import queries as offices
from offices.models import Office
from tests import make
from tests.indicators.test_summary import MID, OCTOBER, settled

NIGHT = datetime(2026, 11, 1, 17, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AT = NIGHT + timedelta(hours=9)
SEKCAM, CAMAT = "sekcam@mumbulsari.example", "camat@mumbulsari.example"
PERIOD = Period.of(OCTOBER)


def october() -> None:
    """Three ratings, two reports of which one is settled."""
    for answer in (2, 3, 4):
        make.rating(answer=answer, now=MID)
    settled(MID, MID)
    make.complaint(now=MID)


def office() -> Office:
    return offices.office(reader(), make.OFFICE)


def night(now: datetime = NIGHT) -> None:
    nightly.run_now(lambda: now, nightly.recount_marked)


def ready(now: datetime = AT, month: Month = OCTOBER) -> Ready:
    db.session.rollback()
    return readiness.ready(reader(), office(), month, now)


def lock(now: datetime = AT, **values: Any) -> int:
    """As somebody does who has just opened the page; `values` are what they do otherwise."""
    found = ready(now)
    asked: dict[str, Any] = {"version": found.version, "seen": found.seen, "reason": "", "letter_number": ""}
    asked |= {"despite_open": True, "by": SEKCAM, "now": now, "office_id": make.OFFICE, "month": OCTOBER}
    version = locking.lock(**asked | values)
    db.session.rollback()
    return version


def locked(now: datetime = AT) -> None:
    october()
    night()
    lock(now)


def late_rating(now: datetime = AT + MINUTE, answer: int = 1) -> None:
    """Somebody's paper form of October, typed in when the month was locked; and a night that counts it."""
    make.rating(answer=answer, now=now, day=MID.date())
    mark(now)
    night(now + MINUTE)


@transaction
def mark(session: Session, /, now: datetime) -> None:
    dirty.mark(session, make.OFFICE, dirty.Figures.RATINGS, {MID.date()}, now=now)


def seen(version: int | None = None, as_of: datetime | None = None, period: Period = PERIOD) -> Shown:
    db.session.rollback()
    return shown(reader(), office(), period, version, as_of)
