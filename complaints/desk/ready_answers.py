"""Writes of the ready answers. Each leaves an entry in the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from complaints import queries
from complaints.desk import case_queries
from complaints.desk_models import ReadyAnswer
from complaints.terms import Move, Need
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from offices import audit
from offices.service import change

# The moves that a ready answer may begin, and the field that it fills.
FILLS = {
    Move.VERIFY: Need.ANSWER,
    Move.ASK: Need.QUESTION,
    Move.SETTLE: Need.ANSWER,
    Move.EXCLUDE: Need.ANSWER,
}


@transaction
def add(
    session: Session,
    /,
    *,
    office_id: int,
    move: Move,
    category: str | None,
    title: str,
    text: str,
    position: int,
    by: str,
    now: datetime,
) -> None:
    """A new ready answer; raises Refused for a move that has no answer or a category that is not there."""
    values = _values(session, office_id, move, category, title, text, position)
    session.add(ReadyAnswer(office_id=office_id, id=uuid7(now), **values))
    audit.record(session, office_id, by, "ready_answer.add", title, values, now=now)


@transaction
def edit(
    session: Session,
    /,
    *,
    office_id: int,
    answer_id: UUID,
    move: Move,
    category: str | None,
    title: str,
    text: str,
    position: int,
    by: str,
    now: datetime,
) -> None:
    """Change a ready answer; what was sent with it stays as it was. Raises Missing, Refused."""
    found = case_queries.ready_answer(session, office_id, answer_id)
    values = _values(session, office_id, move, category, title, text, position)
    change(session, found, values, by, "ready_answer.edit", title, now)


@transaction
def remove(session: Session, /, *, office_id: int, answer_id: UUID, by: str, now: datetime) -> None:
    """Take a ready answer away; raises Missing."""
    found = case_queries.ready_answer(session, office_id, answer_id)
    session.delete(found)
    audit.record(session, office_id, by, "ready_answer.remove", found.title, {"text": found.text}, now=now)


def _values(
    session: Session, office_id: int, move: Move, category: str | None, title: str, text: str, position: int
) -> dict[str, Any]:
    if move not in FILLS:
        raise Refused("Langkah ini tidak memakai jawaban.", "move")
    if category is not None and category not in {row.code for row in queries.categories(session, office_id)}:
        raise Refused("Jenis laporan ini tidak ada.", "category")
    return {"move": move.value, "category_code": category, "title": title, "text": text, "position": position}
