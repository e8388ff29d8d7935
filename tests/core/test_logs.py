"""What is written down names requests, and nobody."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import faults, logs
from tests import make

PRIVATE = (
    "siti.rahma@contoh.example",
    "MBS-7K3QF-9WXYZ-4",
    "081234567890",
    "+62 812-3456-7890",
    "WyI2M2E4MzFjMWRiZmRkZmY0MmIyOTVkMzhiYzY1YTlhNmFhY2QwYjkwMzQwOTYw",
)
HARMLESS = (
    "2026-11-23 03:16:36,305",
    "night 2026-11-23: 0 days recounted, 1200345 rows",
    "019a0000-0000-7000-8000-000000000000",
    "complaints.following.finalising",
)


@pytest.mark.parametrize("text", PRIVATE)
def test_what_belongs_to_people_is_left_out(text: str) -> None:
    assert logs.hidden(f"wrong at {text}, sorry") == "wrong at […], sorry"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_helps_to_find_a_fault_stays(text: str) -> None:
    assert logs.hidden(text) == text


def lines(program: str) -> list[dict[str, object]]:
    """What a process with this program writes."""
    run = subprocess.run([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in run.stderr.splitlines()]


def test_a_program_that_collects_gets_one_object_a_line() -> None:
    raising = "try:\n    int('081234567890x')\nexcept ValueError:\n    logging.getLogger('a').exception('no')"
    (line,) = lines(f"import logging\nfrom core import logs\nlogs.start('json')\n{raising}")
    assert (line["levelname"], line["name"], line["message"]) == ("ERROR", "a", "no")
    assert "081234567890" not in str(line["exc_info"])


@pytest.mark.parametrize("text", PRIVATE)
def test_what_begins_a_line_is_left_out_of_json_too(text: str) -> None:
    record = logging.LogRecord("a", logging.ERROR, "", 0, "wrong:\n%s\n\t%s", (text, text), None)
    line = json.loads(logs.LineFormatter(logs.FIELDS).format(record))
    assert line["message"] == "wrong:\n[…]\n\t[…]"


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """What is written of answers, one JSON object a line."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.LineFormatter(logs.FIELDS))
    handler.addFilter(logs._name_request)
    logs.access.addHandler(handler)
    logs.access.setLevel(logging.INFO)
    yield text
    logs.access.removeHandler(handler)
    logs.access.setLevel(logging.NOTSET)


def test_a_refusal_names_the_account_by_its_id_alone(app: Flask, heard: io.StringIO) -> None:
    client, email = app.test_client(), make.staff("officer")
    make.enter(client, email)
    assert client.get("/pengaturan/petugas").status_code == 403
    line = json.loads(heard.getvalue().splitlines()[-1])
    assert UUID(line["account"])
    assert email not in heard.getvalue()


def test_every_answer_names_its_request(app: Flask, client: FlaskClient, heard: io.StringIO) -> None:
    answer = client.get("/lacak/MBS-ABCDE-FGHJK-M?token=rahasia", headers={logs.REQUEST_ID: "forged-by-a-stranger"})
    line = json.loads(heard.getvalue())
    assert (line["method"], line["rule"], line["status"]) == ("GET", "/lacak/<code>", 404)
    assert line["request_id"] == answer.headers[logs.REQUEST_ID] != "forged-by-a-stranger"
    assert "rahasia" not in heard.getvalue()


def test_a_bug_gives_people_a_code_to_tell(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/rusak", view_func=lambda: str(1 / 0))
    answer = app.test_client().get("/rusak")
    assert answer.headers[logs.REQUEST_ID] in answer.text


def test_a_told_bug_holds_nothing_of_anybody(app: Flask) -> None:
    event = {
        "event_id": "1", "level": "error", "request": {"data": "nama=Siti", "cookies": "x"}, "user": {"id": 1},
        "breadcrumbs": ["SELECT"], "extra": {"a": "b"},
        "exception": {"values": [{"type": "ValueError", "value": "bad: siti@contoh.example"}]},
    }  # fmt: skip
    with app.test_request_context("/lacak/MBS-ABCDE-FGHJK-M"):
        told = faults.scrubbed(event)
    assert told.keys() == {"event_id", "level", "exception", "tags"}
    assert told["exception"]["values"][0]["value"] == "bad: […]"
    assert told["tags"]["rule"] == "/lacak/<code>"


def test_without_an_address_no_bug_is_told_anywhere() -> None:
    program = "from core import faults\nimport sentry_sdk\nfaults.start('')\nassert not sentry_sdk.is_initialized()"
    assert lines(program) == []


def test_a_bug_is_told_where_an_address_is_set() -> None:
    program = (
        "import json, sys\nimport sentry_sdk\nfrom core import faults\n"
        "from sentry_sdk.transport import Transport\n"
        "class Ear(Transport):\n"
        "    def capture_envelope(self, envelope):\n"
        "        print(json.dumps(envelope.get_event()), file=sys.stderr)\n"
        "faults.start('https://key@127.0.0.1/1', transport=Ear)\n"
        "secret = 'Siti'\n"
        "try:\n    1 / 0\nexcept ZeroDivisionError as fault:\n    sentry_sdk.capture_exception(fault)\n"
        "sentry_sdk.flush()"
    )
    (told,) = lines(program)
    assert "ZeroDivisionError" in json.dumps(told["exception"])
    assert "Siti" not in json.dumps(told)
