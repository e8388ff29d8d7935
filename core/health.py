"""For whoever watches over the service: is the process alive, can it do its work, and what needs looking after."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core import clock, schema
from core.db import ask_database, reader
from core.errors import DatabaseDown

health = Blueprint("health", __name__)
CHECKS = "health_checks"
MB = 1024 * 1024
# Under this SQLite and photos may find no room any more; and so much should be left to have time to see to it.
FULL_BYTES, NEARLY_FULL_BYTES = 100 * MB, 2 * 1024 * MB


class State(StrEnum):
    """How something stands. What is STOPPED keeps the service from taking anything in; a WARNING does not."""

    GOOD = "good"
    WARNING = "warning"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Finding:
    """What a check found: a key for programs; for people its name, how it stands, and what to do ("": nothing)."""

    key: str
    name: str
    state: State
    words: str
    advice: str = ""


Check = Callable[[Session, datetime], Finding]


def init_health(app: Flask, checks: Sequence[Check]) -> None:
    """`checks`: those of the rooms; they are asked after our own, and only while the database answers."""
    app.extensions[CHECKS] = tuple(checks)
    app.register_blueprint(health)


def findings(session: Session, now: datetime) -> list[Finding]:
    """Everything that is looked after. A database that does not answer hides the rest."""
    try:
        ask_database()
    except DatabaseDown:
        return [_database_down()]
    checks: Sequence[Check] = (_database, tables, disk, *current_app.extensions[CHECKS])
    return [check(session, now) for check in checks]


def tables(_session: Session, _now: datetime) -> Finding:
    """Whether the tables are this release's."""
    name = _("Versi tabel")
    if schema.is_current():
        return Finding("migrations", name, State.GOOD, _("Sesuai dengan versi aplikasi ini."))
    words = _("Tabel belum sesuai dengan versi aplikasi ini.")
    return Finding("migrations", name, State.STOPPED, words, _("Jalankan: flask --app wsgi init"))


def disk(_session: Session, _now: datetime) -> Finding:
    """Whether there is room for what comes in, and whether it may be written."""
    folder = Path(current_app.config["SETTINGS"].data_dir)
    name, free = _("Ruang simpan"), shutil.disk_usage(folder).free
    words = _("Tersisa %(gb)s GB.", gb=f"{free / 1e9:.1f}".replace(".", ","))
    if not os.access(folder, os.W_OK):
        return Finding("disk", name, State.STOPPED, _("Folder data tidak dapat ditulisi."), _("Periksa disknya."))
    if free < FULL_BYTES:
        return Finding("disk", name, State.STOPPED, words, _("Kosongkan ruang, atau pindah ke disk yang lebih besar."))
    if free < NEARLY_FULL_BYTES:
        return Finding("disk", name, State.WARNING, words, _("Kosongkan ruang sebelum habis."))
    return Finding("disk", name, State.GOOD, words)


@health.get("/healthz")
def alive() -> Response:
    """The process answers; asks nothing of the database."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> Response:
    """503 while nothing can be taken in. What only needs looking after is named, and 200."""
    found = findings(reader(), clock.now())
    told = [f"{finding.state}: {finding.key}" for finding in found if finding.state is not State.GOOD]
    is_stopped = any(finding.state is State.STOPPED for finding in found)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_stopped else HTTPStatus.OK
    lines = ["unavailable" if is_stopped else "ok", *told]
    return Response("\n".join(lines) + "\n", status, mimetype="text/plain")


def _database_down() -> Finding:
    advice = _("Nyalakan lagi, atau hubungi penyedianya.")
    return Finding("database", _("Basis data"), State.STOPPED, _("Basis data tidak menjawab."), advice)


def _database(_session: Session, _now: datetime) -> Finding:
    return Finding("database", _("Basis data"), State.GOOD, _("Menjawab."))
