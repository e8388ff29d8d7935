"""What a phone sends while things break, and what it was told: the same bytes each time, every answer kept."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests import make
from tests.complaints.pages import fields_of
from tests.server import Server

PATIENCE_S = 20.0
FORM = "application/x-www-form-urlencoded"


class Kind(StrEnum):
    """What is sent."""

    RATING = "ratings (program)"
    RATING_FORM = "ratings (page)"
    REPORT = "reports (program)"
    REPORT_FORM = "reports (page)"
    PHOTO = "photos"
    MOVE = "officers' moves"


TAKEN = {Kind.RATING_FORM: {303}, Kind.MOVE: {303}}
USUALLY = {200, 201}


@dataclass
class Answer:
    """What came back; status 0: nothing did."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    at: float = field(default_factory=time.monotonic)

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


NOBODY = Answer(0)  # nobody listens at the address


@dataclass
class Sent:
    """Something sent, the same bytes each time; `key` is what it is known by in the database."""

    kind: Kind
    key: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    typed: str = ""
    answers: list[Answer] = field(default_factory=list)
    receipt: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether somebody was told that it is there."""
        return any(answer.status in TAKEN.get(self.kind, USUALLY) for answer in self.answers)


class Browser:
    """One phone: keeps its cookies, a new connection for each request."""

    def __init__(self, server: Server, patience_s: float = PATIENCE_S) -> None:
        self.server, self.patience_s = server, patience_s
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer, none after `patience_s`. Never follows a redirect."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=self.patience_s)
        own = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        try:
            connection.request(method, path, body, {**own, **(headers or {})})
            answer = connection.getresponse()
            found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
            self._keep(answer.headers.get_all("Set-Cookie") or [])
        except ConnectionRefusedError:
            return NOBODY
        except (OSError, HTTPException):
            return Answer(0)
        else:
            return found
        finally:
            connection.close()

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value

    def fields(self, path: str) -> dict[str, str]:
        """What the form at `path` would send; nothing when there is none just now."""
        answer = self.ask("GET", path)
        return fields_of(answer.text) if answer.status == 200 else {}

    def sign_in(self, email: str) -> bool:
        """Whether the desk lets us in now."""
        data = self.fields("/masuk")
        if "csrf_token" not in data:
            return False
        form = {"email": email, "password": make.PASSWORD, "csrf_token": data["csrf_token"]}
        return self.ask("POST", "/masuk", urlencode(form).encode(), {"Content-Type": FORM}).status == 302

    def send(self, sent: Sent) -> Answer:
        """Send it (again). Where nobody listens, nothing was sent."""
        answer = self.ask("POST", sent.path, sent.body, {**sent.headers})
        if answer is not NOBODY:
            sent.answers.append(answer)
        if sent.kind is Kind.REPORT and answer.status in USUALLY:
            sent.receipt = json.loads(answer.body)["receipt"]
        return answer
