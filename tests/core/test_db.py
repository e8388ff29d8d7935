"""The one way to write: whole or not at all, tried again when it left no trace, in turn on SQLite."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from core import sqlite
from core.db import ATTEMPTS, FixedPoint, UtcDateTime, db, reader, transaction, writer_engine
from core.errors import Busy
from offices.models import Office, Section
from tests.turns import others_turn

KEYS = ("pmks", "trantib")
THREADS = 8
ROUNDS = 25


@transaction
def rename(session: Session, /, name: str, fault: Exception | None = None) -> None:
    session.execute(sa.update(Office).values(name=name))
    if fault:
        raise fault


@transaction
def add_one(session: Session, /, key: str = KEYS[0]) -> int:
    """Read, then write what was read plus one."""
    section = session.scalars(sa.select(Section).filter_by(key=key).with_for_update()).one()
    section.position += 1
    return section.position


def office_name() -> str:
    db.session.rollback()
    return reader().scalars(sa.select(Office.name)).one()


def position(key: str = KEYS[0]) -> int:
    db.session.rollback()
    return reader().scalars(sa.select(Section.position).filter_by(key=key)).one()


class Clash(Exception):
    """What a driver raises, with the state the database gave."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def clash(sqlstate: str) -> OperationalError:
    return OperationalError("COMMIT", {}, Clash(sqlstate))


def test_what_returns_is_kept(any_app: Flask) -> None:
    rename("Kecamatan Lain")
    assert office_name() == "Kecamatan Lain"


def test_what_raises_leaves_no_trace(any_app: Flask) -> None:
    before = office_name()
    with pytest.raises(RuntimeError):
        rename("Kecamatan Lain", RuntimeError("halfway"))
    assert office_name() == before


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_a_clash_that_left_no_trace_is_tried_again(any_app: Flask, sqlstate: str) -> None:
    faults = [clash(sqlstate), clash(sqlstate)]

    @transaction
    def work(session: Session, /) -> str:
        session.execute(sa.update(Office).values(name=f"{len(faults)}"))
        if faults:
            raise faults.pop()
        return "kept"

    assert work() == "kept"
    assert office_name() == "0"


def test_a_clash_that_never_ends_is_told(any_app: Flask) -> None:
    tries = []

    @transaction
    def work(_session: Session, /) -> None:
        tries.append(1)
        raise clash("40001")

    with pytest.raises(OperationalError):
        work()
    assert len(tries) == ATTEMPTS


def test_another_fault_of_the_database_is_not_tried_again(any_app: Flask) -> None:
    tries = []

    @transaction
    def work(_session: Session, /) -> None:
        tries.append(1)
        raise clash("23505")

    with pytest.raises(OperationalError):
        work()
    assert len(tries) == 1


def test_two_that_lock_each_other_both_end_well(postgres_app: Flask) -> None:
    before = {key: position(key) for key in KEYS}
    meet = Barrier(2, timeout=20)
    first_tries = set(KEYS)

    @transaction
    def both(session: Session, /, first: str, second: str) -> None:
        session.execute(sa.update(Section).filter_by(key=first).values(position=Section.position + 1))
        if first in first_tries:
            first_tries.remove(first)
            meet.wait()
        session.execute(sa.update(Section).filter_by(key=second).values(position=Section.position + 1))

    def run(keys: tuple[str, str]) -> None:
        with postgres_app.app_context():
            both(*keys)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [KEYS, KEYS[::-1]]))
    assert {key: position(key) for key in KEYS} == {key: value + 2 for key, value in before.items()}


def test_writers_at_once_lose_no_update(any_app: Flask) -> None:
    before = position()

    def run(_thread: int) -> None:
        with any_app.app_context():
            for _round in range(ROUNDS):
                add_one()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))
    assert position() == before + THREADS * ROUNDS


WRITER = """
from tests.core.test_db import add_one
from wsgi import create_app
with create_app().app_context():
    for _ in range(25):
        add_one()
"""


def test_processes_at_once_lose_no_update(sqlite_app: Flask, tmp_path: Path) -> None:
    before = position()
    environ = os.environ | {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/test.db"}
    processes = [subprocess.Popen([sys.executable, "-c", WRITER], env=environ) for _n in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert position() == before + 3 * 25


def test_who_gets_no_turn_is_told_so_in_time(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "TURN_TIMEOUT_S", 0.1)
    with others_turn():
        start = time.monotonic()
        with pytest.raises(Busy):
            rename("Kecamatan Lain")
    assert time.monotonic() - start < 2
    rename("Kecamatan Lain")


def test_readers_never_wait_for_a_writer(any_app: Flask) -> None:
    before = office_name()

    @transaction
    def slow(session: Session, /) -> str:
        session.execute(sa.update(Office).values(name="Kecamatan Lain"))
        return office_name()

    assert slow() == before
    assert office_name() == "Kecamatan Lain"


@pytest.mark.parametrize("writer", [False, True])
def test_sqlite_keeps_what_it_acknowledged(sqlite_app: Flask, writer: bool) -> None:
    engine = writer_engine() if writer else db.engine
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "query_only")
        }
    full = 2
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "query_only": 0 if writer else 1,
    }


def test_postgres_acknowledges_only_what_is_on_disk(postgres_app: Flask) -> None:
    with writer_engine().connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_a_row_of_no_office_is_refused(any_app: Flask) -> None:
    @transaction
    def orphan(session: Session, /) -> None:
        session.add(Section(office_id=999, key="x", name="x", position=1))

    with pytest.raises(sa.exc.IntegrityError):
        orphan()


def test_a_moment_comes_back_aware_and_in_utc(any_app: Flask) -> None:
    wib = datetime(2026, 10, 1, 6, 30, tzinfo=timezone(timedelta(hours=7)))
    with db.engine.connect() as connection:
        read = connection.scalar(sa.select(sa.literal(wib, UtcDateTime())))
    assert read == wib
    assert read is not None
    assert read.tzinfo is UTC


def test_a_naive_moment_is_refused(any_app: Flask) -> None:
    naive = datetime(2026, 10, 1, 6, 30)  # noqa: DTZ001
    with db.engine.connect() as connection, pytest.raises(StatementError, match="time zone"):
        connection.scalar(sa.select(sa.literal(naive, UtcDateTime())))


def test_a_decimal_comes_back_exactly(any_app: Flask) -> None:
    with db.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.literal(Decimal("-8.203601"), FixedPoint(6)))) == Decimal("-8.203601")


def test_a_decimal_that_does_not_fit_is_refused(any_app: Flask) -> None:
    with db.engine.connect() as connection, pytest.raises(StatementError, match="decimals"):
        connection.scalar(sa.select(sa.literal(Decimal("1.234"), FixedPoint(2))))
