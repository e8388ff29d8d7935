"""The first questionnaire edition: the official nine questions, one an element (Permenpan RB 14/2017)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from offices.models import Office
from survey import editions, queries
from survey.elements import ELEMENTS
from survey.questionnaire import Question

FIRST_EDITION = "skm-2017"
# Before any rating that could be imported: the regulation's year.
FIRST_DAY = date(2017, 1, 1)
OFFICIAL_QUESTIONS = tuple(Question(each.key.value, each.key, each.question, each.labels) for each in ELEMENTS)


def seed(session: Session, now: datetime) -> None:
    """Give every office the first edition. Safe to repeat."""
    for office_id in session.scalars(sa.select(Office.id)).all():
        if queries.edition(session, office_id, FIRST_EDITION) is None:
            editions.put_in(
                session,
                office_id=office_id,
                code=FIRST_EDITION,
                name="SKM Permenpan RB 14/2017",
                starts_on=FIRST_DAY,
                questions=OFFICIAL_QUESTIONS,
                now=now,
            )
    session.flush()
