"""The database: typed base, column types, key mixins, and the one way to write (`@transaction`)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy.engine import Dialect, Engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from core import sqlite
from core.errors import Busy, DatabaseDown

P = ParamSpec("P")
R = TypeVar("R")
WRITER = "writer"
ATTEMPTS = 3
POSTGRES_READERS = 16
POSTGRES_WRITERS = 8
POOL_TIMEOUT_S = 10.0
# A server that vanished from the network is noticed within half a minute, not after the quarter of an hour usual.
POSTGRES_LINE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
# serialization_failure and deadlock_detected: the transaction left no trace and may be run again.
RETRIED_SQLSTATES = {"40001", "40P01"}
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite keeps it without a zone, so it is put back on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they would be taken for another zone's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class FixedPoint(sa.TypeDecorator[Decimal]):
    """An exact decimal of `places` decimals, kept as a whole number: SQLite has no decimals of its own."""

    impl = sa.BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Refuse what the column can't hold exactly."""
        if value is None:
            return None
        scaled = value.scaleb(self.places)
        if scaled != int(scaled):
            raise ValueError(f"{value} has more than {self.places} decimals")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Back to `places` decimals."""
        return None if value is None else Decimal(value).scaleb(-self.places)


class Base(DeclarativeBase):
    """Parent of all tables."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime(), str: sa.Text(), UUID: sa.Uuid()}  # noqa: RUF012 (SQLAlchemy reads it off the class)


class OfficeRow:
    """A row of one office: its key begins with `office_id`."""

    # Never updated: it says on which shard the row lives.
    office_id: Mapped[int] = mapped_column(sa.ForeignKey("office.id"), primary_key=True, sort_order=-20)


class GrowingRow(OfficeRow):
    """A row of a table that grows for ever: key (office_id, id), the id a UUIDv7 made here."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-19)


class RequestSession(FlaskSession):
    """Reads through the readers' engine. Sign-in, whose library writes through it, takes the writer's to flush, and
    not before: checking a password takes long, and nobody could write meanwhile. (Only who has a one-time link to set
    one keeps it while it is hashed: offices/signin/links.py.)
    """

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | sa.Connection:
        """Choose the engine for this statement."""
        writes = self._flushing or isinstance(kwargs.get("clause"), sa.UpdateBase)
        if writes and has_request_context() and g.get("session_writes"):
            return writer_engine()
        return super().get_bind(*args, **kwargs)

    def close(self) -> None:
        """A connection that has died meanwhile is thrown away: the answer that was made with it stands."""
        try:
            super().close()
        except DBAPIError:
            with suppress(SQLAlchemyError):
                self.invalidate()


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": RequestSession})


def init_db(app: Flask, url: str) -> None:
    """Bind the app to the database at `url`. Readers and writers have pools of their own, so that a request
    that reads and then writes never waits for a connection that another such request holds.
    """
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    if is_sqlite:
        sqlite.keep_private(Path(make_url(url).database or ""))
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _pool(is_sqlite=is_sqlite, writer=False)
    app.config["SQLALCHEMY_BINDS"] = {WRITER: {"url": url, **_pool(is_sqlite=is_sqlite, writer=True)}}
    db.init_app(app)
    if is_sqlite:
        with app.app_context():
            sqlite.prepare(db.engine, writer=False)
            sqlite.prepare(writer_engine(), writer=True)


def _pool(*, is_sqlite: bool, writer: bool) -> dict[str, Any]:
    if is_sqlite:
        return sqlite.engine_options(writer=writer)
    size = POSTGRES_WRITERS if writer else POSTGRES_READERS
    return {
        "pool_size": size,
        "max_overflow": 0,
        "pool_pre_ping": True,
        "pool_timeout": POOL_TIMEOUT_S,
        "connect_args": POSTGRES_LINE,
        "hide_parameters": True,
    }


def writer_engine() -> Engine:
    """The engine that writes."""
    return db.engines[WRITER]


def reader() -> Session:
    """This request's (or command's) reading session."""
    return db.session()


def read_afresh() -> Session:
    """The reading session, seeing what was committed since this request began to read."""
    session = reader()
    session.rollback()
    return session


def ask_database() -> None:
    """Return when the database answers; raises DatabaseDown."""
    try:
        reader().execute(sa.text("SELECT 1"))
    except SQLAlchemyError as fault:
        raise DatabaseDown from fault


def transaction(work: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Make `work(session, …)` one transaction, committed when it returns, undone when it raises.

    Run again (three times at most) when the database says that it clashed and left no trace; raises Busy when
    no writer's turn comes in time. What it returns must not be a live row: the session ends with it.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _once(work, *args, **kwargs)
            except PoolTimeout as clash:
                raise Busy from clash
            except DBAPIError as clash:
                if attempt == ATTEMPTS or not _may_run_again(clash):
                    raise
        raise Busy

    return run


def _once(work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    with Session(writer_engine(), expire_on_commit=False) as session, session.begin():
        return work(session, *args, **kwargs)


def _may_run_again(clash: DBAPIError) -> bool:
    sqlstate = getattr(clash.orig, "sqlstate", None)
    return clash.connection_invalidated or sqlstate in RETRIED_SQLSTATES
