"""Phones and officers of a launch day, in a process of their own: `python -m tests.load.phones TASK`."""

import asyncio
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlencode
from uuid import uuid4

from PIL import Image

from survey.elements import OFFICIAL_ORDER
from tests import make
from tests.complaints.drawn import commented
from tests.complaints.pages import fields_of
from tests.complaints.photo_suite import exif
from tests.load.line import FORM, Answer, Line

VILLAGE = "35.09.23.2005"
RECEIPT = re.compile(r"[A-Z]{3}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]")
NUMBER = re.compile(r"/petugas/laporan/(TRB-\d+-\d+)")
# People read and tap: nobody fills a form in less. And then they pass the phone on, or put it away.
FILLS_S, RESTS_S, OFFICER_S = (4.0, 12.0), (2.0, 15.0), (2.0, 6.0)
VISITS = {"rate": 60, "track": 34, "report": 6}
PHOTO_SIZE = (4000, 3000)
MOST_RECEIPTS = 200


@dataclass
class Seen:
    """What came of a kind of request: seconds each took, and how often each status."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class Day:
    """What all of them share."""

    port: int
    point: str
    until: float
    seen: dict[str, Seen] = field(default_factory=lambda: defaultdict(Seen))
    receipts: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    cut: int = 0

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.until


class Phone:
    """One browser, its cookies and its line."""

    def __init__(self, day: Day) -> None:
        self.day, self.line = day, Line(day.port)

    async def ask(self, kind: str, method: str, path: str, body: bytes = b"", content: str = FORM) -> Answer:
        """The answer, noted under its kind."""
        began = time.perf_counter()
        answer = await self.line.ask(method, path, body, content)
        self.day.seen[kind].seconds.append(time.perf_counter() - began)
        self.day.seen[kind].statuses[str(answer.status)] += 1
        return answer

    async def post(self, kind: str, path: str, fields: Mapping[str, object]) -> Answer:
        """A form as a browser sends it."""
        return await self.ask(kind, "POST", path, urlencode(fields).encode())

    async def live(self) -> None:
        """One visit after the other, until the day is over."""
        visits: dict[str, Callable[[], Awaitable[None]]] = {
            "rate": self.rate, "track": self.track, "report": self.report,
        }  # fmt: skip
        await asyncio.sleep(random.uniform(0, RESTS_S[1]))
        while not self.day.is_over:
            self.line = Line(self.day.port)
            await visits[random.choices(list(VISITS), list(VISITS.values()))[0]]()
            self.line.close()
            await _wait(RESTS_S)

    async def rate(self) -> None:
        """From the code on the wall to the thanks."""
        path = f"/survei/{self.day.point}"
        await self.ask("QR code", "GET", f"/t/{self.day.point}")
        hidden = fields_of((await self.ask("rating page", "GET", path)).text)
        await _wait(FILLS_S)
        answers = {key.value: random.choice((2, 3, 3, 4)) for key in OFFICIAL_ORDER}
        answer = await self.post("rating", path, hidden | answers | {"service": "ktp"})
        if answer.status == 303:
            await self.ask("thanks", "GET", answer.headers["location"])

    async def report(self) -> None:
        """A report and its photos, one after the other, as the page's script sends them."""
        hidden = fields_of((await self.ask("report page", "GET", "/lapor")).text)
        await _wait(FILLS_S)
        words = {"category": "kebisingan", "description": f"Sound horeg {uuid4()}", "village": VILLAGE}
        answer = await self.post("report", "/lapor", hidden | words | {"place": "Krajan", "similar_seen": "1"})
        receipt = RECEIPT.search(answer.text)
        if answer.status != 201 or not receipt:
            return
        if len(self.day.receipts) < MOST_RECEIPTS:
            self.day.receipts.append(receipt[0])
        for _photo in range(random.choice((1, 1, 2, 3))):
            await self.photograph(receipt[0])

    async def photograph(self, receipt: str) -> None:
        """A photo of twelve megapixels with everything that a phone writes into it; no two are the same file."""
        key, picture = str(uuid4()), random.choice(self.day.pictures)
        parts = (
            f'--x\r\nContent-Disposition: form-data; name="upload_id"\r\n\r\n{key}\r\n'
            '--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        ).encode()
        body = parts + commented(picture, key) + b"\r\n--x--\r\n"
        path = f"/api/v1/complaints/{receipt}/photos"
        await self.ask("photo", "POST", path, body, "multipart/form-data; boundary=x")

    async def track(self) -> None:
        """How a report fares."""
        if self.day.receipts:
            await self.ask("tracking", "GET", f"/lacak/{random.choice(self.day.receipts)}")
        else:
            await self.ask("tracking, blank", "GET", "/lacak")

    async def work(self, email: str) -> None:
        """An officer works through the inbox."""
        hidden = fields_of((await self.ask("sign-in page", "GET", "/masuk")).text)
        known = {"email": email, "password": make.PASSWORD}
        answer = await self.post("sign-in", "/masuk", {"csrf_token": hidden["csrf_token"], **known})
        while not self.day.is_over and answer.status in {302, 303}:
            await _wait(OFFICER_S)
            numbers = NUMBER.findall((await self.ask("inbox", "GET", "/petugas")).text)
            if numbers:
                await self.handle(random.choice(numbers))

    async def handle(self, number: str) -> None:
        """Open a case and make the next move."""
        page = await self.ask("case", "GET", f"/petugas/laporan/{number}")
        hidden = fields_of(page.text)
        await _wait(OFFICER_S)
        step = next((each for each in ("verify", "start") if f"/laporan/{number}/{each}" in page.text), "")
        if step:
            sent = {"version": hidden.get("version", ""), "csrf_token": hidden.get("csrf_token", "")}
            await self.post("move", f"/petugas/laporan/{number}/{step}", sent)


async def _wait(seconds: tuple[float, float]) -> None:
    await asyncio.sleep(random.uniform(*seconds))


def picture(seed: int) -> bytes:
    """Twelve megapixels, about three megabytes, with camera, owner, time and place."""
    noise = Image.effect_noise((PHOTO_SIZE[0] // 4, PHOTO_SIZE[1] // 4), 60 + 10 * seed).resize(PHOTO_SIZE)
    made = Image.merge("RGB", (noise, noise.rotate(180), noise.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    file = BytesIO()
    made.save(file, "JPEG", quality=88, exif=exif(orientation=6))
    return file.getvalue()


async def _patient(day: Day, living: Awaitable[None]) -> None:
    """A line that is cut or an answer that never comes is counted, and ends that phone's day."""
    try:
        await living
    except (OSError, EOFError, TimeoutError):
        day.cut += 1


async def main(task: Mapping[str, object]) -> None:
    """Everybody at once."""
    day = Day(int(str(task["port"])), str(task["point"]), time.monotonic() + float(str(task["seconds"])))
    day.pictures = [picture(seed) for seed in range(3)]
    began, used = time.monotonic(), time.process_time()
    day.until = began + float(str(task["seconds"]))
    lives = [_patient(day, Phone(day).live()) for _phone in range(int(str(task["phones"])))]
    lives += [_patient(day, Phone(day).work(email)) for email in str(task["officers"]).split()]
    await asyncio.gather(*lives)
    took = time.monotonic() - began
    kinds = {kind: {"seconds": seen.seconds, "statuses": seen.statuses} for kind, seen in day.seen.items()}
    share = (time.process_time() - used) / took
    sys.stdout.write(json.dumps({"kinds": kinds, "cut": day.cut, "took": took, "processor": share}))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
