"""The key that seals names, numbers and addresses: each request, command and job works with what the file has when it
first asks, and keeps it good until it ends. So it is changed while people work (docs/adr/0041).
"""

from pathlib import Path

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from core import key_marks, keys
from core.db import db
from core.keys import Held

IDENTITY = "identity.key"
KNOWN = "IDENTITY_KEY"  # in the configuration: what this process saw last
_HELD = "held_identity_key"


def init_identity_key(app: Flask) -> None:
    """Let go of the key at the end of whatever worked with it."""
    app.teardown_appcontext(_let_go)


def identity_key() -> str:
    """All of them, newest first. Where the file is gone, or is another database's, the process goes on with what it
    knows: what is sealed meanwhile must open once the right file is back.
    """
    if _HELD not in g:
        try:
            setattr(g, _HELD, keys.held_key(_folder(), IDENTITY))
        except FileNotFoundError:
            return str(current_app.config[KNOWN])
    held: Held = g.get(_HELD)
    if not _is_ours(held.text):
        return str(current_app.config[KNOWN])
    current_app.config[KNOWN] = held.text
    return held.text


def _is_ours(text: str) -> bool:
    if text == current_app.config[KNOWN]:
        return True
    with Session(db.engine) as session:  # of its own: whoever asks may be reading
        return IDENTITY not in key_marks.differing(session, _folder())


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].data_dir)


def _let_go(_fault: BaseException | None) -> None:
    held: Held | None = g.pop(_HELD, None)
    if held is not None:
        held.let_go()
