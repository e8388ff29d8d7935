"""Runs what runs by itself: the nightly job, its backup, the outbox every few seconds, due days each morning."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from complaints.messages import sending
from core.calendar import WIB
from core.errors import Busy
from core.lifeline import end_with_parent
from indicators import backups, nightly, trails
from indicators.documents import letters
from indicators.nightly import STARTS, Clock
from indicators.registers import late

LOOK_EVERY_MINUTES = 5
SEND_EVERY_SECONDS = 10
# A backup takes long, and a server that is started only to look at something needs none.
BACK_UP_AFTER = timedelta(minutes=5)
BACK_UP_LOOKS_EVERY_MINUTES = 1
CLOCK_LOOKS_EVERY_S = 5.0
SET_BACK = timedelta(seconds=30)  # less than that is the setting right of every day
# Due days are told at seven; the later hours are for mornings on which this did not run.
TELL_DUE_HOURS = "7-16"
Job = Callable[[Flask, Clock], None]
log = logging.getLogger(__name__)


class Every(IntervalTrigger):
    """At intervals, the next from now on: the library looks at each time that was missed, for hours where a clock that
    went years ahead made millions of them.
    """

    def __init__(self, **length: int) -> None:
        super().__init__(timezone=WIB, **length)  # type: ignore[no-untyped-call]

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first as the library has it."""
        if previous_fire_time is None:
            first: datetime | None = super().get_next_fire_time(None, now)  # type: ignore[no-untyped-call]
            return first
        return max(previous_fire_time, now) + timedelta(seconds=self.interval_length)


def build(app: Flask, clock: Clock) -> BlockingScheduler:
    """The scheduler, not yet started. The database, not the scheduler, says what is missing. Each job begins at start,
    but for the backup.
    """
    scheduler = BlockingScheduler(timezone=WIB)
    at_night = CronTrigger(hour=STARTS.hour, minute=STARTS.minute, timezone=WIB)
    now_and_then = Every(minutes=LOOK_EVERY_MINUTES)
    jobs = {
        tick: OrTrigger([at_night, now_and_then]),
        send: Every(seconds=SEND_EVERY_SECONDS),
        check_trails: OrTrigger([at_night, now_and_then]),
        tell_due: CronTrigger(hour=TELL_DUE_HOURS, timezone=WIB),
        tell_month: CronTrigger(hour=TELL_DUE_HOURS, timezone=WIB),
    }
    for job, trigger in jobs.items():
        _add(scheduler, job, trigger, clock(), app, clock)
    _add(scheduler, backups.back_up, Every(minutes=BACK_UP_LOOKS_EVERY_MINUTES), clock() + BACK_UP_AFTER, app, clock)
    return scheduler


def _add(scheduler: BlockingScheduler, job: Job, trigger: BaseTrigger, first: datetime, *given: object) -> None:
    """A late run is never dropped (the library's default drops it after a second), and none overtakes another."""
    scheduler.add_job(
        job,
        trigger,
        args=given,
        next_run_time=first.astimezone(WIB),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )


def keep_up(scheduler: BlockingScheduler, clock: Clock) -> None:
    """Watch the clock, in a thread of its own."""

    def watch() -> None:
        last, pause = clock(), threading.Event()
        while True:
            pause.wait(CLOCK_LOOKS_EVERY_S)
            last = begin_anew(scheduler, last, clock())

    threading.Thread(target=watch, daemon=True).start()


def begin_anew(scheduler: BlockingScheduler, last: datetime, now: datetime) -> datetime:
    """Make every job due at once when the clock was set back since the last look: else each would wait until the
    moment comes again at which it was due next. The moment of this look.
    """
    if now < last - SET_BACK:
        log.warning("the clock was set back from %s to %s", last, now)
        for job in scheduler.get_jobs():
            job.modify(next_run_time=now.astimezone(WIB))
    return now


def tick(app: Flask, clock: Clock) -> None:
    """Run what is due. A fault is logged, and the next look tries again."""
    with app.app_context():
        try:
            for run in nightly.run_due(clock):
                log.info("night %s: %s days recounted, %s rows", run.day, run.days_recounted, run.rows_written)
        except (SQLAlchemyError, Busy):
            log.exception("the nightly run failed")


def check_trails(app: Flask, clock: Clock) -> None:
    """Once a night. What is broken is logged, and stands where it is looked after."""
    with app.app_context():
        try:
            run = trails.check_due(clock)
            if run and run.error:
                log.error("the audit trail is broken: %s", run.error)
        except (SQLAlchemyError, Busy):
            log.exception("the audit trail could not be checked")


def send(app: Flask, clock: Clock) -> None:
    """Send what waits in the outbox. A fault is logged, and the next look tries again."""
    with app.app_context():
        try:
            sending.send_due(app, clock)
        except (SQLAlchemyError, Busy):
            log.exception("the outbox could not be read")


def tell_due(app: Flask, clock: Clock) -> None:
    """Put down who is told of due days."""
    with app.app_context():
        try:
            sending.tell_due(app, clock())
        except (SQLAlchemyError, Busy):
            log.exception("due days could not be told")


def tell_month(app: Flask, clock: Clock) -> None:
    """Put down who is told of a month's missing notes, and who gets its letter."""
    with app.app_context():
        by_mail = bool(app.config["SETTINGS"].smtp_url)
        try:
            late.tell(by_mail=by_mail, now=clock())
            letters.tell(by_mail=by_mail, now=clock())
        except (SQLAlchemyError, Busy):
            log.exception("what is told of a month could not be put down")


def serve(clock: Clock, *, with_parent: bool) -> None:
    """Run until the process is stopped, or with its parent."""
    found = build(current_app._get_current_object(), clock)  # type: ignore[attr-defined]  # noqa: SLF001
    if with_parent:
        end_with_parent(found.shutdown)
    keep_up(found, clock)
    with suppress(KeyboardInterrupt):
        found.start()
