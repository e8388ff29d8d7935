"""The audit trail is checked each night, and whoever asks how we stand is told what was found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core import clock, health, jobs
from core.db import read_afresh, reader, transaction
from core.health import State
from indicators import trails, watching
from offices import audit, trail
from offices.audit_models import AuditEntry
from tests import crowd, make

EVENING = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NIGHT = EVENING + timedelta(hours=8)


@transaction
def written(session: Session, office: int = make.OFFICE) -> None:
    audit.record(session, office, "a@b.example", "service.edit", "a", {"name": "x"}, now=make.START)


@transaction
def changed(session: Session) -> None:
    session.execute(sa.update(AuditEntry).values(subject="another"))


def said(now: datetime) -> health.Finding:
    return watching.audit_trail(read_afresh(), now)


def test_a_changed_entry_is_told_from_the_next_night_on(any_app: Flask) -> None:
    written()
    trails.check_due(lambda: EVENING)
    assert said(EVENING).state is State.GOOD
    changed()
    assert said(EVENING).state is State.GOOD
    run = trails.check_due(lambda: NIGHT)
    assert run
    assert trails.broken_in(run) == ["35.09.23"]
    found = said(NIGHT)
    assert found.state is State.WARNING
    assert "Kecamatan Mumbulsari" in found.words


def test_what_is_broken_stays_so_however_much_is_written_behind_it(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "LATELY", 3)
    written()
    trails.check_due(lambda: EVENING)
    changed()
    for night, later in enumerate((False, True)):
        for _entry in range(5 if later else 0):
            written()
        run = trails.check_due(lambda days=night: NIGHT + timedelta(days=days))  # type: ignore[misc]
        assert run
        assert trails.broken_in(run) == ["35.09.23"]


def test_whoever_watches_is_told(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], metrics_token="token"))
    written()
    changed()
    trails.check_due(lambda: NIGHT)
    answer = client.get("/readyz")
    assert (answer.status_code, "warning: trail" in answer.text) == (200, True)
    assert 'sukma_check{check="trail"} 0.5' in client.get("/metrics", headers={"Authorization": "Bearer token"}).text
    page = make.signed_in(app, "operator").get("/pengaturan/kesehatan").text
    assert "Rantai catatan putus: Kecamatan Mumbulsari." in page


def test_it_is_checked_once_a_night_by_one_process(any_app: Flask) -> None:
    assert jobs.claim(trails.JOB, now=EVENING)
    assert trails.check_due(lambda: EVENING) is None
    assert trails.check_due(lambda: NIGHT)
    assert trails.check_due(lambda: NIGHT) is None


def test_nights_without_a_check_are_told(app: Flask) -> None:
    assert said(EVENING).state is State.WARNING
    trails.check_due(lambda: EVENING)
    assert said(EVENING + timedelta(days=2)).state is State.WARNING


def test_to_ask_costs_the_same_however_many_offices_there_are(any_app: Flask) -> None:
    trails.check_due(lambda: EVENING)
    asked = make.statements()
    said(EVENING)
    any_app.test_client().get("/readyz")
    alone = len(asked)
    crowd.offices(range(10, 40))
    asked.clear()
    said(EVENING)
    any_app.test_client().get("/readyz")
    assert len(asked) == alone


def test_its_runs_are_no_nights_counted(any_app: Flask) -> None:
    trails.check_due(lambda: EVENING)
    assert jobs.recent_runs(reader()) == []
