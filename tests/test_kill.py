"""The server is killed again and again while people submit: what was acknowledged is there, exactly once."""

import json
import random
import shutil
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from complaints import events
from complaints.chain import ChainedEvent, verify
from complaints.models import Chain, Complaint, Event
from core.db import db
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from tests import make
from tests.server import Server
from wsgi import create_app

KILLS = 20
CLIENTS = 4
LONGEST_LIFE_S = 0.6
ANSWERS = {key.value: 3 for key in OFFICIAL_ORDER}


@dataclass
class Submission:
    """One submission: its answers so far, none while nobody knows whether it arrived."""

    path: str
    body: dict[str, Any]
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    was_lost: bool = False

    @property
    def id(self) -> UUID:
        return UUID(self.body["submission_id"])


def rating() -> Submission:
    return Submission("/api/v1/ratings", {"submission_id": str(uuid4()), "service": "ktp", "answers": ANSWERS})


def report() -> Submission:
    words = {"category": "kebisingan", "description": "Sound horeg", "village": "35.09.23.2005", "place": "Krajan"}
    return Submission("/api/v1/complaints", {"submission_id": str(uuid4()), **words})


def send(server: Server, submission: Submission) -> None:
    """Keep the answer; notes when there was none. Raises OSError while the server is down."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=15)
    connection.connect()
    try:
        head = {"Content-Type": "application/json"}
        connection.request("POST", submission.path, json.dumps(submission.body), head)
        answer = connection.getresponse()
        submission.answers.append((answer.status, json.loads(answer.read())))
    except (OSError, HTTPException):
        submission.was_lost = True
    finally:
        connection.close()


class Client(threading.Thread):
    """Submits one thing after the other, and goes on with the next when the server dies under it."""

    def __init__(self, server: Server, kind: int) -> None:
        super().__init__()
        self.server, self.kind = server, kind
        self.stopped = threading.Event()
        self.sent: list[Submission] = []

    def run(self) -> None:
        while not self.stopped.is_set():
            submission = report() if self.kind % 2 else rating()
            try:
                send(self.server, submission)
            except OSError:
                time.sleep(0.02)
            else:
                self.sent.append(submission)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, seeded_sqlite: Path) -> Server:
    folder = tmp_path_factory.mktemp("killed")
    shutil.copy(seeded_sqlite, folder / "sukma.db")
    return Server(folder)


@pytest.fixture(scope="module")
def sent(server: Server) -> list[Submission]:
    """Everything that clients submitted while the server was killed twenty times, sent again at the end."""
    chance = random.Random(7)
    clients = [Client(server, kind) for kind in range(CLIENTS)]
    for client in clients:
        client.start()
    for _kill in range(KILLS):
        server.start()
        time.sleep(chance.uniform(0.05, LONGEST_LIFE_S))
        server.kill()
    for client in clients:
        client.stopped.set()
        client.join()
    submissions = [submission for client in clients for submission in client.sent]
    _send_again(server, submissions)
    return submissions


def _send_again(server: Server, submissions: list[Submission]) -> None:
    """What nobody answered, as phones do, twice; and some of what was answered."""
    server.start()
    for number, submission in enumerate(submissions):
        if submission.was_lost or number % 10 == 0:
            send(server, submission)
            send(server, submission)
    server.stop()


@pytest.fixture(scope="module")
def house(server: Server, sent: list[Submission]) -> Any:
    app = create_app({"DATA_DIR": str(server.data_dir)}, TESTING=True)
    with app.app_context():
        yield app
        for engine in make.engines():
            engine.dispose()


def test_the_kills_hit_people_in_the_middle(sent: list[Submission]) -> None:
    assert sum(submission.was_lost for submission in sent) >= KILLS
    assert len(sent) >= 10 * KILLS


def test_everything_submitted_is_there_once(sent: list[Submission], house: Flask) -> None:
    both = sa.union_all(sa.select(Rating.submission_id), sa.select(Complaint.submission_id))
    stored = Counter(db.session.scalars(both))
    assert stored == Counter(submission.id for submission in sent)


def test_sending_again_gives_the_same_answer(sent: list[Submission]) -> None:
    for submission in sent:
        (first, body), *again = submission.answers
        assert first in ({200, 201} if submission.was_lost else {201})
        assert again == [(200, body)] * len(again)


def test_the_chain_of_events_holds(house: Flask) -> None:
    end = db.session.scalars(sa.select(Chain)).one()
    rows = db.session.execute(sa.select(*Event.__table__.columns).order_by(Event.seq)).mappings()
    chain = [ChainedEvent(row["seq"], row["previous_hash"], row["hash"], events.facts(dict(row))) for row in rows]
    assert verify(chain, end=end.hash) is None
    assert len(chain) == db.session.scalar(sa.select(sa.func.count()).select_from(Complaint))


def test_the_database_is_whole(house: Flask) -> None:
    assert db.session.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    assert db.session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
