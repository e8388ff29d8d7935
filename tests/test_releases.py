"""From one release to another: older data is copied, brought along and kept; a newer release's is left alone."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from pysqlite3 import dbapi2
from sqlalchemy.orm import Session

from core import key_marks, keys, schema
from core.backup import creating, house, restoring, snapshots, verifying
from core.db import db, reader, transaction, writer_engine
from core.errors import Refused
from tests import make
from tests.core.backup import houses
from tests.core.backup.houses import NOW
from wsgi import create_app

RELEASES = ("0001", "0002", "0003", "0004", "0005")


@contextmanager
def old_house(folder: Path, release: str, *tables: str) -> Iterator[Flask]:
    """A database of an earlier release with a row in every table, or in these."""
    app = create_app({"DATA_DIR": str(folder)}, TESTING=True)
    with app.app_context():
        try:
            flask_migrate.upgrade(revision=release)
            fill(writer_engine(), tables)
            yield app
        finally:
            house.close()


def fill(engine: sa.Engine, wanted: Collection[str]) -> None:
    """A row of believable values, whatever the columns are called."""
    other = sa.create_engine(engine.url, module=dbapi2)
    with other.begin() as connection:
        tables = sa.MetaData()
        tables.reflect(connection, only=lambda name, _tables: not name.startswith(("complaint_text", "alembic")))
        for table in (each for each in tables.sorted_tables if not wanted or each.name in wanted):
            connection.execute(table.insert(), {column.name: value(column) for column in table.columns})
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    other.dispose()


KNOWN = {
    "office_id": make.OFFICE, "status": "received", "move": "receive", "role": "operator", "month": "2026-10",
    "received_month": "2026-10", "move_month": "2026-10", "source": "web", "number": "TRB-2026-00001",
}  # fmt: skip


def value(column: sa.Column[Any]) -> object:
    """Something that the column takes, and that a later release can read."""
    if column.name in KNOWN:
        return KNOWN[column.name]
    kind = column.type
    if isinstance(kind, sa.DateTime):
        return make.START.replace(tzinfo=None)
    if isinstance(kind, sa.Date):
        return make.START.date()
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.LargeBinary):
        return b"tersegel"
    if isinstance(kind, sa.Integer | sa.Numeric | sa.Boolean | sa.Float):
        return 1
    length = getattr(kind, "length", None)
    return "0190000000007000800000000000000a" if length == 32 else "isi"


# Sums, which a later release may count anew from the ratings.
COUNTED = ("alembic", "rating_day", "rating_month", "rating_group")


def rows(url: sa.URL) -> dict[str, int]:
    with snapshots.opened(Path(str(url.database))) as session:
        return {name: n for name, n in snapshots.counts(session).items() if not name.startswith(COUNTED)}


@pytest.mark.parametrize("release", RELEASES)
def test_every_row_of_an_earlier_release_is_brought_along(tmp_path: Path, release: str) -> None:
    with old_house(tmp_path, release):
        before = rows(writer_engine().url)
        copy = schema.upgrade(now=NOW)
        assert copy
        assert copy.stat().st_mode & 0o777 == 0o600
        with snapshots.opened(copy) as session:
            assert schema.revision_of(session.connection()) == release
            assert snapshots.counts(session)["complaint"] == 1
        after = rows(writer_engine().url)
        assert {name: n for name, n in before.items() if after.get(name, 0) < n} == {}
        assert schema.is_current()
        assert schema.upgrade(now=NOW) is None


def test_the_copy_is_named_and_the_last_three_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / schema.BEFORE
    folder.mkdir()
    for n in range(4):
        (folder / f"skema-000{n}-2026010{n}-000000.db").write_text("")
    with old_house(tmp_path, "0005") as app:
        answer = app.test_cli_runner().invoke(args=["init"])
        (copy,) = folder.glob("skema-0005-*")
        assert str(copy) in answer.output
        assert len(list(folder.iterdir())) == schema.KEPT_COPIES


@pytest.mark.parametrize("release", [RELEASES[-1]])
def test_a_backup_of_the_last_release_is_restored_and_brought_along(tmp_path: Path, release: str) -> None:
    own = ("office", "section", "village", "category", "point", "service", "import", "staff", "complaint")
    with old_house(tmp_path / "old", release, *own) as app, houses.as_in_release(release):
        made = creating.create(tmp_path / "kept" / "a.tar", now=NOW)
    with houses.elsewhere(app, tmp_path / "new"):
        done = restoring.restore(made.path, now=NOW)
        assert f"skema {release}, dimutakhirkan ke {schema.known()[0]}" in done.verified.compared
        assert snapshots.counts(reader())["complaint"] == 1


@pytest.fixture
def newer(any_app: Flask) -> Flask:
    """A database that a newer release has changed."""
    make_newer()
    db.session.rollback()
    return any_app


@transaction
def make_newer(session: Session) -> None:
    session.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))


COMMANDS = (
    ["init"], ["serve"], ["scheduler"], ["nightly"], ["summary", "2026-10"], ["backup", "create", "/tmp/x.tar"],
    ["month", "versions", "2026-10"], ["staff", "link", "a@b.example"],
)  # fmt: skip


def test_every_command_says_no_to_a_newer_release_s_data(newer: Flask) -> None:
    for command in COMMANDS:
        answer = newer.test_cli_runner().invoke(args=command)
        assert answer.exit_code == 1, command
        said = "Error: Basis data ini dipakai oleh versi aplikasi yang lebih baru (skema 0999;"
        assert answer.output.startswith(said), command


def test_a_web_process_ends_before_it_answers(newer: Flask) -> None:
    with pytest.raises(SystemExit, match="versi aplikasi yang lebih baru"):
        schema.stop_if_unfit(newer)


def test_a_downgrade_says_no_to_data_and_touches_nothing(any_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    make.rating()
    before = snapshots.counts(reader())
    db.session.rollback()
    for wanted in ("-1", "base", *RELEASES):
        with pytest.raises(SystemExit):
            flask_migrate.downgrade(revision=wanted)
    assert caplog.text.count("Tidak ada yang diubah") == len(RELEASES) + 2
    assert schema.is_current()
    assert snapshots.counts(reader()) == before


@pytest.mark.parametrize("release", RELEASES[1:])
def test_a_downgrade_of_an_earlier_release_s_data_does_so_too(tmp_path: Path, release: str) -> None:
    with old_house(tmp_path, release, "office"):
        with pytest.raises(SystemExit):
            flask_migrate.downgrade()
        assert schema.revision() == release


def test_a_newer_release_s_backup_is_refused(app: Flask, tmp_path: Path) -> None:
    make_newer()
    with houses.as_in_release("0999"):
        made = creating.create(tmp_path / "kept" / "a.tar", now=NOW)
    with pytest.raises(Refused, match="versi aplikasi yang lebih baru"):
        verifying.verify(made.path, now=NOW)


def test_no_server_is_no_newer_release(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    for name in key_marks.NAMES:
        keys.kept_key(tmp_path, name)
    app = create_app({"DATA_DIR": str(tmp_path), "DATABASE_URL": nowhere}, TESTING=True)
    with app.app_context():
        assert refusal() == ""
        house.close()


def refusal() -> str:
    """In words; "" where the database may be used."""
    try:
        schema.refuse_unfit()
    except Refused as refused:
        return refused.message
    return ""
