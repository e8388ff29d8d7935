"""The nightly run: claims the job, recounts what changed, publishes in one transaction."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from complaints import counters
from complaints.following.finalising import finalise_silent
from complaints.pictures import photos
from core import jobs, sqlite
from core.calendar import ONE_DAY, WIB, wib_day
from core.db import db, reader, transaction, writer_engine
from core.ids import uuid7
from core.jobs import JobRun
from indicators import recount, retaining
from indicators.recount import Recounted, one_day
from offices import attachments, sessions
from offices.master import fill_holidays
from survey.editing import uploads

JOB = jobs.NIGHTLY
ONE_DAY_JOB = "nightly --date"
STARTS = time_of_day(0, 30)
PATIENCE_S = 0.5
# Between the run that a clock is trusted by and the next: longer than a catching up, shorter than a wrong year.
LEAST_PAUSE, LONGEST_PAUSE = timedelta(hours=12), timedelta(days=40)
# After a long pause the oldest missed nights get no row of their own: the first run recounts for all of them.
MOST_MISSED = 31

Clock = Callable[[], datetime]
Work = Callable[[Session], Recounted]


@dataclass(frozen=True)
class Task:
    """What a run is recorded as, for which day, and what it does; `once`: not if it is done already."""

    job: str
    day: date
    work: Work
    once: bool = False


def latest_night(now: datetime) -> date:
    """The WIB day whose run should have started last."""
    local = now.astimezone(WIB)
    return local.date() if local.time() >= STARTS else local.date() - ONE_DAY


def due_nights(last_done: date | None, now: datetime) -> list[date]:
    """The WIB days whose run should have started by `now` and is not done, oldest first."""
    latest = latest_night(now)
    first = latest if last_done is None else max(last_done + ONE_DAY, latest - timedelta(days=MOST_MISSED - 1))
    return [first + timedelta(days=n) for n in range((latest - first).days + 1)]


def run_due(clock: Clock) -> list[JobRun]:
    """Run every night that is due. A night that another process holds or has done is left to it."""
    done = []
    nights = due_nights(jobs.last_done(reader(), JOB, now=clock()), clock())
    db.session.rollback()  # an open read would keep the write-ahead file from being emptied
    for night in nights:
        owner = jobs.claim(JOB, now=clock())
        run = _run(owner, Task(JOB, night, recount_marked, once=True), clock) if owner else None
        done += [run] if run else []
    return done


def run_now(clock: Clock, work: Work) -> JobRun:
    """Recount by hand, even if the night's run is done; it then counts as that night's."""
    return _by_hand(clock, Task(JOB, latest_night(clock()), work))


def run_all(clock: Clock) -> JobRun:
    """Recount everything by hand: the inbox's counters too, in a transaction of their own, for all who move a report
    wait for it.
    """
    counters.recount_all()
    return run_now(clock, recount_all)


def run_day(clock: Clock, day: date) -> JobRun:
    """Recount one day of every office by hand. Not a night's run: other days may still wait for theirs."""
    return _by_hand(clock, Task(ONE_DAY_JOB, day, lambda session: recount.recount(session, one_day(session, day))))


def _by_hand(clock: Clock, task: Task) -> JobRun:
    """Waits for a run under way."""
    owner = jobs.claim(JOB, now=clock())
    while owner is None:
        time.sleep(PATIENCE_S)
        owner = jobs.claim(JOB, now=clock())
    run = _run(owner, task, clock)
    if run is None:
        raise jobs.LeaseLost
    return run


def recount_marked(session: Session) -> Recounted:
    """Recount the days that changed since the last run."""
    return recount.recount(session, recount.take_marks(session))


def recount_all(session: Session) -> Recounted:
    """Recount everything."""
    return recount.recount_all(session)


def _run(owner: UUID, task: Task, clock: Clock) -> JobRun | None:
    started = clock()
    try:
        if task.job == JOB and _is_trusted_now(started):
            finalise_silent(today=wib_day(started), now=started)  # before the recount: it marks the days it changes
        run = _publish(owner, task, clock, started)
    except jobs.LeaseLost:
        return None
    except Exception as fault:
        jobs.record(JOB, _record(task, started, clock(), Recounted(0, 0), error=repr(fault)), owner)
        raise
    photos.remove_orphans(current_app.config["SETTINGS"].data_dir, now=clock())
    uploads.remove_old(current_app.config["SETTINGS"].data_dir, now=clock())
    attachments.remove_orphans(current_app.config["SETTINGS"].data_dir, now=clock())
    sqlite.tidy(writer_engine())
    return run


@transaction
def _publish(session: Session, owner: UUID, task: Task, clock: Clock, started: datetime) -> JobRun | None:
    """Results, the record of the run and the end of the lease: all or nothing."""
    if task.once and jobs.is_done(session, task.job, task.day, now=started):
        jobs.release(session, JOB, owner)
        return None
    _keep_house(session, wib_day(started), now=started)
    counted = task.work(session)
    run = _record(task, started, clock(), counted)
    jobs.publish(session, JOB, run, owner)
    return run


def _record(task: Task, started: datetime, finished: datetime, counted: Recounted, error: str | None = None) -> JobRun:
    return JobRun(
        id=uuid7(finished),
        job=task.job,
        day=task.day,
        started_at=started,
        finished_at=finished,
        days_recounted=counted.days,
        rows_written=counted.rows,
        error=error,
    )


def clock_is_trusted(session: Session, now: datetime) -> bool:
    """Whether what can't be undone may be done by this clock: a night ran not long before, by the same clock. After a
    jump ahead nothing is erased or closed on the first night, and somebody has a day to set the clock right.
    """
    return jobs.ran_between(session, JOB, now - LONGEST_PAUSE, now - LEAST_PAUSE)


def _is_trusted_now(now: datetime) -> bool:
    trusted = clock_is_trusted(reader(), now)
    db.session.rollback()  # an open read would keep the write-ahead file from being emptied
    return trusted


def _keep_house(session: Session, night: date, *, now: datetime) -> None:
    """Next year's holidays, because deadlines reach into it; and the end of identities that are no longer needed."""
    fill_holidays(session, night.year + 1, now=now)
    sessions.forget_ended(session, now=now)
    if clock_is_trusted(session, now):
        erase_due(session, night, now=now)


def erase_due(session: Session, night: date, *, now: datetime) -> None:
    """What is no longer needed on this day, by each office's settings."""
    retaining.erase_due(session, night, now=now)
