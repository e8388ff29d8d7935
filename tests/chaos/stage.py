"""Where the faults are played: a seeded house in a folder, served by real processes, and its accounts."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import flask_migrate
import psutil
from flask import Flask

from core import clock, commands
from core.db import db, reader
from offices import settings
from offices.points import Purpose
from offices.queries import points
from tests import make
from tests.server import Server
from wsgi import SEEDERS, create_app

SERVE = (sys.executable, "-m", "flask", "--app", "wsgi")
# The officers of these tests have no second device; an office may say so, role by role.
SECOND_FACTOR = "second_factor_roles"
COMMAND_TIMEOUT_S = 180


@dataclass
class Stage:
    """A house in `data_dir`, on SQLite there or on the PostgreSQL at `url`."""

    data_dir: Path
    url: str = ""
    point: str = ""
    officers: list[str] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        """Its settings."""
        return {"DATA_DIR": str(self.data_dir)} | ({"DATABASE_URL": self.url} if self.url else {})

    def server(self, **environ: str) -> Server:
        """Its server, not yet started."""
        return Server(self.data_dir, environ=self.environ | environ)

    @contextmanager
    def serving(self, **environ: str) -> Iterator[Server]:
        """Its server, begun; nothing of it outlives this, whatever happens."""
        server = self.server(**environ)
        try:
            yield server.start()
        finally:
            end(server)

    @contextmanager
    def opened(self) -> Iterator[Flask]:
        """Its application in this process, to look at what is stored."""
        app = create_app(self.environ, TESTING=True)
        with app.app_context():
            yield app
            db.session.remove()
            for engine in make.engines():
                engine.dispose()

    def command(
        self, *words: str, log: IO[bytes] | None = None, clock: Path | None = None, **environ: str
    ) -> subprocess.Popen[bytes]:
        """A command of the house in a process of its own, begun; what it says goes into `log`, else to who asks. Under
        the clock that the file sets, where there is one.
        """
        own = {**os.environ, **self.environ, **environ}
        flask = [sys.executable, "-m", "tests.chaos.shifted", str(clock)] if clock else SERVE
        said = log or subprocess.PIPE
        return subprocess.Popen([*flask, *words], env=own, stdout=said, stderr=subprocess.STDOUT)

    def run(self, *words: str) -> tuple[int, str]:
        """The same, to its end: exit status and what it said."""
        with self.command(*words) as process:
            said, _nothing = process.communicate(timeout=COMMAND_TIMEOUT_S)
            return process.returncode, said.decode(errors="replace")


def prepared(data_dir: Path, url: str = "", officers: int = 1) -> Stage:
    """A fresh house with the master data, so many officers, and a place to rate and report at."""
    data_dir.mkdir(parents=True, exist_ok=True)
    stage = Stage(data_dir, url)
    with stage.opened() as app:
        flask_migrate.upgrade()
        commands.put_in(SEEDERS, now=clock.now())
        if SECOND_FACTOR in settings.KNOWN:
            app.test_cli_runner().invoke(args=["settings", "set", SECOND_FACTOR, settings.NOBODY])
        stage.officers = [make.staff("officer", factor=False) for _number in range(officers)]
        open_points = [row for row in points(reader(), make.OFFICE) if row.is_open and row.purpose == Purpose.BOTH]
        stage.point = next(row.code for row in open_points if row.service_code is None)
    return stage


def end(server: Server) -> None:
    """Everything of a server, at once; it may have ended by itself, without a disk."""
    if server.process is None:
        return
    everybody = signalled(server, signal.SIGKILL)
    server.process.wait()
    psutil.wait_procs(everybody, timeout=15)
    server.process = None


def signalled(server: Server, how: signal.Signals) -> list[psutil.Process]:
    """Its processes, each of which got the signal."""
    everybody = _family(server.process.pid) if server.process else []
    for process in everybody:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(how)
    return everybody


def _family(pid: int) -> list[psutil.Process]:
    """A server's processes: all of its session, for those whose parent has died are no children any more."""
    found = []
    for process in psutil.process_iter():
        with suppress(ProcessLookupError):
            found += [process] if os.getsid(process.pid) == pid else []
    return found


def processes(server: Server) -> Mapping[str, list[psutil.Process]]:
    """What runs for a server now: its web workers, its scheduler."""
    found: dict[str, list[psutil.Process]] = {"worker": [], "scheduler": []}
    if server.process is None:
        return found
    for child in psutil.Process(server.process.pid).children(recursive=True):
        try:
            words = " ".join(child.cmdline())
        except psutil.Error:
            continue
        if "scheduler" in words:
            found["scheduler"].append(child)
        elif "resource_tracker" not in words and words:
            found["worker"].append(child)
    return found
