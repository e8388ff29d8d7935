"""PostgreSQL's own tools, which dump and restore; and the scratch databases beside ours."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

from core.errors import Refused

DEBIAN = Path("/usr/lib/postgresql")
MAINTENANCE = "postgres"  # a database of every server, from which others can be made and renamed
NOT_ALLOWED = "Akun basis data ini tidak boleh membuat basis data sementara. Jalankan di server: ALTER ROLE {} CREATEDB"


def dump(url: URL, snapshot: str, to: Path) -> None:
    """Dump what a transaction that has exported this snapshot sees."""
    _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={to}")


def dump_now(url: URL, to: Path) -> None:
    """Dump what there is now."""
    _run("pg_dump", url, "--format=custom", f"--file={to}")


def restore(url: URL, dumped: Path) -> None:
    """Into an empty database: all or nothing."""
    _run("pg_restore", url, "--exit-on-error", "--single-transaction", f"--dbname={_address(url)}", str(dumped))


@contextmanager
def connected(url: URL, database: str | None = None) -> Iterator[psycopg.Connection]:
    """To our database or another of the same server; each statement by itself."""
    address = url.set(drivername="postgresql", database=database or url.database)
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection


def make(url: URL, name: str) -> URL:
    """An empty database on the server; raises Refused when our account may not."""
    with connected(url, MAINTENANCE) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as fault:
            raise Refused(NOT_ALLOWED.format(url.username)) from fault
    return url.set(database=name)


def drop(url: URL, name: str) -> None:
    """A scratch database, with whoever still looks at it."""
    with connected(url, MAINTENANCE) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def sweep(url: URL, begins: str, *, before: str) -> None:
    """Scratch databases whose names begin so and come before this one: their process was killed."""
    with connected(url, MAINTENANCE) as connection:
        asked = 'SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname COLLATE "C" < %s'
        left = connection.execute(asked, [begins, before]).fetchall()
    for (name,) in left:
        drop(url, name)


def rename(url: URL, old: str, new: str) -> None:
    """Raises Refused while somebody is connected to it."""
    words = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    with connected(url, MAINTENANCE) as connection:
        try:
            connection.execute(words)
        except psycopg.errors.ObjectInUse as fault:
            raise Refused("Basis data sedang dipakai. Hentikan layanannya dahulu, lalu ulangi.") from fault


def others(url: URL) -> int:
    """How many others are connected to the database."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connected(url) as connection:
        found = connection.execute(asked).fetchone()
    return int(found[0]) if found else 0


def exists(url: URL) -> bool:
    """Whether the server has our database; raises what psycopg raises when there is no server."""
    with connected(url, MAINTENANCE) as connection:
        asked = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [url.database])
        return asked.fetchone() is not None


def _run(name: str, url: URL, *arguments: str) -> None:
    """A refusal holds the last line that the tool wrote, which names no row."""
    found = _tool(name, _server_major(url))
    target = [] if name == "pg_restore" else [f"--dbname={_address(url)}"]
    command = [str(found), "--no-owner", "--no-privileges", "--no-password", *target, *arguments]
    environ = {**os.environ, "PGPASSWORD": url.password or os.environ.get("PGPASSWORD", "")}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 (found above)
    if done.returncode:
        raise Refused(f"{name} gagal: {(done.stderr.strip() or 'tanpa pesan').splitlines()[-1]}")


def _address(url: URL) -> str:
    """For the tools; the password goes through the environment, where others can't read it."""
    return url.set(drivername="postgresql", password=None).render_as_string()


def _server_major(url: URL) -> int:
    with connected(url) as connection:
        return connection.info.server_version // 10000


def _tool(name: str, server: int) -> Path:
    """The program of the server's own version, or the next newer one; raises Refused when there is none."""
    on_path = shutil.which(name)
    places = [Path(on_path)] if on_path else []
    places += sorted(DEBIAN.glob(f"*/bin/{name}"))
    fitting = [(major, number, path) for number, path in enumerate(places) if (major := _major(path)) >= server]
    if not fitting:
        raise Refused(
            f"{name} versi {server} atau lebih baru tidak ada di komputer ini. "
            f"Pasang dengan: apt-get install postgresql-client-{server}"
        )
    return min(fitting)[2]


def _major(path: Path) -> int:
    told = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"\)\s*(\d+)", told.stdout)
    return int(found[1]) if found else 0
