"""The invented year's locked months: one that the Camat approved, and one that was locked a second time."""

from collections.abc import Sequence
from datetime import datetime

from core.calendar import Month
from core.db import db, reader
from indicators import demo, nightly
from indicators.locks import checklist, locking, readiness
from offices import queries
from offices.models import Office

REASON = "Tiga formulir kertas terselip dan baru dimasukkan."
LATE_FORMS = 3
STEP = checklist.REST
TAKES = 5 * STEP  # from the first night on until everything is locked


def lock_months(office: Office, months: Sequence[Month], seed: str, *, now: datetime) -> None:
    """Count what there is at `now`, and lock the two months before the last that ended, in the minutes that follow. The
    last one is left for whoever looks around; with fewer than four months there is nothing to lock.
    """
    _night(now)
    if len(months) < 4:
        return
    twice, once = months[-4], months[-3]
    for month in (twice, once):
        _lock(office.id, month, 1, "", now=now + STEP)
    demo.add_late_ratings(
        office_id=office.id, day=twice.last_day, count=LATE_FORMS, seed=f"late{seed}", now=now + 2 * STEP
    )
    _night(now + 3 * STEP)
    _lock(office.id, twice, 2, REASON, now=now + 4 * STEP)
    for month, version in ((once, 1), (twice, 2)):
        locking.approve(office_id=office.id, month=month, version=version, by=demo.HEAD[0], now=now + TAKES)


def _night(now: datetime) -> None:
    nightly.run_now(lambda: now, nightly.recount_marked)


def _lock(office_id: int, month: Month, version: int, reason: str, *, now: datetime) -> None:
    """As the Sekcam does who has looked at everything and leaves the notes for later."""
    db.session.rollback()
    found = readiness.ready(reader(), queries.office(reader(), office_id), month, now)
    db.session.rollback()
    letter = f"005/{month.month}/{month.year}-{version}"
    locking.lock(
        office_id=office_id, month=month, version=version, seen=found.seen, reason=reason, letter_number=letter,
        despite_open=True, by=demo.SECRETARY[0], now=now,
    )  # fmt: skip
