"""Sends what waits in the outbox, outside of any request: each message claimed, written, sent, marked."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core import mail, outbox, outgoing, push, webhooks
from core.db import read_afresh, reader, transaction
from core.errors import Busy
from core.mail import Mail
from core.outbox import Channel, Claimed, Gone, Permanent, Temporary, Unreachable
from core.push import Push
from core.webhooks import Call

# Kept before the lease's end, for the message that is being sent: none is begun later.
LONGEST_SENDING = timedelta(minutes=2)
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a message."""

    TOLD = "told"
    SENT = "sent"
    LATER = "later"
    GIVEN_UP = "given up"
    TAKEN_OVER = "taken over"


@dataclass(frozen=True)
class Contents:
    """What the house knows of its messages. `spread` puts one message down for each who is told of a notice; `write`
    addresses and words one as things stand now, None when nobody is to be told any more; `forget` is called when the
    receiver of a message has left for good.
    """

    spread: Callable[[Session, Claimed, datetime], None]
    write: Callable[[Session, Claimed], Mail | Push | Call | None]
    forget: Callable[[Session, Claimed], None]


@dataclass(frozen=True)
class Ways:
    """By what messages go. No `server`: e-mail waits."""

    server: mail.Server | None
    sender: push.Sender
    limits: outgoing.Limits

    @property
    def channels(self) -> frozenset[Channel]:
        """What can be sent at all."""
        return frozenset(Channel) - (frozenset() if self.server else {Channel.EMAIL})

    def line(self) -> AbstractContextManager[mail.Line | None]:
        """One connection for many letters; None without a server."""
        return mail.Line(self.server) if self.server else nullcontext()


def ways_of(app: Flask) -> Ways:
    """As this installation is set up."""
    settings = app.config["SETTINGS"]
    server = mail.Server.parse(settings.smtp_url, settings.base_url)
    return Ways(server, push_sender(app), app.config.get("OUTGOING", outgoing.STRICT))


def push_sender(app: Flask) -> push.Sender:
    """Our key for Web Push, with where its services may complain."""
    settings = app.config["SETTINGS"]
    server = mail.Server.parse(settings.smtp_url, settings.base_url)
    contact = settings.base_url if settings.base_url.startswith("https://") else "mailto:sukma@localhost.localdomain"
    return push.Sender.parse(app.config["VAPID_KEY"], f"mailto:{server.sender}" if server else contact)


def run(office_ids: Collection[int], contents: Contents, ways: Ways, clock: Clock) -> Counter[Outcome]:
    """Send everything that is due now: how many messages came to what."""
    tally: Counter[Outcome] = Counter()
    for office_id in office_ids:
        channels = ways.channels
        while batch := outbox.claim(office_id=office_id, channels=channels, now=clock()):
            channels -= _send_batch(batch, contents, ways, clock, tally)
    return tally


def _send_batch(
    batch: Sequence[Claimed], contents: Contents, ways: Ways, clock: Clock, tally: Counter[Outcome]
) -> frozenset[Channel]:
    """Send them in turn; the channels by which nothing goes just now. What is left of those waits its turn again."""
    down: set[Channel] = set()
    left: list[Claimed] = []
    with ways.line() as line:
        for message in batch:
            if message.channel in down or clock() > message.until - LONGEST_SENDING:
                left.append(message)
                continue
            try:
                tally[_handle(message, contents, ways, line, clock)] += 1
            except Unreachable as fault:
                down.add(message.channel)
                tally[_postpone(message, str(fault), now=clock())] += 1
    outbox.release(left)
    return frozenset(down)


def _handle(message: Claimed, contents: Contents, ways: Ways, line: mail.Line | None, clock: Clock) -> Outcome:
    """Send one; raises Unreachable. A bug in one message must not stop those behind it."""
    try:
        if message.channel is Channel.NOTICE:
            return _spread(message, contents, now=clock())
        ready = contents.write(read_afresh(), message)
        reader().rollback()  # nothing is held open while others are waited for
        if ready is None:
            return _give_up(message, outbox.NOBODY, None, now=clock())
        _send(ready, ways, line, clock())
        return _finish(message, now=clock())
    except (Unreachable, SQLAlchemyError, Busy):
        raise
    except Gone as fault:
        return _give_up(message, str(fault), contents.forget, now=clock())
    except Permanent as fault:
        return _give_up(message, str(fault), None, now=clock())
    except Temporary as fault:
        return _postpone(message, str(fault), now=clock())
    except Exception as fault:
        log.exception("message %s could not be sent", message.id)
        return _postpone(message, type(fault).__name__, now=clock())


def _send(ready: Mail | Push | Call, ways: Ways, line: mail.Line | None, now: datetime) -> None:
    match ready:
        case Mail() if line:
            line.send(ready, now=now)
        case Push():
            push.send(ways.sender, ready, ways.limits, now=now)
        case Call():
            webhooks.send(ready, ways.limits, now=now)


@transaction
def _spread(session: Session, message: Claimed, contents: Contents, *, now: datetime) -> Outcome:
    """A notice and the messages that it becomes: all or nothing, so each is put down once."""
    if not outbox.finish(session, message, now=now):
        return Outcome.TAKEN_OVER
    contents.spread(session, message, now)
    return Outcome.TOLD


@transaction
def _finish(session: Session, message: Claimed, *, now: datetime) -> Outcome:
    return Outcome.SENT if outbox.finish(session, message, now=now) else Outcome.TAKEN_OVER


@transaction
def _postpone(session: Session, message: Claimed, why: str, *, now: datetime) -> Outcome:
    if not outbox.wait(session, message, why, now=now):
        return Outcome.TAKEN_OVER
    return Outcome.LATER if message.tries < len(outbox.BACK_OFF) else Outcome.GIVEN_UP


@transaction
def _give_up(
    session: Session, message: Claimed, why: str, forget: Callable[[Session, Claimed], None] | None, *, now: datetime
) -> Outcome:
    if not outbox.give_up(session, message, why, now=now):
        return Outcome.TAKEN_OVER
    if forget:
        forget(session, message)
    return Outcome.GIVEN_UP
