"""What people see when the database is gone, or the disk full: a page that was made without them."""

import errno
import gc
from collections.abc import Callable

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from complaints.reporting import entrance
from core.db import db
from offices import sessions


def gone(*_args: object, **_names: object) -> None:
    raise OperationalError("SELECT", {}, Exception("the server is gone"))


@pytest.mark.parametrize("path", ["/petugas", "/tidak-ada"])
def test_who_is_signed_in_gets_a_page_too(
    app: Flask,
    sign_in: Callable[[str], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    officer = sign_in("officer")
    app.config["PROPAGATE_EXCEPTIONS"] = False  # as in production
    monkeypatch.setattr(sessions, "current", gone)
    answer = officer.get(path)
    assert answer.status_code == 503
    assert 'lang="id"' in answer.text


@pytest.mark.parametrize(
    ("role", "path", "status", "room"),
    [
        ("auditor", "/petugas", 403, "/audit"),
        ("officer", "/audit", 403, "/petugas"),
        ("officer", "/tidak-ada", 404, "/petugas"),
        ("regency", "/tidak-ada", 404, "/kabupaten/"),
    ],
)
def test_who_is_signed_in_keeps_the_menu_and_a_way_back(
    sign_in: Callable[[str], FlaskClient], role: str, path: str, status: int, room: str
) -> None:
    answer = sign_in(role).get(path)
    assert answer.status_code == status
    assert f'class="button" href="{room}"' in answer.text
    assert "Keluar" in answer.text
    assert "Masuk untuk petugas" not in answer.text


def test_a_resident_gets_the_front_page(app: Flask) -> None:
    page = app.test_client().get("/tidak-ada").text
    assert "Ke halaman depan" in page
    assert "Keluar" not in page


@pytest.mark.parametrize(("fault", "status"), [(errno.ENOSPC, 503), (errno.EROFS, 503), (errno.EBADF, 500)])
def test_a_full_disk_asks_to_try_again_and_keeps_what_was_typed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fault: int, status: int
) -> None:
    def full(*_args: object, **_names: object) -> None:
        raise OSError(fault, "the disk")

    app.config["PROPAGATE_EXCEPTIONS"] = False  # as in production
    monkeypatch.setattr(entrance, "report_form", full)
    answer = app.test_client().post("/lapor", data={"description": "Sound horeg sampai larut"})
    assert answer.status_code == status
    assert ("Sound horeg sampai larut" in answer.text) is (status == 503)
    assert 'lang="id"' in answer.text


def test_an_answer_stands_when_the_database_goes_right_after_it(
    postgres_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone_by_now(connection: object) -> None:
        raise psycopg.errors.AdminShutdown("terminating connection")

    client = postgres_app.test_client()
    client.get("/api/v1/services")
    monkeypatch.setattr(db.engine.dialect, "do_rollback", gone_by_now)
    answer = client.get("/api/v1/services")
    assert answer.status_code == 200
    assert answer.get_json()
    gc.collect()  # what is left of the connection goes now, not while some test's source is being read
