"""What a room has to tell an account where its day begins: the desk shows it, and knows no later room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from core import clock
from core.db import reader
from offices.access import signed_in
from offices.models import Staff


@dataclass(frozen=True)
class Reminder:
    """What waits for the account, in words, and the page where it is done."""

    words: str
    address: str


Room = Callable[[Session, Staff, datetime], Sequence[Reminder]]


def init_reminders(app: Flask, *rooms: Room) -> None:
    """Let pages ask these rooms, by `reminders()`."""

    def reminders() -> list[Reminder]:
        return [one for room in rooms for one in room(reader(), signed_in(), clock.now())]

    app.add_template_global(reminders, "reminders")
