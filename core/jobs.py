"""Jobs that must run once: a lease that one process holds, and a record of every run."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, transaction
from core.ids import uuid7
from core.upsert import insert_for

LEASE = timedelta(minutes=30)
# No lease reaches further: it was taken while the clock went wrong, and would block the job until then.
AHEAD = 2 * LEASE
NIGHTLY = "nightly"  # the job that counts the figures


class LeaseLost(Exception):
    """Another process took the job over; nothing of this run may be published."""


class JobLease(Base):
    """Who holds a job, until when. One row a job; belongs to the installation, not to an office."""

    __tablename__ = "job_lease"

    job: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[UUID | None]
    until: Mapped[datetime]


class JobRun(Base):
    """A run of a job for a day: what it did, or the error it ended with."""

    __tablename__ = "job_run"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    job: Mapped[str]
    day: Mapped[date]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    days_recounted: Mapped[int]
    rows_written: Mapped[int]
    error: Mapped[str | None]


@transaction
def claim(session: Session, job: str, *, now: datetime) -> UUID | None:
    """Take the job for half an hour: the lease's owner id, or None while another process holds it."""
    owner = uuid7(now)
    row = insert_for(session, JobLease).values(job=job, owner=None, until=now)
    session.execute(row.on_conflict_do_nothing(index_elements=["job"]))
    free = sa.or_(JobLease.owner.is_(None), JobLease.until <= now, JobLease.until > now + AHEAD)
    taken = sa.update(JobLease).where(JobLease.job == job, free).values(owner=owner, until=now + LEASE)
    return owner if session.scalar(taken.returning(JobLease.job)) else None


@transaction
def extend(session: Session, job: str, owner: UUID, *, now: datetime) -> None:
    """Hold the job for another half hour; raises LeaseLost."""
    held = sa.update(JobLease).where(JobLease.job == job, JobLease.owner == owner)
    if session.scalar(held.values(until=now + LEASE).returning(JobLease.job)) is None:
        raise LeaseLost


def publish(session: Session, job: str, run: JobRun, owner: UUID) -> None:
    """Give the job's lease back and record the run, in the transaction of its results; raises LeaseLost."""
    release(session, job, owner)
    session.add(run)


def release(session: Session, job: str, owner: UUID) -> None:
    """Give the lease back; raises LeaseLost when it is another's by now."""
    held = sa.update(JobLease).where(JobLease.job == job, JobLease.owner == owner)
    if session.scalar(held.values(owner=None).returning(JobLease.job)) is None:
        raise LeaseLost


@transaction
def record(session: Session, job: str, run: JobRun, owner: UUID) -> None:
    """Keep a run that published nothing, with what it ended with, and free the job if it is still ours."""
    session.execute(sa.update(JobLease).where(JobLease.job == job, JobLease.owner == owner).values(owner=None))
    session.add(run)


@transaction
def free_all(session: Session) -> None:
    """No process holds any job: for a house that was just restored, with the leases of the one that was backed up."""
    session.execute(sa.update(JobLease).values(owner=None))


def is_done(session: Session, job: str, day: date, *, now: datetime) -> bool:
    """Whether the job ended well for the day. Runs that began in what is the future again, after a clock that was
    wrong, count for nothing.
    """
    ran = sa.and_(*_done(job), JobRun.day == day, JobRun.started_at <= now + AHEAD)
    return bool(session.scalar(sa.select(sa.func.count()).where(ran)))


def last_done(session: Session, job: str, *, now: datetime) -> date | None:
    """The newest day the job ended well for, by the same; None before the first."""
    return session.scalar(sa.select(sa.func.max(JobRun.day)).where(*_done(job), JobRun.started_at <= now + AHEAD))


def ran_between(session: Session, job: str, first: datetime, last: datetime) -> bool:
    """Whether a good run began then, or none ever did."""
    began = sa.select(sa.func.count(), sa.func.count().filter(JobRun.started_at.between(first, last)))
    ever, then = session.execute(began.where(*_done(job))).one()
    return not ever or bool(then)


def last_started(session: Session, job: str) -> datetime | None:
    """When the newest good run began, which is up to when it counted for certain; None before the first."""
    return session.scalar(sa.select(sa.func.max(JobRun.started_at)).where(*_done(job)))


def recent_runs(session: Session, kind: str = NIGHTLY, most: int = 60) -> Sequence[JobRun]:
    """The newest runs of a job first, with those of it by hand ("nightly --date")."""
    chosen = sa.select(JobRun).where(JobRun.job.startswith(kind, autoescape=True))
    return session.scalars(chosen.order_by(JobRun.started_at.desc()).limit(most)).all()


def newest(session: Session, job: str, *, now: datetime) -> JobRun | None:
    """The job's last run, whatever it ended with; those of a future that never came aside."""
    mine = sa.select(JobRun).where(JobRun.job == job, JobRun.started_at <= now + AHEAD)
    return session.scalars(mine.order_by(JobRun.started_at.desc()).limit(1)).first()


def newest_done(session: Session) -> Sequence[JobRun]:
    """Each job's last good run."""
    last = sa.select(JobRun.job, sa.func.max(JobRun.started_at).label("at")).where(JobRun.error.is_(None))
    newest = last.group_by(JobRun.job).subquery()
    same = sa.and_(JobRun.job == newest.c.job, JobRun.started_at == newest.c.at)
    return session.scalars(sa.select(JobRun).join(newest, same).order_by(JobRun.job)).all()


def _done(job: str) -> tuple[sa.ColumnElement[bool], ...]:
    return JobRun.job == job, JobRun.error.is_(None)
