"""How long a questionnaire took: when its blank page was made stands in it, signed."""

from datetime import datetime, timedelta

from flask import current_app

from core import clock, stamps

SALT = "rating form"
# A page that lay open longer, or was kept on a phone without signal, says nothing about the filling in.
LONGEST = timedelta(hours=4)


def stamp(about: str = "") -> str:
    """Now, for a blank page; `about`: the visit whose page it is."""
    return stamps.stamp(current_app.config["SECRET_KEY"], SALT, clock.now(), about)


def age(stamped: str | None, now: datetime, about: str | None = None) -> timedelta | None:
    """How long ago the page, or the page of this visit, was made; None where it doesn't say, or others said it."""
    return stamps.age(current_app.config["SECRET_KEY"], SALT, stamped, now, about)


def fill_s(stamped: str | None, now: datetime) -> int | None:
    """Whole seconds from the blank page to the sent one; None where nobody can tell."""
    passed = age(stamped, now)
    if passed is None or not timedelta() <= passed <= LONGEST:
        return None
    return int(passed.total_seconds())
