"""(10) Servers for e-mail, push and webhooks that fail for a day, each in every way; then they come back."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import sqlalchemy as sa
from flask import Flask

from complaints.messages import sending
from core import mail, outgoing
from core.db import db, reader
from core.delivery import Clock, Outcome
from core.outbox import NOBODY, Channel
from core.outbox_models import Message
from tests import make
from tests.chaos.checks import Verdict, chains
from tests.chaos.stage import prepared
from tests.complaints import cases
from tests.complaints.messages.test_notices import Phone, received, subscribe, webhook
from tests.receivers import MailBox, WebBox, free_port, mail_box

LOOSE = outgoing.Limits(schemes=frozenset({"http"}), private=True)
LOOK = timedelta(minutes=10)  # of the outbox' clock; the scheduler looks more often
IMPATIENT_S = 0.1
SLOW_S = 0.03
# For so many hours each: nobody listens, somebody listens and says nothing, "not now", slow but well.
DAY = ("refused", "silent", "failing", "slow")
LONGEST = timedelta(days=5)


def run(folder: Path, *, hours: int = 24) -> Verdict:
    """Reports and moves every hour of the day; how often each message was taken in by whom it was for."""
    verdict = Verdict(f"(10) SMTP, push and webhook peers failing for {hours} hours, then back")
    with prepared(folder, officers=2).opened() as app, ExitStack() as patched:
        for module in (mail, outgoing):
            patched.enter_context(mock.patch.object(module, "TIMEOUT_S", IMPATIENT_S))
        box, web = mail_box(), WebBox(free_port())
        settings = app.config["SETTINGS"]
        app.config["SETTINGS"] = type(settings)(**vars(settings) | {"smtp_url": box.url})
        app.config["OUTGOING"] = LOOSE
        tries = _day(app, box, web, hours)
        came_back = make.START + timedelta(hours=hours)
        verdict.note("messages waiting when they came back", _waiting())
        with box.open(), web.open():
            done = _until_empty(app, came_back)
        verdict.note("tries in vain", tries)
        verdict.must("waiting in the end", is_so=not _waiting(), value=_waiting())
        verdict.note("hours until all had gone", f"{(done - came_back) / timedelta(hours=1):.1f}")
        _count(verdict, box, web)
        chains(verdict, app)
    return verdict


def _day(app: Flask, box: MailBox, web: WebBox, hours: int) -> int:
    """How many tries were in vain."""
    webhook(f"{web.url}/hook")
    each, tries = max(1, hours // len(DAY)), 0
    for hour in range(hours):
        now = make.START + timedelta(hours=hour)
        with _peers(DAY[min(hour // each, len(DAY) - 1)], box, web):
            handed = received(email=f"warga{hour}@contoh.example", now=now)
            subscribe(Phone(web, f"phone{hour}"), handed)
            cases.act(handed.number, "verify", now=now + timedelta(minutes=1))
            for look in range(6):
                tally = sending.send_due(app, _clock(now + (look + 1) * LOOK))
                tries += tally.total() - tally[Outcome.TOLD] - tally[Outcome.SENT]
    return tries


def _clock(now: datetime) -> Clock:
    return lambda: now


@contextmanager
def _peers(how: str, box: MailBox, web: WebBox) -> Iterator[None]:
    """All peers as they are in this hour."""
    with ExitStack() as opened:
        if how == "silent":
            opened.enter_context(_silent(box.port))
            opened.enter_context(_silent(web.port))
        elif how != "refused":
            opened.enter_context(box.open())
            opened.enter_context(web.open())
        fails = how == "failing"
        box.answer_data, web.status = ("451 not now", 503) if fails else ("", 201)
        web.delay_s = SLOW_S if how == "slow" else 0.0
        before = len(web.posts)
        yield
        if fails:
            del web.posts[before:]  # it said that it did not take them
    box.answer_data, web.status, web.delay_s = "", 201, 0.0


@contextmanager
def _silent(port: int) -> Iterator[None]:
    """Takes every call and says nothing."""
    calls: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", port), backlog=64) as listening:
        listening.settimeout(0.05)
        stopped = threading.Event()

        def listen() -> None:
            while not stopped.is_set():
                try:
                    calls.append(listening.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield
        stopped.set()
        thread.join()
        for call in calls:
            call.close()


def _until_empty(app: Flask, start: datetime) -> datetime:
    now = start
    while _waiting() and now < start + LONGEST:
        now += LOOK
        sending.send_due(app, _clock(now))
    return now


def _waiting() -> int:
    db.session.rollback()
    return reader().scalar(sa.select(sa.func.count()).where(Message.next_at.is_not(None))) or 0


def _count(verdict: Verdict, box: MailBox, web: WebBox) -> None:
    """What the outbox says went, beside what came; each once."""
    went = Counter(reader().scalars(sa.select(Message.channel).where(Message.sent_at.is_not(None))))
    hooks = [head["webhook-id"] for path, head, _body in web.posts if path == "/hook"]
    pushes = [path for path, _head, _body in web.posts if path != "/hook"]
    letters = [str(letter["Message-ID"]) for letter in box.letters]
    came = {Channel.EMAIL: letters, Channel.WEBHOOK: hooks}
    for channel, ids in came.items():
        found = (went[channel], len(ids), len(set(ids)))
        verdict.must(f"{channel}: sent, come, different", is_so=len(set(found)) == 1, value=" ".join(map(str, found)))
    both = (went[Channel.PUSH], len(pushes))
    verdict.must("push: sent, come", is_so=both[0] == both[1], value=" ".join(map(str, both)))
    lost = sa.select(sa.func.count()).where(Message.given_up_at.is_not(None), Message.last_error != NOBODY)
    given_up = reader().scalar(lost)
    verdict.must("given up", is_so=not given_up, value=given_up)
