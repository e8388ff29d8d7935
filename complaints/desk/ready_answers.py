"""Writes of the ready answers. Each leaves an entry in the audit trail."""

from datetime import datetime
from typing import Any, TypedDict, Unpack
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


class ReadyAnswerValues(TypedDict):
    """A ready answer; `category` None: for reports of any kind."""

    move: Move
    category: str | None
    title: str
    text: str
    position: int


@transaction
def add(session: Session, /, *, office_id: int, by: str, now: datetime, **values: Unpack[ReadyAnswerValues]) -> None:
    """A new ready answer; raises Refused for a move that has no answer or a category that is not there."""
    row = _row(session, office_id, values)
    session.add(ReadyAnswer(office_id=office_id, id=uuid7(now), **row))
    audit.record(session, office_id, by, "ready_answer.add", values["title"], row, now=now)


@transaction
def edit(
    session: Session,
    /,
    *,
    office_id: int,
    answer_id: UUID,
    by: str,
    now: datetime,
    **values: Unpack[ReadyAnswerValues],
) -> None:
    """Change a ready answer; what was sent with it stays as it was. Raises Missing, Refused."""
    found = case_queries.ready_answer(session, office_id, answer_id)
    change(session, found, _row(session, office_id, values), by, "ready_answer.edit", values["title"], now)


@transaction
def remove(session: Session, /, *, office_id: int, answer_id: UUID, by: str, now: datetime) -> None:
    """Take a ready answer away; raises Missing."""
    found = case_queries.ready_answer(session, office_id, answer_id)
    session.delete(found)
    audit.record(session, office_id, by, "ready_answer.remove", found.title, {"text": found.text}, now=now)


def _row(session: Session, office_id: int, values: ReadyAnswerValues) -> dict[str, Any]:
    category = values["category"]
    if values["move"] not in FILLS:
        raise Refused("Langkah ini tidak memakai jawaban.", "move")
    if category is not None and category not in {row.code for row in queries.categories(session, office_id)}:
        raise Refused("Jenis laporan ini tidak ada.", "category")
    written = {name: values[name] for name in ("title", "text", "position")}
    return written | {"move": values["move"].value, "category_code": category}
