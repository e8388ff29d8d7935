"""Marks days whose figures must be counted again."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.ids import uuid7
from offices.models import DirtyDay

INSERT_MARK = sa.insert(DirtyDay)  # built once: both public submits run it


class Figures(StrEnum):
    """Which daily figures a mark speaks of. A report's day is the day it was received."""

    RATINGS = "ratings"
    COMPLAINTS = "complaints"


def mark(session: Session, office_id: int, kind: Figures, days: Iterable[date], *, now: datetime) -> None:
    """Mark `days` in the caller's transaction. Marks are only added, so that writers never wait for the night."""
    rows = [{"office_id": office_id, "id": uuid7(now), "kind": kind.value, "day": day} for day in set(days)]
    if rows:
        session.connection().execute(INSERT_MARK, rows)


def count(session: Session) -> int:
    """How many marks wait for the night, of all offices."""
    return session.scalar(sa.select(sa.func.count()).select_from(DirtyDay)) or 0
