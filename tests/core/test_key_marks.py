"""Lost or exchanged keys are told before anything else is written, and no backup without them is good."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from core import key_marks
from core.backup import creating, verifying
from core.db import read_afresh
from core.errors import Refused
from tests.core.backup import houses


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=[*words])


@pytest.fixture
def folder(app: Flask) -> Path:
    """Of a house that has begun to serve."""
    key_marks.keep(data_dir=houses.data_dir(app))
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
