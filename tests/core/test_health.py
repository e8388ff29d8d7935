"""The addresses for whoever watches over the service, and the page for whoever answers for it."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core import clock, health, schema, sqlite
from core.calendar import ONE_DAY
from core.db import db, transaction
from core.errors import DatabaseDown
from core.health import State
from core.jobs import JobRun
from indicators import nightly, watching
from offices import backups_page

STOPPED = 503


def counted() -> None:
    nightly.run_now(clock.now, nightly.recount_marked)


def test_the_service_says_that_it_lives_and_works(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text.startswith("ok\n")


def test_a_failed_night_and_no_backup_are_told_but_stop_nothing(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "warning: night\n" in answer.text
    counted()
    assert "night" not in client.get("/readyz").text
    assert "warning: backup\n" in client.get("/readyz").text


def test_without_its_database_it_takes_nothing_in(client: FlaskClient) -> None:
    with patch.object(health, "ask_database", side_effect=DatabaseDown):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (STOPPED, "unavailable\nstopped: database\n")


def test_a_full_disk_is_not_taken_for_a_database_that_is_down(client: FlaskClient) -> None:
    full = SimpleNamespace(free=0, total=10**12)
    with (
        patch.object(health, "ask_database", side_effect=DatabaseDown),
        patch.object(shutil, "disk_usage", lambda _: full),
    ):
        assert client.get("/readyz").text == "unavailable\nstopped: disk\n"
        with patch.object(sqlite, "write_ahead_size", return_value=health.HELD_BYTES + 1):
            assert "warning: write_ahead\n" in client.get("/readyz").text


def test_tables_of_another_release_stop_it(app: Flask, client: FlaskClient) -> None:
    with patch.object(schema, "is_current", return_value=False):
        assert "stopped: migrations" in client.get("/readyz").text


@pytest.mark.parametrize(("free", "state"), [(10**6, "stopped: disk"), (10**9, "warning: disk")])
def test_a_disk_that_fills_up_is_told_before_it_is_full(client: FlaskClient, free: int, state: str) -> None:
    with patch.object(shutil, "disk_usage", return_value=SimpleNamespace(free=free, total=10**12)):
        assert state in client.get("/readyz").text


def test_a_folder_that_may_not_be_written_stops_it(client: FlaskClient) -> None:
    with patch.object(os, "access", return_value=False):
        assert client.get("/readyz").status_code == STOPPED


def test_a_write_ahead_file_that_does_not_shrink_is_told(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("secretary")
    assert "write_ahead" not in client.get("/readyz").text
    with patch.object(sqlite, "write_ahead_size", return_value=health.HELD_BYTES + 1):
        assert "warning: write_ahead\n" in client.get("/readyz").text
        page = client.get("/pengaturan/kesehatan").text
    assert "Besarnya 134,2 MB. Biasanya" in page
    assert "sukma.db-wal besar" in page


def test_postgresql_has_no_such_file(postgres_app: Flask) -> None:
    assert health.write_ahead() == []


def test_nothing_of_the_inside_is_told_to_strangers(client: FlaskClient) -> None:
    assert {line.split(": ")[0] for line in client.get("/readyz").text.splitlines()} <= {"ok", "warning"}


def test_a_night_that_did_not_happen_is_told_after_a_while(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    counted()
    assert watching.night(db.session(), now).state is State.GOOD
    db.session.rollback()
    set_back()
    late = watching.night(db.session(), now)
    assert late.state is State.WARNING
    assert "3 hari" in late.words


@transaction
def set_back(session: Session) -> None:
    """As if the last night had been three days ago."""
    for run in session.scalars(sa.select(JobRun)):
        run.day -= 3 * ONE_DAY


@pytest.mark.parametrize("role", ["secretary", "operator"])
def test_the_page_says_it_in_words(sign_in: Callable[[str], FlaskClient], role: str) -> None:
    page = sign_in(role).get("/pengaturan/kesehatan").text
    for word in ("Basis data", "Ruang simpan", "Hitungan malam", "Kiriman", "Cadangan", "Perlu dilihat"):
        assert word in page


@pytest.mark.parametrize("path", ["/pengaturan/kesehatan", "/pengaturan/cadangan"])
def test_who_looks_after_no_server_is_told_whom_to_call(sign_in: Callable[[str], FlaskClient], path: str) -> None:
    for role, calls in (("secretary", True), ("operator", False)):
        page = sign_in(role).get(path).text
        assert ("Hubungi pengelola server: “" in page) is calls
        assert ("sukma-scheduler berhenti" in page) is calls
        assert ("Periksa apakah penjadwal" in page or "Tekan tombol di bawah" in page) is not calls
        assert ("docs/production.md" in page) is (path.endswith("cadangan") and not calls)


@pytest.mark.parametrize(("hours", "words"), [(0, "kurang dari satu jam"), (26, "26 jam"), (125, "5 hari")])
def test_the_age_of_a_backup_is_said_as_people_say_it(app: Flask, hours: int, words: str) -> None:
    with app.test_request_context():
        assert words in backups_page.age_words(timedelta(hours=hours))
