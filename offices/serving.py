"""`serve`: one command that prepares the database, says how to reach the service, and serves pages and nights."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from core import clock, commands, memory, metrics
from core.commands import Command, Seeder
from core.config import ROOT, Settings
from core.db import db, reader
from core.errors import Refused
from core.lifeline import Pulse
from offices import addresses, qr, queries, staff
from offices.models import Office, Staff
from offices.roles import Role
from offices.staff import NewLink

# Many threads, because a slow phone keeps one while its form trickles in; the database is not touched before.
WORKERS, THREADS = 2, 256
# After Ctrl-C; a worker that a signal reached twice may wait for ever.
GRACE_S = 5
# How long the nights may be without their process.
RESTART_S = 1.0
PULSE = Pulse()
FIRST_OPERATOR = "operator@mumbulsari.example"


def init_serving(app: Flask, seeders: Sequence[Seeder]) -> None:
    """Register `serve`; `seeders` put in the master data the first time."""

    @app.cli.command("serve", cls=Command)
    @click.option("--pages-only", is_flag=True, help="Tanpa penjadwal; jalankan `scheduler` sebagai layanan sendiri.")
    def serve(*, pages_only: bool) -> None:
        """Serve pages and nightly jobs until Ctrl-C."""
        refuse_taken_port(app.config["SETTINGS"])
        metrics.count_together(app.config["SETTINGS"])
        commands.prepare(seeders)
        click.echo(greeting(app.config["SETTINGS"], now=clock.now()))
        close_connections()
        with nullcontext() if pages_only else scheduler():
            serve_pages(app.config["SETTINGS"])


def refuse_taken_port(settings: Settings) -> None:
    """Raises Refused when another server listens there: it and this one would answer by turns."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            raise Refused(
                f"{settings.host}:{settings.port} tidak dapat dipakai ({fault.strerror}). "
                "Hentikan program yang memakainya, atau pilih yang lain: PORT=8001 make run"
            ) from fault


def greeting(settings: Settings, *, now: datetime) -> str:
    """What the terminal says at start: address, a code to scan, the operator's first link, the way to the Wi-Fi."""
    office = queries.default_office(reader())
    if office is None:
        raise RuntimeError("master data has not been put in")
    parts = [f"{office.name}\n{settings.base_url}", *_code(office, settings), *_first_link(office, settings, now)]
    parts += _warnings(office, settings)
    return "\n\n".join(parts) + "\n\nBerhenti dengan Ctrl-C.\n"


def _code(office: Office, settings: Settings) -> list[str]:
    points = [point for point in queries.points(reader(), office.id) if point.is_open]
    first = next((point for point in points if point.purpose == "both"), points[0] if points else None)
    if first is None:
        return []
    address = addresses.point_address(settings.base_url, first.code)
    return [f"{first.name}: {address}\n{qr.terminal(address)}"]


def _first_link(office: Office, settings: Settings, now: datetime) -> list[str]:
    """A one-time link until an operator has set a password."""
    operators = [account for account in queries.staff(reader(), office.id) if account.role == Role.OPERATOR]
    if any(account.password and account.active for account in operators):
        return []
    link = _link(office, operators, now)
    url = f"{settings.base_url}/masuk/kata-sandi/{link.token}"
    return [f"Operator pertama: {link.email}\nBuka sekali untuk membuat kata sandi (berlaku tiga hari):\n{url}"]


def _link(office: Office, operators: Sequence[Staff], now: datetime) -> NewLink:
    if operators:
        return staff.reset(office_id=office.id, staff_id=operators[0].id, by="perintah serve", now=now)
    return staff.add(
        office_id=office.id,
        email=FIRST_OPERATOR,
        name="Operator",
        role=Role.OPERATOR,
        by="perintah serve",
        now=now,
    )


def _warnings(office: Office, settings: Settings) -> list[str]:
    found = []
    if not addresses.reachable_by_phones(settings.base_url):
        found.append(
            "HP belum dapat membuka alamat ini. Untuk membuka layanan ke Wi-Fi kantor, jalankan:\n"
            f"  HOST=0.0.0.0 BASE_URL=http://{_own_address()}:{settings.port} make run"
        )
    if addresses.printed_codes_die(settings.base_url, office.printed_base_url):
        found.append(
            f"PERHATIAN: poster yang sudah dicetak menuju {office.printed_base_url}, "
            f"bukan {settings.base_url}. Kode QR di dinding tidak lagi membuka layanan ini."
        )
    return found


def _own_address() -> str:
    """This machine's address in its own network; a word to replace where there is none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return "ALAMAT-KOMPUTER-INI"


def close_connections() -> None:
    """The workers are copies of this process: none may share a database connection with it."""
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


@contextmanager
def scheduler() -> Iterator[None]:
    """The nightly jobs in a process of their own. A night that is cut short leaves nothing half done."""
    stopped = threading.Event()
    watch = threading.Thread(target=_keep_scheduler, args=[stopped], daemon=True)
    watch.start()
    try:
        yield
    finally:
        stopped.set()
        watch.join()


def _keep_scheduler(stopped: threading.Event) -> None:
    """Start it, and again should it ever end by itself: nights must not stop in silence."""
    flask = [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py")]
    while not stopped.is_set():
        with subprocess.Popen([*flask, "scheduler", "--with-parent"]) as process:  # noqa: S603 (our own command)
            while process.poll() is None and not stopped.wait(RESTART_S):
                pass
            process.terminate()


def serve_pages(settings: Settings) -> None:
    """Pages until Ctrl-C. The library gives up where a worker ends twice within seconds; we begin again."""
    memory.share_heaps()
    PULSE.watch()
    while not _served(settings):
        time.sleep(RESTART_S)


def _served(settings: Settings) -> bool:
    """Serve; False when workers ended by themselves."""
    server = Server(
        "wsgi:create_worker",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_S,
        log_level=LogLevels.error,
        working_dir=ROOT,
    )
    try:
        server.serve()
    except SystemExit:
        return bool(server.interrupt_signal)
    return True
