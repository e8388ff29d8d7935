"""What a monitor gets, and who gets nothing."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from core import health
from core.errors import DatabaseDown
from tests import make
from wsgi import create_app

TOKEN = "sixteen letters at least"
PLAIN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watched(app: Flask) -> Flask:
    """The same house with a monitor."""
    settings = app.config["SETTINGS"]
    environ = {"DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url, "METRICS_TOKEN": TOKEN}
    found = create_app(environ, TESTING=True)
    found.test_client_class = type(app.test_client())
    return found


def close(app: Flask) -> None:
    with app.app_context():
        for engine in make.engines():
            engine.dispose()


def test_without_a_token_set_there_is_no_such_page(app: Flask) -> None:
    assert app.test_client().get("/metrics").status_code == 404


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer \u00e4"])
def test_who_does_not_know_it_gets_nothing(watched: Flask, said: str) -> None:
    answer = watched.test_client().get("/metrics", headers={"Authorization": said})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "sukma_" not in answer.text
    close(watched)


def test_requests_queues_and_checks_are_told(watched: Flask, tmp_path: Path) -> None:
    client = watched.test_client()
    client.get("/lacak/MBS-ABCDE-FGHJK-M")
    text = client.get("/metrics", headers=PLAIN).text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert "sukma_outbox_messages" in families
    assert families.keys() >= {"sukma_requests", "sukma_request_seconds", "sukma_check", "sukma_write_ahead_bytes"}
    counted = [sample.labels["rule"] for sample in families["sukma_requests"].samples]
    assert "/lacak/<code>" in counted
    assert "ABCDE" not in text
    close(watched)


def test_a_full_disk_under_a_database_that_is_away_is_told_all_the_same(watched: Flask) -> None:
    full = SimpleNamespace(free=0, total=10**12)
    with (
        patch.object(health, "ask_database", side_effect=DatabaseDown),
        patch.object(shutil, "disk_usage", lambda _folder: full),
    ):
        answer = watched.test_client().get("/metrics", headers=PLAIN)
    assert (answer.status_code, 'sukma_check{check="disk"} 0.0' in answer.text) == (200, True)
    close(watched)
