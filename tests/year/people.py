"""The people of the invented year: whatever they do, they do it over HTTP, at the hour that the clock shows."""

import io
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from tests import make
from tests.complaints.pages import fields_of
from tests.pdfs import PDF

REDIRECTS = {302, 303}
TICKS = re.compile(r'name="pilih" value="([^"]+)"')


class Clock:
    """Moved by the story; each look at it is a second later."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Case:
    """A report as those who handle it know it."""

    number: str
    receipt: str = ""
    version: int = 1


@dataclass
class Diary:
    """What was done, and at which moment, by those who did it: (moment, service) and (moment, number, move)."""

    clock: Clock
    ratings: list[tuple[datetime, str]] = field(default_factory=list)
    moves: list[tuple[datetime, str, str]] = field(default_factory=list)


# What residents press, and what it is called in the files.
ANSWERS = {"beres": "confirm", "sebagian": "half_fixed", "belum": "deny", "jawab": "reply"}


class Public:
    """Residents: each comes from an address of their own, so that no brake holds anybody up."""

    def __init__(self, app: Flask, diary: Diary) -> None:
        self.app = app
        self.client = app.test_client()
        self.count = 0
        self.diary = diary

    def did(self, case: Case, move: str) -> None:
        self.diary.moves.append((self.diary.clock.now, case.number, move))

    def id(self) -> str:
        """The same ids in every run."""
        self.count += 1
        return str(UUID(int=(4 << 76) | (8 << 60) | self.count))

    def origin(self) -> dict[str, str]:
        """A house that nobody has sent anything from yet."""
        return {"REMOTE_ADDR": f"10.{self.count >> 16}.{self.count >> 8 & 255}.{self.count & 255}"}

    def rate(self, answers: dict[str, int], service: str, about: dict[str, str], point: str | None = None) -> None:
        body = {"submission_id": self.id(), "answers": answers, "service": service, "respondent": about, "point": point}
        self.diary.ratings.append((self.diary.clock.now, service))
        answer = self.client.post("/api/v1/ratings", json=body, environ_base=self.origin())
        assert answer.status_code == 201, answer.text

    def report(self, category: str, village: str, words: str, point: str | None = None) -> Case:
        body = {"submission_id": self.id(), "category": category, "description": words, "village": village}
        answer = self.client.post("/api/v1/complaints", json=body | {"point": point}, environ_base=self.origin())
        assert answer.status_code == 201, answer.text
        return self._received(Case(answer.get_json()["number"], answer.get_json()["receipt"]))

    def report_on_paper_of_the_web(self, category: str, village: str, words: str) -> Case:
        """With the page itself, as from a phone without JavaScript."""
        page = self.client.get("/lapor", environ_base=self.origin()).text
        typed = {"category": category, "village": village, "description": words, "submission_id": self.id()}
        asked = fields_of(page) | typed | {"similar_seen": "1", "urgent_seen": "1"}
        answer = self.client.post("/lapor", data=asked, environ_base=self.origin())
        number, receipt = re.search(r"TRB-\d{4}-\d{5}", answer.text), re.search(r"MBS-\w{5}-\w{5}-\w", answer.text)
        assert number, answer.text
        assert receipt, answer.text
        return self._received(Case(number[0], receipt[0]))

    def _received(self, case: Case) -> Case:
        self.did(case, "receive")
        return case

    def answer(self, case: Case, step: str, said: str = "") -> None:
        path = f"/lacak/{case.receipt}/{step}"
        page = self.client.get(path, environ_base=self.origin())
        assert page.status_code == 200, f"{step} {case.number}"
        sent = self.client.post(path, data=fields_of(page.text) | {"said": said}, environ_base=self.origin())
        assert sent.status_code in REDIRECTS, sent.text
        self.did(case, ANSWERS[step])


class Desk:
    """Somebody who is signed in."""

    def __init__(self, app: Flask, email: str, diary: Diary) -> None:
        self.client = app.test_client()
        self.diary = diary
        make.bare_factor(email)
        assert make.through_the_door(self.client, email).status_code in REDIRECTS
        make.enter(self.client, email)  # a session lasts half a day, and this year has hundreds
        self.email = email
        self.token = make.token(self.client, "/pengaturan/akun") if self._has("/pengaturan/akun") else ""

    def _has(self, path: str) -> bool:
        return bool(make.TOKEN.search(self.client.get(path).text))

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path, buffered=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.location}"
        return answer

    def json(self, path: str) -> Any:
        return self.get(path).json

    def submit(self, path: str, *, to: str = "", **typed: Any) -> TestResponse:
        """Fill in the form on a page and send it; whoever is refused is told on the page, and here."""
        page = self.get(path).text
        sent = self.client.post(to or path, data=fields_of(page) | typed)
        assert sent.status_code in REDIRECTS | {201}, self._refused(path, sent)
        return sent

    def move(self, case: Case, step: str, **words: Any) -> None:
        """Make a move; whoever comes late looks again."""
        path = f"/petugas/laporan/{case.number}"
        for _turn in range(2):
            data = {"csrf_token": self.csrf(path), "version": str(case.version), **words}
            sent = self.client.post(f"{path}/{step}", data=data)
            assert not (sent.location or "").startswith("/masuk"), f"{self.email} is no longer signed in"
            if sent.status_code in REDIRECTS:
                case.version += 1
                self.diary.moves.append((self.diary.clock.now, case.number, step))
                return
            found = re.search(r'name="version"[^>]*value="(\d+)"', self.get(path).text)
            assert found, f"{step} {case.number}: {sent.status_code}"
            case.version = int(found[1])
        raise AssertionError(self._refused(f"{step} {case.number}", sent))

    def csrf(self, path: str) -> str:
        if not self.token:
            self.token = make.token(self.client, path)
        return self.token

    def exclude_doubtful(self, month: str, reason: str) -> int:
        """Take out of the index what the review of a month shows; how many there were."""
        path = f"/petugas/survei/tinjauan?bulan={month}"
        page = self.get(path).text
        ticked = TICKS.findall(page)
        data = {"csrf_token": self.csrf(path), "pilih": ticked, "putusan": "keluar", "reason": reason}
        assert self.client.post(path, data=data).status_code in REDIRECTS
        return len(ticked)

    def _refused(self, path: str, sent: TestResponse) -> str:
        said = " ".join(re.sub(r"<style.*?</style>|<[^>]+>", " ", sent.text, flags=re.DOTALL).split())
        return f"{path}: {sent.status_code} {said[:1500]}"


def file(name: str = "bukti.pdf") -> tuple[io.BytesIO, str]:
    """Evidence."""
    return io.BytesIO(PDF), name
