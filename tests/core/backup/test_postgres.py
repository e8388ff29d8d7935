"""PostgreSQL's own tools: found in the right version, and told plainly where something is missing."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from core import key_marks, keys, schema
from core.backup import postgres
from core.errors import Refused
from tests import make
from tests.core.backup import houses
from tests.core.backup.houses import NOW


@pytest.fixture
def url(postgres_app: Flask) -> URL:
    return make_url(postgres_app.config["SETTINGS"].database_url)


def tool(folder: Path, version: str) -> None:
    folder.mkdir(parents=True)
    (folder / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version} (Debian)'\n")
    (folder / "pg_dump").chmod(0o755)


def test_the_server_s_own_version_is_taken_before_a_newer_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "15" / "bin"), prepend=":")
    for version in ("15.18", "16.4", "17beta2"):
        tool(tmp_path / version[:2] / "bin", version)
    taken = [postgres._tool("pg_dump", server).parts[-3] for server in (14, 15, 16, 17)]
    assert taken == ["15", "15", "16", "17"]
    with pytest.raises(Refused, match="apt-get install postgresql-client-18"):
        postgres._tool("pg_dump", 18)


@pytest.fixture
def plain_account(url: URL) -> Iterator[URL]:
    name = sql.Identifier(f"plain_{make.word()}")
    with postgres.connected(url) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        yield url.set(username=name.as_string().strip('"'))
        connection.execute(sql.SQL("DROP ROLE {}").format(name))


def test_an_account_that_may_make_no_database_is_told_what_to_do(plain_account: URL) -> None:
    with pytest.raises(Refused, match=f"ALTER ROLE {plain_account.username} CREATEDB"):
        postgres.make(plain_account, "scratch")


def test_an_earlier_release_s_database_is_dumped_first(
    postgres_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(houses.TOOLS), prepend=":")
    for name in key_marks.NAMES:
        keys.kept_key(tmp_path / "old", name)
    with houses.elsewhere(postgres_app, tmp_path / "old") as other:
        address = make_url(other.config["SETTINGS"].database_url)
        postgres.make(address, str(address.database))
        flask_migrate.upgrade(revision="0005")
        copy = schema.upgrade(now=NOW)
        assert copy
        assert copy.read_bytes().startswith(b"PGDMP")
        assert schema.is_current()
