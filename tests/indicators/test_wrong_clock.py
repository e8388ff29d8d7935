"""A clock that went wrong and was set right: nothing waits for a future that was never there, nothing is lost to it."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from complaints.messages import sending
from complaints.models import Complaint, Contact
from core import jobs
from core.db import reader
from indicators import nightly, scheduler
from tests import make
from tests.complaints.messages.test_notices import received
from tests.receivers import mail_box

NIGHT = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=9)
DAY, YEARS = timedelta(days=1), timedelta(days=3650)


def test_nights_go_on_after_a_clock_that_was_years_ahead(any_app: Flask) -> None:
    for moment in (NIGHT, NIGHT + YEARS):
        nightly.run_due(lambda at=moment: at)  # type: ignore[misc]
    assert [run.day for run in nightly.run_due(lambda: NIGHT + DAY)] == [nightly.latest_night(NIGHT + DAY)]
    assert nightly.run_due(lambda: NIGHT + DAY) == []


def test_a_lease_of_a_future_that_never_came_holds_nobody_up(any_app: Flask) -> None:
    jobs.claim("job", now=NIGHT + YEARS)
    assert jobs.claim("job", now=NIGHT) is not None
    assert jobs.claim("job", now=NIGHT) is None


def test_messages_of_such_a_future_go_now(app: Flask) -> None:
    box = mail_box()
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = type(settings)(**vars(settings) | {"smtp_url": box.url})
    make.staff("officer")
    received(now=MORNING + YEARS)
    with box.open():
        sending.send_due(app, lambda: MORNING)
    assert len(box.letters) == 1


@pytest.mark.parametrize(("nights", "left"), [([YEARS], 1), ([YEARS, YEARS + DAY], 0)])
def test_what_cant_be_undone_waits_a_day_after_a_jump(any_app: Flask, nights: list[timedelta], left: int) -> None:
    case = make.complaint(status="final", settled_at=NIGHT, now=NIGHT - DAY)
    make.contact(case)
    nightly.run_due(lambda: NIGHT)
    for later in nights:
        nightly.run_due(lambda at=NIGHT + later: at)  # type: ignore[misc]
    reader().rollback()
    assert reader().scalar(sa.select(sa.func.count()).select_from(Contact)) == left
    assert reader().scalar(sa.select(sa.func.count()).select_from(Complaint)) == 1


@pytest.mark.parametrize(("back", "is_due"), [(timedelta(hours=1), True), (timedelta(seconds=2), False)])
def test_jobs_are_due_at_once_when_the_clock_is_set_back(back: timedelta, is_due: bool) -> None:
    found = BackgroundScheduler(timezone=UTC)
    found.add_job(lambda: None, "interval", hours=1, next_run_time=NIGHT + timedelta(hours=1))
    found.start(paused=True)
    try:
        scheduler.begin_anew(found, NIGHT, NIGHT - back)
        (job,) = found.get_jobs()
        assert (job.next_run_time == NIGHT - back) is is_due
    finally:
        found.shutdown()


@pytest.mark.parametrize("missed", [timedelta(milliseconds=3), timedelta(hours=3), YEARS])
def test_an_interval_goes_on_from_now_whatever_was_missed(missed: timedelta) -> None:
    now = NIGHT + missed
    assert scheduler.Every(seconds=10).get_next_fire_time(NIGHT, now) == now + timedelta(seconds=10)
