"""People at work while things break: they rate, report, send photos, move reports; and remember what they were told."""

import json
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import uuid4

from survey.elements import OFFICIAL_ORDER
from tests import make
from tests.chaos.stage import Stage
from tests.complaints.drawn import jpeg, scene
from tests.complaints.pages import fields_of
from tests.server import Server

ANSWERS = {key.value: 3 for key in OFFICIAL_ORDER}
VILLAGE = "35.09.23.2005"
PATIENCE_S = 20.0
PAUSE_S = 0.02
AGAIN_S = 0.2
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "----chaos"
WORDS = "Sound horeg sampai larut malam di Krajan, {} kali"


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


class Person(threading.Thread):
    """Does one thing after the other until stopped; `work` makes what is sent, None when nothing can be sent now."""

    def __init__(
        self, server: Server, work: Callable[[Browser], Iterator[Sent | None]], pause_s: float = PAUSE_S
    ) -> None:
        super().__init__(daemon=True)
        self.browser, self.pause_s = Browser(server), pause_s
        self.stopped = threading.Event()
        self.sent: list[Sent] = []
        self._work = work

    def run(self) -> None:
        for sent in self._work(self.browser):
            if sent:
                self.sent.append(sent)
                while self.browser.send(sent) is NOBODY and not self.stopped.wait(AGAIN_S):
                    pass
            if self.stopped.wait(self.pause_s):
                return


class Crowd:
    """Everybody at once, on one stage. What is reported is photographed and moved by others."""

    def __init__(self, stage: Stage, server: Server, pause_s: float = PAUSE_S) -> None:
        self.stage, self.server = stage, server
        self.numbers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.receipts: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.pictures = [jpeg(scene(seed)) for seed in range(3)]
        work = [self.rate, self.rate_by_page, self.report, self.report_by_page, self.photograph]
        moves = [lambda browser, email=email: self.move(browser, email) for email in stage.officers]
        self.people = [Person(server, each, pause_s) for each in (*work, *moves)]

    def start(self) -> "Crowd":
        for person in self.people:
            person.start()
        return self

    def stop(self) -> None:
        for person in self.people:
            person.stopped.set()
        for person in self.people:
            person.join()

    @property
    def sent(self) -> list[Sent]:
        return [sent for person in self.people for sent in person.sent]

    def send_again(self) -> None:
        """What nobody answered, as phones do: until it is taken, or a quarter of a minute long; and some that were."""
        for person in self.people:
            for number, sent in enumerate(person.sent):
                if sent.is_taken and number % 10 == 0 and sent.kind is not Kind.MOVE:
                    person.browser.send(sent)
                deadline = time.monotonic() + 15
                while not sent.is_taken and time.monotonic() < deadline and not _is_settled(person.browser.send(sent)):
                    time.sleep(0.2)

    def rate(self, _browser: Browser) -> Iterator[Sent]:
        """Ratings from a program."""
        while True:
            key = str(uuid4())
            body = json.dumps({"submission_id": key, "service": "ktp", "answers": ANSWERS}).encode()
            yield Sent(Kind.RATING, key, "/api/v1/ratings", body, {"Content-Type": "application/json"})

    def rate_by_page(self, browser: Browser) -> Iterator[Sent | None]:
        """Ratings from the page behind a QR code."""
        path = f"/survei/{self.stage.point}"
        while True:
            own = {**ANSWERS, "service": "ktp", "suggestion": WORDS.format(random.random())}
            yield self._form(browser, Kind.RATING_FORM, path, own, "suggestion")

    def report(self, _browser: Browser) -> Iterator[Sent]:
        """Reports from a program; those taken are passed on to who sends photos and who moves them."""
        while True:
            key = str(uuid4())
            words = {"category": "kebisingan", "description": WORDS.format(key), "village": VILLAGE, "place": "Krajan"}
            body = json.dumps({"submission_id": key, **words}).encode()
            sent = Sent(Kind.REPORT, key, "/api/v1/complaints", body, {"Content-Type": "application/json"})
            yield sent
            if sent.is_taken:
                self.numbers.put(json.loads(sent.answers[-1].body)["number"])
                self.receipts.put(sent.receipt)

    def report_by_page(self, browser: Browser) -> Iterator[Sent | None]:
        """Reports from the page, sent without the moment at which it was opened: these people are too quick for it."""
        while True:
            words = {"category": "kebisingan", "description": WORDS.format(random.random()), "village": VILLAGE}
            own = words | {"place": "Krajan", "made": "", "similar_seen": "1"}
            yield self._form(browser, Kind.REPORT_FORM, "/lapor", own, "description")

    def photograph(self, _browser: Browser) -> Iterator[Sent | None]:
        """A photo for each report, each a file of its own."""
        while True:
            receipt = _next(self.receipts)
            yield photo(receipt, random.choice(self.pictures)) if receipt else None

    def move(self, browser: Browser, email: str) -> Iterator[Sent | None]:
        """An officer verifies one report after the other, and begins on it."""
        while not browser.sign_in(email):
            yield None
        while True:
            number = _next(self.numbers)
            for step in ("verify", "start") if number else ():
                sent = _step(browser, number, step)
                yield sent
                if sent is None or not sent.is_taken:
                    break
            if not number:
                yield None

    def _form(self, browser: Browser, kind: Kind, path: str, own: Mapping[str, object], typed: str) -> Sent | None:
        hidden = browser.fields(path)
        if "submission_id" not in hidden:
            return None
        key = str(uuid4())
        body = urlencode({**hidden, **own, "submission_id": key}).encode()
        head = {"Content-Type": FORM}
        return Sent(kind, key, path, body, head, typed=str(own[typed]))


def photo(receipt: str, picture: bytes) -> Sent:
    """A photo with an id of its own, and bytes that no other has."""
    key = str(uuid4())
    own = picture[:2] + b"\xff\xfe\x00\x26" + key.encode() + picture[2:]  # a comment
    lines = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="upload_id"\r\n\r\n{key}\r\n'.encode(),
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'.encode(),
        b"Content-Type: image/jpeg\r\n\r\n" + own + f"\r\n--{BOUNDARY}--\r\n".encode(),
    ]
    head = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return Sent(Kind.PHOTO, key, f"/api/v1/complaints/{receipt}/photos", b"".join(lines), head)


def _step(browser: Browser, number: str, step: str) -> Sent | None:
    hidden = browser.fields(f"/petugas/laporan/{number}")
    if "version" not in hidden:
        return None
    data = {"version": hidden["version"], "csrf_token": hidden.get("csrf_token", "")}
    path = f"/petugas/laporan/{number}/{step}"
    return Sent(Kind.MOVE, f"{number} {step}", path, urlencode(data).encode(), {"Content-Type": FORM})


def _is_settled(answer: Answer) -> bool:
    """Whether trying again would change nothing: a move that was made before its answer was lost is refused then."""
    return 400 <= answer.status < 500


def _next(waiting: "queue.SimpleQueue[str]") -> str:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return ""
