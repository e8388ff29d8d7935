"""The first questionnaire edition: the official nine questions, one an element (Permenpan RB 14/2017), and in words
of other languages.
"""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from offices.models import Office
from survey import editions, queries
from survey.editing import queries as editing
from survey.elements import ELEMENTS
from survey.first_words import FIRST_WORDS
from survey.models import EditionWords
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
        _put_words(session, office_id)
    session.flush()


def _put_words(session: Session, office_id: int) -> None:
    """The first edition in other languages. A language that has words, or had, stays as the desk has made it."""
    for language, words in FIRST_WORDS.items():
        if not _is_put_in(session, office_id, language):
            session.add_all(_row(office_id, language, key, text, labels) for key, (text, labels) in words.items())


def _is_put_in(session: Session, office_id: int, language: str) -> bool:
    has_words = bool(queries.words(session, office_id, FIRST_EDITION, language))
    return has_words or editing.is_corrected(session, office_id, FIRST_EDITION, language)


def _row(office_id: int, language: str, key: str, text: str, labels: Sequence[str]) -> EditionWords:
    return EditionWords(
        office_id=office_id,
        edition_code=FIRST_EDITION,
        key=key,
        language=language,
        question=text,
        labels=list(labels),
    )
