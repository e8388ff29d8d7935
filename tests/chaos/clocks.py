"""(6) The clock jumps ahead and back under the nightly jobs, and (7) two schedulers share a house."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from core.db import db, reader
from core.jobs import NIGHTLY, JobRun
from core.outbox_models import Message
from indicators import nightly
from tests.chaos.checks import Verdict, chains, figures, whole
from tests.chaos.stage import Stage, prepared
from tests.complaints import cases
from tests.complaints.messages.test_notices import received
from tests.receivers import MailBox, mail_box

LOOK_S = 45.0  # the outbox is looked at every ten seconds; a start of the scheduler takes a few


@dataclass
class Clock:
    """What the processes under it take for now: the true time, and so much more or less."""

    file: Path
    ahead: timedelta = timedelta()

    def set(self, ahead: timedelta) -> None:
        """From the next look at the clock on. Renamed into place: a half-written file would be the true time."""
        self.ahead = ahead
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{ahead.total_seconds():+.0f}\n", encoding="ascii")
        draft.replace(self.file)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def jumps(folder: Path) -> Verdict:
    """Ahead by a day and a bit, back, ahead by ten years, back: with one scheduler that is never restarted."""
    verdict = Verdict("(6) Clock jumping ahead and back under the scheduler")
    steps = {"true": 0.0, "26 hours ahead": 26.0, "true again": 0.0, "3 days back": -72.0, "true at last": 0.0,
             "10 years ahead": 87_600.0, "true after that": 0.0}  # fmt: skip
    return _play(verdict, folder, steps, schedulers=1)


def two(folder: Path) -> Verdict:
    """Four nights and the letters of each, with two schedulers on one house."""
    verdict = Verdict("(7) Two schedulers, four nights")
    steps = {"first night": 0.0, "second": 24.0, "third": 48.0, "fourth": 72.0}
    return _play(verdict, folder, steps, schedulers=2)


def _play(verdict: Verdict, folder: Path, steps: dict[str, float], schedulers: int) -> Verdict:
    stage, box, clock = prepared(folder), mail_box(), Clock(folder / "clock")
    clock.set(timedelta())
    with box.open(), _schedulers(stage, clock, box, schedulers), stage.opened():
        for name, hours in steps.items():
            clock.set(timedelta(hours=hours))
            _step(verdict, name, clock, box)
    with stage.opened() as app:
        _nights(verdict, clock, steps.values())
        _letters(verdict, box)
        chains(verdict, app)
        whole(verdict, stage)
        figures(verdict, app)
    return verdict


@contextmanager
def _schedulers(stage: Stage, clock: Clock, box: MailBox, number: int) -> Iterator[None]:
    with ExitStack() as running, (stage.data_dir / "scheduler.log").open("ab") as log:
        for _one in range(number):
            process = stage.command("scheduler", log=log, clock=clock.file, SMTP_URL=box.url)
            running.callback(process.wait)
            running.callback(process.kill)
        yield


def _step(verdict: Verdict, name: str, clock: Clock, box: MailBox) -> None:
    """A report comes in; within a look its letter is out, and the night that is due by this clock is done."""
    came, began = len(box.letters), time.monotonic()
    now = clock.now()
    number = received(email="warga@contoh.example", now=now).number
    cases.act(number, "verify", now=now + timedelta(seconds=1))
    night = nightly.latest_night(now)
    while time.monotonic() - began < LOOK_S and not (len(box.letters) > came and _runs(night)):
        time.sleep(0.5)
    out, ran, after = len(box.letters) - came, len(_runs(night)), f"{time.monotonic() - began:.0f} s"
    value = f"{out} letters, {ran} runs, {after}"
    verdict.must(f"{name}: a letter out, night {night} done", is_so=bool(out and ran), value=value)


def _runs(night: Any) -> Sequence[JobRun]:
    db.session.rollback()
    good = sa.select(JobRun).where(JobRun.job == NIGHTLY, JobRun.day == night, JobRun.error.is_(None))
    return reader().scalars(good).all()


def _nights(verdict: Verdict, clock: Clock, hours: Any) -> None:
    """How often each night ran by a clock that went as it did then."""
    good = sa.select(JobRun.day).where(JobRun.job == NIGHTLY, JobRun.error.is_(None))
    times = Counter(reader().scalars(good))
    wanted = {nightly.latest_night(clock.now() - clock.ahead + timedelta(hours=each)) for each in hours}
    once = [day for day in wanted if times[day] == 1]
    verdict.must("nights that ran once", is_so=len(once) == len(wanted), value=f"{len(once)} of {len(wanted)}")


def _letters(verdict: Verdict, box: MailBox) -> None:
    """Each once. What went long ago by the clock is forgotten by the outbox, so these are not compared with it."""
    ids = [str(letter["Message-ID"]) for letter in box.letters]
    once = len(ids) == len(set(ids))
    verdict.must("letters that came, different ones", is_so=once, value=f"{len(ids)}, {len(set(ids))}")
    failed = reader().scalar(sa.select(sa.func.count()).where(Message.last_error.is_not(None), Message.tries > 0))
    verdict.must("letters that failed", is_so=not failed, value=failed)
