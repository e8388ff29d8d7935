"""Each night the newest entries of every office's audit trail are checked; what was found stays for whoever asks how
we stand, which anybody may, at any time: at 700 offices the check itself takes half a minute.
"""

from collections.abc import Sequence

from core import jobs
from core.db import db, read_afresh, reader
from core.ids import uuid7
from core.jobs import JobRun
from indicators.nightly import Clock, latest_night
from offices import queries, trail

JOB = "trail"
BETWEEN = ", "


def broken_in(run: JobRun) -> Sequence[str]:
    """The codes of the offices whose trail was found broken."""
    return run.error.split(BETWEEN) if run.error else []


def _is_broken(office_id: int, *, was_broken: bool) -> bool:
    """What was found broken stays so, however much is written behind it: there all is checked, until it holds again."""
    return trail.broken_at(read_afresh(), office_id, lately=not was_broken) is not None


def check_due(clock: Clock) -> JobRun | None:
    """Check what the last night should have: the run, which knows the offices with a broken trail. None where it is
    done, or another process is at it. A fault leaves the job to the first look after its lease.
    """
    night, last = latest_night(clock()), jobs.newest(reader(), JOB, now=clock())
    owner = jobs.claim(JOB, now=clock()) if last is None or last.day < night else None
    if owner is None:
        return None
    started = clock()
    known = broken_in(last) if last else []
    offices = [(office.id, office.code) for office in queries.offices(reader())]
    broken = [code for office_id, code in offices if _is_broken(office_id, was_broken=code in known)]
    db.session.rollback()  # an open read would keep the write-ahead file from being emptied
    finished, error = clock(), BETWEEN.join(broken) or None
    times = {"day": night, "started_at": started, "finished_at": finished}
    run = JobRun(id=uuid7(finished), job=JOB, **times, days_recounted=0, rows_written=0, error=error)
    jobs.record(job=JOB, run=run, owner=owner)
    return run
