"""(8) A migration killed in the middle, again and again, then run to its end; SQLite and PostgreSQL."""

import random
import signal
import time
from pathlib import Path
from uuid import UUID

import flask_migrate
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.calendar import wib_day
from core.db import writer_engine
from tests import make
from tests.chaos.checks import Verdict
from tests.chaos.database import fresh, postgres
from tests.chaos.stage import Stage

FIRST = "0001"
REPORTS = 500
UPGRADE = ("db", "upgrade")
OFFICE = """
    INSERT INTO office (id, code, prefix, name, regency, province, postcode, is_default, invented, revision)
    VALUES (:office, 'a', 'TRB', 'a', 'a', 'a', '1', true, false, 0)
"""


def run(folder: Path, *, kills: int = 20) -> Verdict:
    """So many kills on each database."""
    verdict = Verdict(f"(8) {kills} × a migration killed and resumed, on each database")
    with postgres() as server:
        for name, url in {"SQLite": ("", ""), "PostgreSQL": (fresh(server, "cut"), fresh(server, "whole"))}.items():
            _play(verdict, name, Stage(folder / f"{name}-cut", url[0]), Stage(folder / f"{name}-whole", url[1]), kills)
    return verdict


def _play(verdict: Verdict, name: str, cut: Stage, whole: Stage, kills: int) -> None:
    for stage in (cut, whole):
        stage.data_dir.mkdir(parents=True)
        _old(stage)
    began = time.monotonic()
    done = whole.run(*UPGRADE)
    lasts = time.monotonic() - began
    _must_be_done(verdict, f"{name}: uninterrupted, {lasts:.1f} s", done)
    hit = sum(_killed(cut, part * lasts) for part in _moments(kills))
    _must_be_done(verdict, f"{name}: killed {hit} of {kills}, then", cut.run(*UPGRADE))
    same = _tables(cut) == _tables(whole)
    verdict.must(f"{name}: tables and old rows as in the uninterrupted", is_so=same)


def _must_be_done(verdict: Verdict, name: str, came: tuple[int, str]) -> None:
    status, said = came
    verdict.must(name, is_so=status == 0, value=said[-300:] if status else "done")


def _moments(kills: int) -> list[float]:
    """Parts of the time that the whole takes; more towards its end, where the tables are made."""
    chance = random.Random(kills)
    return [chance.uniform(0.2, 1.05) for _kill in range(kills)]


def _killed(stage: Stage, after_s: float) -> bool:
    """Whether it was killed before it had ended."""
    with stage.command(*UPGRADE) as process:
        time.sleep(after_s)
        is_running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return is_running


def _old(stage: Stage) -> None:
    """A database of the first release, with an office and reports in it."""
    with stage.opened():
        flask_migrate.upgrade(revision=FIRST)
        with writer_engine().connect() as connection:
            _mind_no_parents(connection)
            connection.execute(sa.text(OFFICE), {"office": make.OFFICE})
            table = sa.Table("complaint", sa.MetaData(), autoload_with=connection)
            connection.execute(table.insert(), [_report(connection, number) for number in range(REPORTS)])
            connection.commit()


def _mind_no_parents(connection: Connection) -> None:
    """The reports need nothing around them then."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("SET session_replication_role = replica")


def _report(connection: Connection, number: int) -> dict[str, object]:
    """A report's row as the first release wrote it."""
    is_file = connection.dialect.name == "sqlite"
    key, sending = (UUID(int=each, version=4) for each in (number, number + REPORTS))
    moment, day = make.START.replace(tzinfo=None) if is_file else make.START, wib_day(make.START)
    return {
        "office_id": make.OFFICE, "id": key.hex if is_file else key, "number": f"TRB-2026-{number:05}",
        "submission_id": sending.hex if is_file else sending, "digest": "", "receipt_digest": str(number),
        "receipt_issue": 1, "category_code": "jalan", "description": "Lubang", "place": "", "is_confidential": False,
        "is_held": False, "is_unproven": False, "source": "web", "received_at": moment, "received_on": day,
        "recorded_at": moment, "status": "received", "version": 1, "answer_due": day, "follow_up_due": day,
        "settle_due": day,
    }  # fmt: skip


def _tables(stage: Stage) -> dict[str, object]:
    """Columns and indexes of every table, and how many rows each holds; the release it is at."""
    with stage.opened(), writer_engine().connect() as connection:
        release = connection.execute(sa.text("SELECT version_num FROM alembic_version")).all()
        return {**_shape(connection), "release": release}


def _shape(connection: Connection) -> dict[str, object]:
    looked = sa.inspect(connection)
    return {
        table: (
            sorted((column["name"], str(column["type"])) for column in looked.get_columns(table)),
            sorted(str(index["name"]) for index in looked.get_indexes(table)),
            connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar(),
        )
        for table in looked.get_table_names()
    }
