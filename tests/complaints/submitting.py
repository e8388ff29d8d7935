"""A submission with defaults, handed to the service as the form would."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from complaints.reporting.intake import Handed, Keys, submit
from complaints.terms import Source
from core.db import db, reader
from tests import make

KEYS = Keys(receipt="a receipt key for the tests", identity="an identity key for the tests")


def fresh() -> Session:
    """A reader that sees what was written since the last look."""
    db.session.rollback()
    return reader()


def send(*, now: datetime = make.START, **values: Any) -> Handed:
    defaults: dict[str, Any] = {
        "office_id": make.OFFICE, "prefix": "MBS", "submission_id": uuid4(), "category": "kebisingan",
        "description": "Sound horeg sampai pagi", "village": "35.09.23.2005", "place": "Dusun Krajan", "lat": None,
        "lng": None, "happened_at": None, "name": "", "phone": "", "email": "", "confidential": False, "point": None,
        "source": Source.WEB, "keys": KEYS,
    }  # fmt: skip
    return submit(**(defaults | values), now=now)
