"""Each night the newest entries of every office's audit trail are checked; what was found stays for whoever asks how
we stand, which anybody may, at any time: at 700 offices the check itself takes half a minute.
"""

from core import jobs
from core.db import db, reader
from core.ids import uuid7
from core.jobs import JobRun
from indicators.nightly import Clock, latest_night
from offices import queries, trail
from offices.models import Office

JOB = "trail"


def _is_broken(office: Office, known: str) -> bool:
    """What was found broken stays so, however much is written behind it: there all is checked, until it holds again."""
    return trail.broken_at(reader(), office.id, lately=office.name not in known) is not None


def check_due(clock: Clock) -> JobRun | None:
    """Check what the last night should have: the run, whose error names the offices with a broken trail. None where it
    is done, or another process is at it. A fault leaves the job to the first look after its lease.
    """
    night, last = latest_night(clock()), jobs.newest(reader(), JOB, now=clock())
    owner = jobs.claim(JOB, now=clock()) if last is None or last.day < night else None
    if owner is None:
        return None
    started = clock()
    known = (last.error or "") if last else ""
    broken = [office.name for office in queries.offices(reader()) if _is_broken(office, known)]
    db.session.rollback()  # an open read would keep the write-ahead file from being emptied
    finished, error = clock(), ", ".join(broken) or None
    times = {"day": night, "started_at": started, "finished_at": finished}
    run = JobRun(id=uuid7(finished), job=JOB, **times, days_recounted=0, rows_written=0, error=error)
    jobs.record(job=JOB, run=run, owner=owner)
    return run
