"""Residents for the tests: opened by a receipt, answering as the page would."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import carrying, queries
from complaints.case_models import Joiner
from complaints.fetching import locked
from complaints.following import answers
from complaints.queries import Opened
from complaints.states import EventFact
from complaints.terms import Move
from complaints.workflow import Details
from core.db import transaction
from core.ids import uuid7
from tests import make
from tests.complaints import cases
from tests.complaints.submitting import fresh

QUESTION = "Di RT berapa?"


def opened(number: str, joiner_id: UUID | None = None) -> Opened:
    return Opened(make.OFFICE, cases.report(number).id, joiner_id)


def seen(number: str) -> int:
    return len(queries.events_of(fresh(), make.OFFICE, cases.report(number).id))


def answer(
    number: str, move: str, said: str = "", *, joiner: UUID | None = None, now: datetime = cases.LATER, **values: Any
) -> None:
    """Answer a report as it now stands, or as it stood when `seen` of its moves were there."""
    given = {"seen": seen(number)} | values
    answers.answer(opened=opened(number, joiner), move=Move(move), said=said, now=now, **given)


@transaction
def joined(
    session: Session,
    complaint_id: UUID,
    /,
    *,
    digest: str = "",
    said: str = "",
    sealed: bytes | None = None,
    now: datetime = make.START,
) -> UUID:
    """Somebody who joined a report."""
    key = uuid7(make.START)
    row = {
        "office_id": make.OFFICE, "id": key, "complaint_id": complaint_id, "submission_id": uuid4(), "digest": "",
        "receipt_digest": digest or make.word(), "joined_at": now, "said": said, "sealed": sealed,
    }  # fmt: skip
    session.execute(sa.insert(Joiner).values(row))
    report = locked(session, make.OFFICE, complaint_id)
    carrying.carry_out(session, report, EventFact(Move.JOIN, now, now, joiner=key), Details())
    return key


def waiting(**values: Any) -> str:
    """A report about which the resident is asked."""
    number = cases.case(**values)
    cases.act(number, "ask", question=QUESTION)
    return number
