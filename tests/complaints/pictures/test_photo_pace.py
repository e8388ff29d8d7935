"""Photos wait while room is short, or one household sends too many; reports do not."""

import shutil
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from complaints.pictures import photo_pace
from core import media
from tests import make
from tests.complaints import photo_suite
from tests.complaints.pages import fields_of
from tests.complaints.pictures.test_photos import code_in, form, posted, upload

GB = 10**9


@pytest.fixture
def code(client: FlaskClient) -> str:
    """A receipt."""
    return code_in(form(client))


@pytest.mark.parametrize(
    ("free", "total", "short"),
    [(2 * GB, 500 * GB, False), (GB, 500 * GB, True), (GB, 10 * GB, False), (GB // 3, 10 * GB, True)],
)
def test_a_share_of_the_disk_is_kept_for_the_database(
    app: Flask, monkeypatch: pytest.MonkeyPatch, free: int, total: int, short: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free, total=total))
    assert media.is_short(app.config["SETTINGS"].data_dir) is short


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little room is left."""
    monkeypatch.setattr(media, "is_short", lambda _folder: True)


@pytest.fixture
def spent(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """This household has used up what it may."""
    monkeypatch.setattr(photo_pace, "MOST_AN_HOUR", 1)
    assert upload(client, code_in(form(client))).status_code == 201


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        ("short", 503, "Tempat penyimpanan kantor hampir penuh"),
        ("spent", 429, "Dari jaringan yang Anda pakai sudah sangat banyak foto masuk"),
    ],
)
def test_a_photo_that_must_wait_is_told_why_and_its_report_stands(
    request: pytest.FixtureRequest, client: FlaskClient, code: str, state: str, status: int, words: str
) -> None:
    request.getfixturevalue(state)
    program = upload(client, code)
    assert (program.status_code, program.mimetype) == (status, "application/problem+json")
    assert (program.json or {})["title"].startswith(words)
    assert program.headers["Retry-After"] == "3600"
    path = f"/lacak/{code}/foto"
    file = FileStorage(BytesIO(photo_suite.jpeg()), "a.jpg")
    page = posted(client, path, {**fields_of(client.get(path).text), "photos": file})
    assert (page.status_code, words in page.text) == (status, True)
    report = form(client, (photo_suite.jpeg(), "a.jpg"))
    assert (report.status_code, words in report.text) == (201, True)
    assert code_in(report) != code


def test_when_there_is_room_again_photos_are_taken(
    client: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "is_short", lambda _folder: True)
    assert upload(client, code).status_code == 503
    monkeypatch.undo()
    assert upload(client, code).status_code == 201


def test_what_a_household_keeps_is_counted_in_bytes_and_others_are_not_held(
    client: FlaskClient, app: Flask, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sum(path.stat().st_size for _photo in range(2) for path in [_newest(app, upload(client, code))])
    monkeypatch.setattr(photo_pace, "MOST_AN_HOUR", kept + 1)
    again = code_in(form(client))
    assert [upload(client, again).status_code for _photo in range(2)] == [201, 429]
    client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert upload(client, again).status_code == 201


def test_a_repetition_is_counted_once(client: FlaskClient, app: Flask, code: str) -> None:
    upload_id = str(uuid4())
    first = upload(client, code, upload_id=upload_id)
    assert upload(client, code, upload_id=upload_id).status_code == 200
    assert app.extensions["arrivals"].photo_bytes_before("127.0.0.1") == _newest(app, first).stat().st_size


def test_a_launch_day_passes_and_a_flood_of_bytes_does_not(client: FlaskClient, app: Flask, code: str) -> None:
    """1,366 photos from one address, as the load test sends them, as heavy as photos get but for pure noise."""
    app.extensions["arrivals"].photo_came("127.0.0.1", 1_366 * 2_000_000)
    assert upload(client, code).status_code == 201
    app.extensions["arrivals"].photo_came("127.0.0.1", 4 * GB)
    assert upload(client, code).status_code == 429


def test_a_photo_that_is_kept_is_said_to_be_so_again(
    client: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = str(uuid4())
    first = upload(client, code, upload_id=known)
    monkeypatch.setattr(media, "is_short", lambda _folder: True)
    monkeypatch.setattr(photo_pace, "MOST_AN_HOUR", 1)
    again = upload(client, code, upload_id=known)
    assert (first.status_code, again.status_code, again.json) == (201, 200, first.json)


def _newest(app: Flask, answer: TestResponse) -> Path:
    """The file that this upload left."""
    found = UUID((answer.json or {})["id"])
    return media.path_of(app.config["SETTINGS"].data_dir, make.OFFICE, found, media.PHOTOS)
