"""SQLite made safe: a current library, WAL with full sync, and writers that queue instead of polling."""

import fcntl
import os
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import Busy

# Libraries before this carry a bug that can corrupt a database in WAL mode.
OLDEST_SAFE = (3, 51, 3)
BUSY_TIMEOUT_S = 10.0
TURN_TIMEOUT_S = 10.0
POLL_S = 0.0005
READERS = 16
# Once all of it is back in the database, the next write cuts the write-ahead file to this.
WRITE_AHEAD_BYTES = 64 * 1024 * 1024
EVERY_TABLE = 0x10002  # analyse where that helps, all tables (sqlite.org/pragma.html#pragma_optimize)


def engine_options(*, writer: bool) -> dict[str, Any]:
    """Options for create_engine. One writing connection a process: its pool is the queue of threads."""
    if dbapi2.sqlite_version_info < OLDEST_SAFE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version_info} is too old to be safe in WAL mode")
    return {
        "module": dbapi2,
        "connect_args": {"isolation_level": None, "timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
        "pool_size": 1 if writer else READERS,
        "max_overflow": 0,
        "pool_timeout": TURN_TIMEOUT_S,
        "hide_parameters": True,  # an error in the log must not hold residents' words
    }


def keep_private(database: Path) -> None:
    """Make the file for its owner alone; what SQLite puts beside it takes over its mode."""
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    database.chmod(0o600)


def prepare(engine: Engine, *, writer: bool) -> None:
    """Give every connection its pragmas, and every transaction an explicit BEGIN; writers wait for their turn."""
    if writer:
        _queue(engine)
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        for pragma in _PRAGMAS + ([] if writer else ["query_only=ON"]):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


_PRAGMAS = [
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    f"journal_size_limit={WRITE_AHEAD_BYTES}",
]


def lock_file(database: Path) -> Path:
    """The file on which the processes queue that write to `database`."""
    return database.with_suffix(".lock")


def write_ahead_size(engine: Engine) -> int | None:
    """Bytes of the write-ahead file; None where there is none to speak of (another database, or one in memory)."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    try:
        return Path(f"{engine.url.database}-wal").stat().st_size
    except FileNotFoundError:
        return 0


def _queue(engine: Engine) -> None:
    """Threads queue, asleep, for their process's one writing connection; processes on the connection's lock file.

    The file is opened with the connection, after any fork: two processes that shared it would share the turn too.
    """
    path = lock_file(Path(engine.url.database or ""))

    @event.listens_for(engine, "connect")
    def _join(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["line"] = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @event.listens_for(engine, "begin")
    def _wait(connection: Connection) -> None:
        take_turn(connection.info["line"])

    @event.listens_for(engine, "checkin")
    def _next(_connection: object, record: ConnectionPoolEntry) -> None:
        if "line" in record.info:  # a broken connection has left the line already
            fcntl.flock(record.info["line"], fcntl.LOCK_UN)

    @event.listens_for(engine, "close")
    def _leave(_connection: object, record: ConnectionPoolEntry) -> None:
        os.close(record.info.pop("line"))  # gives the turn away, as the end of the process does


def take_turn(line: int) -> None:
    """Wait in line, across processes, to write; raises Busy after ten seconds."""
    deadline = time.monotonic() + TURN_TIMEOUT_S
    while not _taken(line):
        if time.monotonic() > deadline:
            raise Busy
        time.sleep(POLL_S)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def tidy(engine: Engine) -> None:
    """Keep the statistics fresh and the write-ahead file small. Waits for nobody: who reads or writes goes first.

    All tables are looked at: by itself SQLite looks only at those that this very connection has read, so at none, and
    statistics of an empty house would choose the ways through a full one.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    opened = dbapi2.connect(engine.url.database, timeout=0, isolation_level=None)
    with closing(opened) as connection, suppress(dbapi2.OperationalError):
        connection.execute(f"PRAGMA optimize={EVERY_TABLE:#x}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
