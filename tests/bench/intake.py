"""(a) Ratings and reports accepted in a second over HTTP, beside a bare route, in turns."""

import json
import random
import re
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa

from core.db import db
from offices.models import Point
from survey.elements import OFFICIAL_ORDER
from tests.bench.house import house
from tests.bench.load import Maker, Outcome, drive, post
from tests.bench.printing import heading, line, ratio
from tests.bench.profiling import print_shares
from tests.server import Server

ROUNDS = 3
AIM = 0.7
CONNECTIONS = 16
ANSWERS = {key.value: 3 for key in OFFICIAL_ORDER}
REPORT = {"category": "kebisingan", "description": "Sound horeg", "village": "35.09.23.2005", "place": "Krajan"}
FORM = "application/x-www-form-urlencoded"
HIDDEN = re.compile(r'name="(csrf_token|edition)" value="([^"]+)"')


@dataclass
class Contest:
    """One way in, and what came of it in each round."""

    name: str
    server: Server
    make: Maker
    rounds: list[Outcome] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return median(outcome.rate for outcome in self.rounds)

    @property
    def refused(self) -> int:
        return sum(sum(outcome.statuses.values()) - outcome.accepted for outcome in self.rounds)


def run(folder: Path, *, seconds: float) -> None:
    """Print how many were accepted a second, each way."""
    server, bare, point = servers(folder)
    try:
        contests = [
            Contest("bare route, plain sqlite3", bare, plain),
            Contest("ratings, page form", server, rating_form(server, point)),
            Contest("ratings, JSON", server, rating_json),
            Contest("reports, page form", server, report_form(server)),
            Contest("reports, JSON", server, report_json),
        ]
        for _round in range(ROUNDS):
            for contest in contests:
                drive(contest.server.port, contest.make, connections=CONNECTIONS, seconds=0.5)
                found = drive(contest.server.port, contest.make, connections=CONNECTIONS, seconds=seconds)
                contest.rounds.append(found)
    finally:
        server.stop()
        bare.stop()
    _print(contests)
    if any(way.rate < AIM * contests[0].rate for way in contests[1:]):
        _explain(folder)


def _explain(folder: Path) -> None:
    """Where one rating spends its time, without server and line."""
    line("share of one rating's time, by library")
    with house(folder / "explained") as app:
        client = app.test_client()
        chance = random.Random(1)
        print_shares(lambda: client.post("/api/v1/ratings", json=_rating(chance)))


def servers(folder: Path) -> tuple[Server, Server, str]:
    """The product, the bare route, and the code of a point to rate at; both serve until stopped."""
    with house(folder):
        chosen = sa.select(Point.code).filter_by(purpose="both", service_code=None)
        point = db.session.scalars(chosen).one()
    bare = Server(folder, command=(sys.executable, "-m", "tests.bench.bare"))
    return Server(folder).start(), bare.start(), point


def _print(contests: list[Contest]) -> None:
    heading(f"(a) Accepted a second, durably, {CONNECTIONS} connections, median of {ROUNDS} rounds")
    bare, *ways = contests
    line(bare.name, f"{bare.rate:,.0f}/s")
    for way in ways:
        late = f"p99 {median(outcome.percentile(99) for outcome in way.rounds):.0f} ms"
        line(way.name, f"{way.rate:,.0f}/s", late, ratio(way.rate, bare.rate, least=str(AIM)))
        if way.refused:
            line("", f"{way.refused} refused")


def fresh_id(chance: random.Random) -> str:
    """A submission's number."""
    return str(UUID(int=chance.getrandbits(128), version=4))


def plain(chance: random.Random) -> bytes:
    """The same bytes as a rating, for the bare route."""
    return post("/bare", json.dumps(_rating(chance)).encode(), "application/json")


def rating_json(chance: random.Random) -> bytes:
    """A rating from a program."""
    return post("/api/v1/ratings", json.dumps(_rating(chance)).encode(), "application/json")


def report_json(chance: random.Random) -> bytes:
    """A report from a program."""
    body = REPORT | {"submission_id": fresh_id(chance)}
    return post("/api/v1/complaints", json.dumps(body).encode(), "application/json")


def _rating(chance: random.Random) -> dict[str, object]:
    return {"submission_id": fresh_id(chance), "service": "ktp", "answers": ANSWERS}


def rating_form(server: Server, point: str) -> Maker:
    """Ratings from the page, all of one session."""
    path = f"/survei/{point}"
    return form(server, path, {**ANSWERS, "service": "ktp"})


def report_form(server: Server) -> Maker:
    """Reports from the page, all of one session."""
    return form(server, "/lapor", REPORT)


def form(server: Server, path: str, fields: dict[str, object] | dict[str, str]) -> Maker:
    """What a browser posts after it has opened the page."""
    cookie, hidden = _opened(server, path)

    def make(chance: random.Random) -> bytes:
        body = urlencode({**hidden, **fields, "submission_id": fresh_id(chance)}).encode()
        return post(path, body, FORM, f"Cookie: {cookie}")

    return make


def _opened(server: Server, path: str) -> tuple[str, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = (answer.getheader("Set-Cookie") or "").split(";", maxsplit=1)[0]
    connection.close()
    return cookie, dict(HIDDEN.findall(page))
