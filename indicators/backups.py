"""What a backup holds of every room, what must be true of it, and when it is made."""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from complaints import queries as complaints
from complaints.pictures import photo_queries
from core import jobs
from core.backup import nights
from core.backup.rooms import Filed, Rooms
from core.calendar import Month, wib_day
from core.db import Base, reader, transaction, writer_engine
from core.errors import Busy
from core.media import PHOTOS
from core.periods import Period
from indicators import nightly, recount
from indicators.locks import verifying
from indicators.locks.locking import figures
from indicators.locks.models import MonthLock
from indicators.models import ComplaintMonth
from indicators.months import whole
from indicators.nightly import Clock
from offices import attachments, backups, queries, trail
from offices.attachments import SHELVES
from survey.figures.models import RatingAnswerMonth, RatingGroupMonth, RatingMonth

MONTHLY: Sequence[type[Base]] = (RatingMonth, RatingGroupMonth, RatingAnswerMonth, ComplaintMonth)
# How long a backup waits for its night to be counted.
PATIENCE = timedelta(hours=1)
log = logging.getLogger(__name__)


def rooms(make_app: Callable[[Mapping[str, str]], Flask]) -> Rooms:
    """For `init_backup`."""
    kept = [Filed(shelf, partial(attachments.all_there, kind=kind)) for kind, shelf in SHELVES.items()]
    return Rooms(
        make_app=make_app,
        owner=_owner,
        filed=[Filed(PHOTOS, photo_queries.all_there), *kept],
        facts={"angka bulanan": monthly_rows, "enam indikator bulan terakhir": last_summary},
        checks={
            "rantai kejadian": broken_chains,
            "rantai jejak": broken_trails,
            "bulan yang dikunci": broken_locks,
            "angka bulanan keluar lagi dari data": differing_months,
        },
        after_create=[lambda now: backups.note_created(now=now)],
        after_restore=[
            lambda _now: backups.end_what_was_open(),
            _count_and_erase,
            lambda now: backups.note_restored(now=now),
        ],
    )


def back_up(app: Flask, clock: Clock) -> None:
    """Make what is due, once the night is counted: but a night that fails must not keep the backup from being made. A
    fault is logged, and the next look tries again.
    """
    with app.app_context():
        try:
            night = nightly.latest_night(clock())
            is_counted = jobs.is_done(reader(), nightly.JOB, night, now=clock())
            if is_counted or nightly.latest_night(clock() - PATIENCE) == night:
                nights.run_due(clock, night)
        except (SQLAlchemyError, Busy):
            log.exception("the backup failed")


def _owner(session: Session) -> str | None:
    office = queries.default_office(session)
    return office.name if office else None


def monthly_rows(session: Session) -> str:
    """The hash of all monthly rows."""
    rows = [sorted(map(str, session.execute(sa.select(*sa.inspect(each).columns)))) for each in MONTHLY]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def last_summary(session: Session) -> str:
    """The six values of the newest month that has rows, by office; "{}" where there are none."""
    months = (sa.select(sa.func.max(column)) for column in (RatingMonth.month, ComplaintMonth.move_month))
    newest = max((month for chosen in months if (month := session.scalar(chosen))), default=None)
    if newest is None:
        return "{}"
    period = Period.of(Month.parse(newest))
    found = {office.code: figures(whole.build(session, office, period)) for office in queries.offices(session)}
    return json.dumps(found, sort_keys=True)


def broken_chains(session: Session) -> str | None:
    """The first event of each office at which its chain is broken."""
    found = {office.code: complaints.verify_chain(session, office.id) for office in queries.offices(session)}
    broken = [f"{code} putus pada kejadian {at}" for code, at in found.items() if at is not None]
    return ", ".join(broken) or None


def broken_trails(session: Session) -> str | None:
    """The first entry of each office at which its audit trail is broken."""
    found = {office.code: trail.broken_at(session, office.id) for office in queries.offices(session)}
    broken = [f"{code} putus pada catatan {at}" for code, at in found.items() if at is not None]
    return ", ".join(broken) or None


def broken_locks(session: Session) -> str | None:
    """Versions of locked months that no longer hold."""
    broken = []
    for office in queries.offices(session):
        months = session.scalars(sa.select(MonthLock.month).filter_by(office_id=office.id).distinct()).all()
        proofs = {month: verifying.verify(session, office, Month.parse(month)) for month in sorted(months)}
        broken += [f"{month} versi {proof.version}" for month in proofs for proof in proofs[month] if not proof.holds]
    return ", ".join(broken) or None


def differing_months(_session: Session) -> str | None:
    """Count everything again and compare: in a transaction that is undone, after what the night had still to count."""
    with Session(writer_engine()) as session:
        recount.recount(session, recount.take_marks(session))
        session.flush()
        stored = monthly_rows(session)
        recount.recount_all(session)
        again = monthly_rows(session)
        session.rollback()
    return None if stored == again else "hitungan ulang keluar lain"


def _count_and_erase(now: datetime) -> None:
    """Whom the office has erased since is in an old backup again. This erasing asks for no night before it: somebody
    sits there and sees the clock, and the backup remains.
    """
    _erase(now=now)
    nightly.run_now(lambda: now, nightly.recount_marked)


@transaction
def _erase(session: Session, *, now: datetime) -> None:
    nightly.erase_due(session, wib_day(now), now=now)
