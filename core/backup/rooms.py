"""What the rooms tell the backup: their files, what must hold of their rows, what follows a restore."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

from core.media import File, Shelf

EXTENSION = "backup"


@dataclass(frozen=True)
class Filed:
    """A shelf, and the files on it that rows name: those belong into a backup, no others."""

    shelf: Shelf
    named: Callable[[Session], Iterable[File]]


@dataclass(frozen=True)
class Rooms:
    """`facts` are noted when a backup is made and must come out again when it is verified; `checks` return what is
    wrong, None where all holds. Both are asked by name, of the backup's own rows. `after_create` runs when somebody has
    made one by command, `after_restore` in the restored house. `owner` says whose data a database holds; None: nobody's
    yet. `make_app` builds an application of other settings: the scratch house, in which a backup is verified.
    """

    make_app: Callable[[Mapping[str, str]], Flask]
    owner: Callable[[Session], str | None]
    filed: Sequence[Filed] = ()
    facts: Mapping[str, Callable[[Session], str]] | None = None
    checks: Mapping[str, Callable[[Session], str | None]] | None = None
    after_create: Sequence[Callable[[datetime], object]] = ()
    after_restore: Sequence[Callable[[datetime], object]] = ()


def init_backup(app: Flask, rooms: Rooms) -> None:
    """Register what the rooms tell."""
    app.extensions[EXTENSION] = rooms


def rooms_here() -> Rooms:
    """What was registered with this application."""
    found: Rooms = current_app.extensions[EXTENSION]
    return found
