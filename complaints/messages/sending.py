"""The outbox and the due days of every office: what the scheduler does, and the same by hand."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from complaints.messages import escalation, telling
from core import clock, delivery, outbox_queries
from core.commands import Commands
from core.db import db, read_afresh
from core.delivery import Clock, Outcome
from offices import queries as office_queries

OUTCOMES = {
    Outcome.TOLD: "kabar dibagi menjadi pesan",
    Outcome.SENT: "terkirim",
    Outcome.LATER: "gagal, dicoba lagi nanti",
    Outcome.GIVEN_UP: "tidak dikirim lagi",
    Outcome.TAKEN_OVER: "dikerjakan proses lain",
}


def send_due(app: Flask, now: Clock) -> Counter[Outcome]:
    """Send whatever is due in every office: how many messages came to what."""
    return delivery.run(_offices(), telling.contents_of(app), delivery.ways_of(app), now)


def tell_due(app: Flask, now: datetime) -> int:
    """Put down who is told of due days in every office: of how many reports. What went long ago is forgotten."""
    for office_id in _offices():
        outbox_queries.tidy(office_id=office_id, now=now)
    by_mail = bool(app.config["SETTINGS"].smtp_url)
    return sum(escalation.tell(office_id=office_id, by_mail=by_mail, now=now) for office_id in _offices())


def _offices() -> Sequence[int]:
    found = office_queries.office_ids(read_afresh())
    db.session.rollback()  # an open read would keep the write-ahead file from being emptied
    return found


@click.group("outbox", cls=Commands)
def outbox_group() -> None:
    """E-mail, notifications and webhooks that wait."""


@outbox_group.command("send")
@with_appcontext
def send() -> None:
    """Send what is due now, as the scheduler does every few seconds."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 (the proxy itself is not the app)
    tally = send_due(app, clock.now)
    if not tally:
        click.echo("Tidak ada yang menunggu dikirim.")
    for outcome, words in OUTCOMES.items():
        if tally[outcome]:
            click.echo(f"{tally[outcome]} {words}")


COMMANDS = (outbox_group,)
