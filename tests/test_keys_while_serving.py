"""The key of names is changed, and old ones forgotten, under a running server while people report: all can be read."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from typing import Any
from uuid import uuid4

from core.keys import kept_key
from tests.server import Server

PHONES, PAUSE_S = 3, 0.2
JSON = {"Content-Type": "application/json"}


def ask(server: Server, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, json.dumps(body) if body else None, JSON)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def report(server: Server) -> tuple[str, str]:
    """The receipt and the name of somebody who reports."""
    name = f"Bu {uuid4().hex}"
    words = {"category": "kebisingan", "description": f"Sound horeg {uuid4()}", "village": "35.09.23.2005"}
    contact = {"name": name, "phone": "081234567890"}
    status, text = ask(
        server, "POST", "/api/v1/complaints", {"submission_id": str(uuid4()), "contact": contact, **words}
    )
    assert status == 201, text
    return json.loads(text)["receipt"], name


def knows(server: Server, receipt: str, name: str) -> bool:
    status, text = ask(server, "GET", f"/lacak/{receipt}/data")
    return status == 200 and name in text


def filing(server: Server, stopped: Event) -> list[tuple[str, str]]:
    """Reports, each looked at right after it was taken, until it is enough."""
    filed = []
    while not stopped.wait(PAUSE_S):
        filed.append(report(server))
        assert knows(server, *filed[-1])
    return filed


def keys(server: Server, word: str) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "keys", word]
    environ = {**os.environ, "DATA_DIR": str(server.data_dir)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_all_that_is_reported_meanwhile_can_be_read(server: Server) -> None:
    first, stopped, old = report(server), Event(), kept_key(server.data_dir, "identity.key")
    with ThreadPoolExecutor(PHONES) as pool:
        phones = [pool.submit(filing, server, stopped) for _phone in range(PHONES)]
        try:
            for word in ("rotate", "reseal", "forget"):
                keys(server, word)
        finally:
            stopped.set()
    filed = [first, *(each for phone in phones for each in phone.result()), report(server)]
    assert len(filed) > PHONES
    assert [name for receipt, name in filed if not knows(server, receipt, name)] == []
    now = kept_key(server.data_dir, "identity.key")
    assert (now == old, len(now.splitlines())) == (False, 1)
