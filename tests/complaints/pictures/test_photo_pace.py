"""Photos wait while room is short, or one household sends too many; reports do not."""

import shutil
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from complaints.pictures import photo_pace
from core import media
from tests.complaints import photo_suite
from tests.complaints.pictures.test_photos import code_in, form, upload

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


def test_while_room_is_short_photos_wait_and_reports_go_on(
    client: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "is_short", lambda _folder: True)
    answer = upload(client, code)
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert form(client).status_code == 201
    monkeypatch.undo()
    assert upload(client, code).status_code == 201


def test_a_form_says_why_its_photo_waits_and_keeps_the_report(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "is_short", lambda _folder: True)
    answer = form(client, (photo_suite.jpeg(), "a.jpg"))
    assert answer.status_code == 201
    assert code_in(answer)
    assert "Tempat menyimpan foto sedang hampir penuh." in answer.text


def test_a_household_that_sends_too_many_waits_and_others_do_not(
    client: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_pace, "MOST_AN_HOUR", 1)
    assert [upload(client, code).status_code for _photo in range(2)] == [201, 503]
    client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert upload(client, code).status_code == 201
