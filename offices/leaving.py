"""What else an account has, room by room: taken away when somebody leaves, or told to the operator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.orm import Session

from offices.models import Staff


@dataclass(frozen=True)
class Held:
    """Something that stays with an account until somebody else gets it: words, and the page where that is done."""

    words: str
    address: str


@dataclass(frozen=True)
class Belongings:
    """A room's part: what it takes away in the transaction that closes an account, and what is left to hand over."""

    take_away: Callable[[Session, Staff], None]
    held: Callable[[Session, Staff], Sequence[Held]]


def init_leaving(app: Flask, *rooms: Belongings) -> None:
    """Register the rooms where accounts have something."""
    app.extensions["belongings"] = rooms


def take_away(session: Session, account: Staff) -> None:
    """Take away what must not outlast the account."""
    for room in _rooms():
        room.take_away(session, account)


def held(session: Session, account: Staff) -> list[Held]:
    """What the account still holds, open or closed."""
    return [one for room in _rooms() for one in room.held(session, account)]


def _rooms() -> Sequence[Belongings]:
    found: Sequence[Belongings] = current_app.extensions["belongings"]
    return found
