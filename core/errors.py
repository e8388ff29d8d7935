"""Two kinds of error: a rule says no (Refused), or it is a bug. Busy is neither: try again soon."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Refused(Exception):
    """A rule says no. `message` is for the person, in plain Indonesian; `field` names the form field at fault."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(Refused):
    """Someone else was first, or the same submission came back with other content."""


class Missing(Refused):
    """The thing asked for is not there, or not for this person: both look the same from outside."""


class Busy(Exception):
    """The database can't take the write just now, or no turn came; nothing was written."""


class DatabaseDown(Exception):
    """The database does not answer."""


def or_none(parse: Callable[[str], T], text: str) -> T | None:
    """What is read from the text; None where that is refused."""
    try:
        return parse(text)
    except Refused:
        return None
