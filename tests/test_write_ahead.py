"""Under a running server the write-ahead file is emptied: a process that went on reading would let it fill the disk."""

import time
from contextlib import closing
from pathlib import Path

from flask import Flask
from pysqlite3 import dbapi2

from core import sqlite
from core.db import writer_engine
from tests.server import Server

PATIENCE_S = 20


def written(database: Path) -> tuple[int, int]:
    """Pages in the write-ahead file after one more write, and how many of them went where they belong."""
    with closing(dbapi2.connect(database, timeout=10, isolation_level=None)) as connection:
        connection.execute("INSERT INTO job_lease (job, until) VALUES (hex(randomblob(8)), '2026-01-01 00:00:00')")
        _busy, pages, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return pages, moved


def scheduler_has_begun(database: Path) -> bool:
    """Its first job, the check of the trails, has ended: by then every process has read."""
    with closing(dbapi2.connect(database, timeout=10)) as connection:
        return bool(connection.execute("SELECT count(*) FROM job_run").fetchone()[0])


def test_a_file_that_grew_is_cut_when_all_of_it_is_back(sqlite_app: Flask) -> None:
    engine = writer_engine()
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE heavy (load BLOB)")
        for _ in range(9):
            connection.exec_driver_sql("INSERT INTO heavy VALUES (randomblob(8388608))")
    grown = sqlite.write_ahead_size(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM heavy WHERE rowid = 1")
    assert (grown or 0) > sqlite.WRITE_AHEAD_BYTES == sqlite.write_ahead_size(engine)


def test_no_process_reads_for_as_long_as_it_lives(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not scheduler_has_begun(server.data_dir / "sukma.db"):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    while (found := written(server.data_dir / "sukma.db"))[0] != found[1] and time.monotonic() < deadline:
        time.sleep(0.5)
    assert found[0] == found[1]
