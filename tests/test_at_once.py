"""Two hundred reports at once over a bad network: each sent several times, each there exactly once."""

import json
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import pysqlite3.dbapi2 as sqlite3
import pytest

from tests.server import Server

REPORTS, TIMES, PHONES = 200, 3, 40
Answer = tuple[int, dict[str, Any]]


def report() -> dict[str, Any]:
    words = {"category": "kebisingan", "description": f"Sound horeg {uuid4()}", "village": "35.09.23.2005"}
    return {"submission_id": str(uuid4()), **words}


def send(server: Server, body: dict[str, Any]) -> Answer:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("POST", "/api/v1/complaints", json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, seeded_sqlite: Path) -> Path:
    made = tmp_path_factory.mktemp("at_once")
    shutil.copy(seeded_sqlite, made / "sukma.db")
    return made


@pytest.fixture(scope="module")
def answers(folder: Path) -> list[list[Answer]]:
    """For each report, the answers to all its sendings; the sendings of one report overlap."""
    server, reports = Server(folder).start(), [report() for _ in range(REPORTS)]
    try:
        with ThreadPoolExecutor(PHONES) as phones:
            sent = list(phones.map(lambda body: send(server, body), [body for body in reports for _ in range(TIMES)]))
    finally:
        server.stop()
    return [sent[n : n + TIMES] for n in range(0, len(sent), TIMES)]


def test_every_sending_of_a_report_gets_the_same_receipt(answers: list[list[Answer]]) -> None:
    assert all(len({answer["receipt"] for _status, answer in sendings}) == 1 for sendings in answers)
    assert Counter(status for sendings in answers for status, _answer in sendings) == {201: 200, 200: 400}


def test_each_report_is_there_once_with_a_number_of_its_own(folder: Path, answers: list[list[Answer]]) -> None:
    numbers = {sendings[0][1]["number"] for sendings in answers}
    with sqlite3.connect(folder / "sukma.db") as database:
        stored = [row[0] for row in database.execute("SELECT number FROM complaint")]
        events = database.execute("SELECT count(*), max(seq) FROM event").fetchone()
        counted = database.execute("SELECT sum(reports) FROM case_count").fetchone()
    assert (len(stored), set(stored)) == (REPORTS, numbers)
    assert (events, counted) == ((REPORTS, REPORTS), (REPORTS,))
