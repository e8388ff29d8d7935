"""The database of one moment, while people go on writing: a file, and a session that sees the same."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pysqlite3 import dbapi2
from sqlalchemy import Engine
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from core import sqlite
from core.backup import postgres
from core.db import writer_engine
from core.errors import Refused

SQLITE, POSTGRES = "sqlite", "postgresql"
DAMAGED = "Basis data ini rusak ({}). Pulihkan dari cadangan terakhir yang terverifikasi."


@dataclass(frozen=True)
class Snapshot:
    """`dumped` is the file, `session` reads the same rows."""

    dialect: str
    dumped: Path
    session: Session


@contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """Taken in one go from our database."""
    engine, dumped = writer_engine(), folder / "database"
    take = _of_postgres if engine.dialect.name == POSTGRES else _of_sqlite
    with take(engine, dumped) as session:
        yield Snapshot(engine.dialect.name, dumped, session)


def counts(session: Session) -> Mapping[str, int]:
    """Rows by table, of all tables but those that a full-text index keeps for itself."""
    names = sa.inspect(session.connection()).get_table_names()
    indexes = [name for name in names if f"{name}_data" in names]
    own = [name for name in names if not any(name.startswith(f"{index}_") for index in indexes)]
    return {name: session.scalars(sa.select(sa.func.count()).select_from(sa.table(name))).one() for name in own}


def copy_sqlite(database: str, to: Path) -> Path:
    """A copy of the SQLite file as of one moment; raises Refused when it is damaged. No copy is left behind then."""
    try:
        with closing(dbapi2.connect(database, timeout=sqlite.BUSY_TIMEOUT_S)) as source:
            _copy(source, to)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return to


def _copy(source: Any, to: Path) -> None:
    to.touch(0o600)
    with closing(dbapi2.connect(to)) as target:
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        ((found, *_more),) = target.execute("PRAGMA integrity_check(1)").fetchall()
    if found != "ok":
        raise Refused(DAMAGED.format(found))


@contextmanager
def opened(path: Path) -> Iterator[Session]:
    """Read a SQLite file as it is, changing nothing in it or beside it."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    engine = sa.create_engine(
        "sqlite://", module=dbapi2, poolclass=sa.NullPool, creator=lambda: dbapi2.connect(address, uri=True)
    )
    with Session(engine) as session:
        yield session
    engine.dispose()


@contextmanager
def _of_sqlite(engine: Engine, dumped: Path) -> Iterator[Session]:
    copy_sqlite(str(engine.url.database), dumped)
    with opened(dumped) as session:
        yield session


@contextmanager
def _of_postgres(engine: Engine, dumped: Path) -> Iterator[Session]:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        exported = str(connection.scalar(sa.text("SELECT pg_export_snapshot()")))
        postgres.dump(engine.url, exported, dumped)
        dumped.chmod(0o600)
        with Session(bind=connection) as session:
            yield session


def is_postgres(url: URL) -> bool:
    """Whether the address is one of PostgreSQL's."""
    return url.get_backend_name() == POSTGRES
