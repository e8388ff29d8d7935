"""What is looked after besides database and disk: the night's count, what waits to be sent, backups."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy.orm import Session

from core import clock, health, jobs, outbox_queries, sqlite
from core.backup import standing as backups
from core.calendar import wib_day
from core.db import db, reader
from core.health import Finding, State
from indicators import nightly, trails
from offices import dirty, queries

# A night takes minutes, and its scheduler tries again every five.
NIGHT_MAY_TAKE = timedelta(hours=2)
# Messages leave within seconds; what failed waits longer and longer, and is told apart.
SENDING_MAY_TAKE = timedelta(minutes=15)


def night(session: Session, now: datetime) -> Finding:
    """Whether the last night that should have been counted was."""
    name, due = _("Hitungan malam"), nightly.latest_night(now - NIGHT_MAY_TAKE)
    done = jobs.last_done(session, nightly.JOB, now=now)
    if done is not None and done >= due:
        return Finding("night", name, State.GOOD, _("Angka sudah dihitung malam tadi."))
    days = (wib_day(now) - done).days if done else 0
    since = _("Terakhir dihitung %(days)s hari lalu.", days=days) if done else _("Belum pernah dihitung.")
    advice = _("Laporan dan penilaian tetap diterima. Periksa apakah penjadwal berjalan, lalu lihat Hitungan malam.")
    return Finding("night", name, State.WARNING, since, advice)


def outbox(session: Session, now: datetime) -> Finding:
    """Whether messages leave."""
    name, queue = _("Kiriman"), outbox_queries.whole(session)
    if queue.oldest_due is not None and now - queue.oldest_due > SENDING_MAY_TAKE:
        words = _("%(count)s kiriman menunggu, dan tidak ada yang berangkat.", count=queue.waiting + queue.failing)
        return Finding("outbox", name, State.WARNING, words, _("Periksa apakah penjadwal berjalan."))
    if queue.given_up or queue.failing:
        tried, lost = queue.failing, queue.given_up
        words = _("%(tried)s gagal dan dicoba lagi, %(lost)s tidak dikirim lagi.", tried=tried, lost=lost)
        return Finding("outbox", name, State.WARNING, words, _("Sebabnya ada di halaman Kiriman."))
    return Finding("outbox", name, State.GOOD, _("Semua terkirim."))


def backup(session: Session, now: datetime) -> Finding:
    """Whether a verified backup of the last day is there."""
    name, found = _("Cadangan"), backups.health(session, now)
    if found.is_good:
        return Finding("backup", name, State.GOOD, _("Ada cadangan terverifikasi dari sehari terakhir."))
    words = _("Tidak ada cadangan terverifikasi dari sehari terakhir.")
    return Finding("backup", name, State.WARNING, words, _("Sebabnya ada di halaman Cadangan."))


def audit_trail(session: Session, now: datetime) -> Finding:
    """Whether the newest entries of every office's audit trail were last night still as they were written."""
    name, run = _("Catatan perbuatan petugas"), jobs.newest(session, trails.JOB, now=now)
    if run is None or run.day < nightly.latest_night(now - NIGHT_MAY_TAKE):
        words, advice = _("Malam tadi tidak diperiksa."), _("Sebabnya sama dengan hitungan malam: lihat di sana.")
        return Finding("trail", name, State.WARNING, words, advice)
    if run.error is None:
        return Finding("trail", name, State.GOOD, _("Catatan terbaru tidak ada yang diubah atau dihapus."))
    broken = set(trails.broken_in(run))
    names = ", ".join(office.name for office in queries.offices(session) if office.code in broken)
    words = _("Rantai catatan putus: %(offices)s.", offices=names)
    advice = _("Seseorang mengubah basis data. Simpan cadangan, lalu laporkan kepada Camat.")
    return Finding("trail", name, State.WARNING, words, advice)


CHECKS = (night, outbox, backup, audit_trail)


def figures() -> Iterable[Metric]:
    """For a monitor: checks, queues, jobs and the backup's age. Read when asked for."""
    session, now = reader(), clock.now()
    found = health.findings(session, now)
    checks = GaugeMetricFamily("sukma_check", "1 good, 0.5 needs looking after, 0 stopped.", labels=["check"])
    worth = {State.GOOD: 1.0, State.WARNING: 0.5, State.STOPPED: 0.0}
    for finding in found:
        checks.add_metric([finding.key], worth[finding.state])
    yield checks
    yield from _write_ahead()
    if not any(finding.key == "database" and finding.state is State.GOOD for finding in found):
        return
    yield from _queues(session)
    yield from _jobs(session, now)


def _write_ahead() -> Iterable[Metric]:
    size = sqlite.write_ahead_size(db.engine)
    if size is not None:
        yield GaugeMetricFamily("sukma_write_ahead_bytes", "Size of SQLite's write-ahead file.", value=size)


def _queues(session: Session) -> Iterable[Metric]:
    queue = outbox_queries.whole(session)
    depth = GaugeMetricFamily("sukma_outbox_messages", "Messages that have not been sent.", labels=["state"])
    for state in ("waiting", "failing", "given_up"):
        depth.add_metric([state], getattr(queue, state))
    yield depth
    marks = dirty.count(session)
    yield GaugeMetricFamily("sukma_days_to_recount", "Marks of days that the next night counts again.", value=marks)


def _jobs(session: Session, now: datetime) -> Iterable[Metric]:
    took = GaugeMetricFamily("sukma_job_seconds", "How long the last good run took.", labels=["job"])
    ended = GaugeMetricFamily("sukma_job_ended_seconds", "When the last good run ended, in Unix time.", labels=["job"])
    for run in jobs.newest_done(session):
        took.add_metric([run.job], (run.finished_at - run.started_at).total_seconds())
        ended.add_metric([run.job], run.finished_at.timestamp())
    yield took
    yield ended
    age = backups.health(session, now).age
    if age is not None:
        seconds = age.total_seconds()
        yield GaugeMetricFamily("sukma_backup_age_seconds", "Age of the last verified backup.", value=seconds)
