"""Runs the nightly job at 00:30 WIB, at start, and every few minutes for nights that were missed."""

import logging
from contextlib import suppress

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from core.calendar import WIB
from core.errors import Busy
from core.lifeline import end_with_parent
from indicators import nightly
from indicators.nightly import STARTS, Clock

LOOK_EVERY_MINUTES = 5
log = logging.getLogger(__name__)


def build(app: Flask, clock: Clock) -> BlockingScheduler:
    """The scheduler, not yet started. A late run is never dropped (the library's default drops it after a second),
    and the database, not the scheduler, says which nights are missing.
    """
    scheduler = BlockingScheduler(timezone=WIB)
    at_night = CronTrigger(hour=STARTS.hour, minute=STARTS.minute, timezone=WIB)
    now_and_then = IntervalTrigger(minutes=LOOK_EVERY_MINUTES, timezone=WIB)
    scheduler.add_job(
        tick,
        OrTrigger([at_night, now_and_then]),
        args=[app, clock],
        next_run_time=clock().astimezone(WIB),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    return scheduler


def tick(app: Flask, clock: Clock) -> None:
    """Run what is due. A fault is logged, and the next look tries again."""
    with app.app_context():
        try:
            for run in nightly.run_due(clock):
                log.info("night %s: %s days recounted, %s rows", run.day, run.days_recounted, run.rows_written)
        except (SQLAlchemyError, Busy):
            log.exception("the nightly run failed")


def serve(clock: Clock, *, with_parent: bool) -> None:
    """Run until the process is stopped, or with its parent."""
    found = build(current_app._get_current_object(), clock)  # type: ignore[attr-defined]  # noqa: SLF001
    if with_parent:
        end_with_parent(found.shutdown)
    with suppress(KeyboardInterrupt):
        found.start()
