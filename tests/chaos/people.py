"""People at work while things break: they rate, report, send photos, move reports; and remember what they were told."""

import json
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode
from uuid import uuid4

from survey.elements import OFFICIAL_ORDER
from tests.chaos.sending import FORM, NOBODY, Answer, Browser, Kind, Sent
from tests.chaos.stage import Stage
from tests.complaints.drawn import commented, jpeg, scene
from tests.server import Server

ANSWERS = {key.value: 3 for key in OFFICIAL_ORDER}
VILLAGE = "35.09.23.2005"
PAUSE_S = 0.02
AGAIN_S = 0.2
ALL_AGAIN_S = 300
BOUNDARY = "----chaos"
WORDS = "Sound horeg sampai larut malam di Krajan, {} kali"


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
        """What nobody answered, as phones do: until it is taken, or a quarter of a minute long; and some that were.

        In all for five minutes at most: a server that takes nothing any more is then found out by what is missing.
        """
        end = time.monotonic() + ALL_AGAIN_S
        for person in self.people:
            for number, sent in enumerate(person.sent):
                if sent.is_taken and number % 10 == 0 and sent.kind is not Kind.MOVE:
                    person.browser.send(sent)
                deadline = min(end, time.monotonic() + 15)
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
    lines = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="upload_id"\r\n\r\n{key}\r\n'.encode(),
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'.encode(),
        b"Content-Type: image/jpeg\r\n\r\n" + commented(picture, key) + f"\r\n--{BOUNDARY}--\r\n".encode(),
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
