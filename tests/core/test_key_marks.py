"""Lost or exchanged keys are told before anything else is written, and no backup without them is good."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from core import key_marks
from core.backup import creating, house, verifying
from core.db import db, read_afresh
from core.errors import Refused
from core.ids import uuid7
from core.keys import kept_key
from offices.models import Webhook
from tests import make
from tests.complaints import submitting
from tests.core.backup import houses
from tests.receivers import free_port
from wsgi import create_app


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=[*words])


def again(app: Flask, *words: str, typed: str = "") -> Result:
    """A command of a process of its own in the same house, which everybody else has left."""
    settings = app.config["SETTINGS"]
    house.close()
    found = create_app({"DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url})
    with found.app_context():
        answer = found.test_cli_runner().invoke(args=[*words], input=typed)
        house.close()
    return answer


@pytest.fixture
def folder(app: Flask) -> Path:
    """Of a house that has begun to serve."""
    key_marks.keep(settings=app.config["SETTINGS"])
    return houses.data_dir(app)


@pytest.mark.parametrize("name", key_marks.NAMES)
def test_a_key_that_is_gone_or_anothers_stops_everything_before_it_is_used(
    app: Flask, client: FlaskClient, folder: Path, name: str
) -> None:
    own = (folder / name).read_text()
    for other in (None, "ab" * 32):
        (folder / name).write_text(other) if other else (folder / name).unlink()
        answer = run(app, "audit", "verify")
        assert answer.exit_code == 1
        assert f"(hilang atau tertukar): {name}." in answer.output
        ready = client.get("/readyz")
        assert (ready.status_code, "stopped: keys\n" in ready.text) == (503, True)
    (folder / name).write_text(own)
    assert run(app, "audit", "verify").exit_code == 0
    assert client.get("/readyz").status_code == 200


def test_keys_are_marked_when_the_service_begins(app: Flask) -> None:
    assert run(app, "init").exit_code == 0
    (houses.data_dir(app) / "receipt.key").unlink()
    assert run(app, "init").exit_code == 1


@pytest.fixture
def unmarked(any_app: Flask) -> Path:
    """The folder of a house with a report, a name and an account, as an older release leaves it."""
    submitting.send(name="Bu Siti", phone="0812 3456 7890")
    make.staff()
    return houses.data_dir(any_app)


@pytest.mark.parametrize("name", key_marks.NAMES)
def test_a_key_that_is_gone_before_any_was_marked_is_not_made_anew(any_app: Flask, unmarked: Path, name: str) -> None:
    own = (unmarked / name).read_text()
    (unmarked / name).unlink()
    for words in (["init"], ["audit", "verify"], ["serve"]):
        answer = again(any_app, *words)
        assert (answer.exit_code, f"(hilang atau tertukar): {name}." in answer.output) == (1, True)
    assert not (unmarked / name).exists()
    (unmarked / name).write_text(own)
    assert again(any_app, "init").exit_code == 0


def test_what_nothing_was_made_with_is_made(any_app: Flask) -> None:
    """As `totp.key` is by an upgrade, and all keys in a house that nobody has moved into."""
    make.staff(factor=False)
    key = houses.data_dir(any_app) / "totp.key"
    key.unlink()
    assert again(any_app, "init").exit_code == 0
    assert key.exists()


def test_the_way_back_is_open_while_keys_are_gone(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    submitting.send()
    folder, backup = houses.data_dir(app), tmp_path_factory.mktemp("away") / "a.tar"
    own = (folder / "receipt.key").read_text()
    assert run(app, "backup", "create", str(backup)).exit_code == 0
    (folder / "receipt.key").unlink()
    answer = again(app, "backup", "restore", str(backup), "--overwrite", typed="Kecamatan Mumbulsari\n")
    assert answer.exit_code == 0, answer.output
    assert (folder / "receipt.key").read_text() == own


def test_without_files_and_database_no_key_is_made(tmp_path: Path) -> None:
    nobody = f"postgresql+psycopg://x@127.0.0.1:{free_port()}/x"
    app = create_app({"DATA_DIR": str(tmp_path), "DATABASE_URL": nobody})
    with app.app_context():
        for command in ("init", "nightly", "serve"):
            assert "Basis data tidak menjawab" in run(app, command).output
    assert [*tmp_path.glob("*.key"), *tmp_path.glob("*.salt")] == []


def test_what_any_of_its_tables_holds_keeps_a_key_from_being_made_anew(app: Flask) -> None:
    with db.engines["writer"].begin() as connection:
        webhook = {"office_id": make.OFFICE, "id": uuid7(make.START), "name": "Data", "url": "https://a.example/"}
        connection.execute(sa.insert(Webhook).values(webhook | {"sealed_secret": b"x", "added_at": make.START}))
    (houses.data_dir(app) / "identity.key").unlink()
    assert again(app, "init").exit_code == 1


def test_a_key_that_is_lost_for_ever_is_accepted_by_a_word(app: Flask, folder: Path) -> None:
    (folder / "identity.key").write_text("cd" * 32)
    assert run(app, "keys", "accept").exit_code == 1
    assert "identity.key" in run(app, "keys", "accept", "--lost").output
    assert run(app, "audit", "verify").exit_code == 0


def test_a_change_of_key_keeps_its_mark(app: Flask, folder: Path) -> None:
    assert [run(app, "keys", word).exit_code for word in ("rotate", "reseal", "forget")] == [0, 0, 0]
    assert key_marks.differing(read_afresh(), folder) == []


@pytest.mark.parametrize("lost", ["receipt.key", "identity.key"])
def test_a_backup_without_its_keys_is_not_good(app: Flask, folder: Path, tmp_path: Path, lost: str) -> None:
    (folder / lost).write_text("ef" * 32)
    made = creating.create(tmp_path / "a.tar", now=houses.NOW)
    with pytest.raises(Refused, match=lost):
        verifying.verify(made.path, now=houses.NOW)


@pytest.fixture
def signing(app: Flask) -> Path:
    """The key that signs, of a house that has begun to serve with one of its own."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], secret_key="")
    path: Path = houses.data_dir(app) / "secret.key"
    kept_key(path.parent, path.name)
    key_marks.keep(settings=app.config["SETTINGS"])
    return path


def test_another_key_for_sessions_and_links_is_told_until_it_is_accepted(
    app: Flask, client: FlaskClient, signing: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert "keys" not in client.get("/readyz").text
    signing.unlink()
    assert "warning: keys\n" in client.get("/readyz").text
    kept_key(signing.parent, signing.name)
    assert run(app, "init").exit_code == 0
    assert "secret.key is not the one this database knew" in caplog.text
    ready = client.get("/readyz")
    assert (ready.status_code, "warning: keys\n" in ready.text) == (200, True)
    assert "secret.key" in run(app, "keys", "accept").output
    assert "keys" not in client.get("/readyz").text


def test_a_key_from_the_settings_that_is_left_out_is_told(app: Flask, client: FlaskClient, signing: Path) -> None:
    given = replace(app.config["SETTINGS"], secret_key="sixteen letters at least")
    key_marks.accept(settings=given)
    assert "warning: keys\n" in client.get("/readyz").text
    app.config["SETTINGS"] = given
    assert "keys" not in client.get("/readyz").text
