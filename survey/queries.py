"""Named reads of the survey."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from survey.elements import ElementKey
from survey.models import Edition, EditionItem, EditionWords, Rating
from survey.questionnaire import Question, Questionnaire


def questionnaire_on(session: Session, office_id: int, day: date) -> Questionnaire | None:
    """The edition in force on the WIB day: the one that started last; None before the first."""
    started = sa.select(Edition.code).where(Edition.office_id == office_id, Edition.starts_on <= day)
    newest = started.order_by(Edition.starts_on.desc(), Edition.code.desc()).limit(1)
    return _questionnaire(session, office_id, EditionItem.edition_code == newest.scalar_subquery())


def questionnaire(session: Session, office_id: int, code: str) -> Questionnaire | None:
    """The edition with this code; None when unknown."""
    return _questionnaire(session, office_id, EditionItem.edition_code == code)


def begun_questionnaire(session: Session, office_id: int, code: str, day: date) -> Questionnaire | None:
    """The edition with this code if it has been in force by the WIB day."""
    begun = edition(session, office_id, code)
    return questionnaire(session, office_id, code) if begun and begun.starts_on <= day else None


def questionnaires(session: Session, office_id: int) -> list[tuple[date, Questionnaire]]:
    """All editions with their first WIB days, the newest first."""
    asked = {each.code: each for each in _questionnaires(session, office_id)}
    names = edition_names(session, office_id)
    return [(starts_on, asked[code]) for code, (_name, starts_on) in list(names.items())[::-1] if code in asked]


def _questionnaire(session: Session, office_id: int, chosen: sa.ColumnElement[bool]) -> Questionnaire | None:
    return next(iter(_questionnaires(session, office_id, chosen)), None)


def _questionnaires(session: Session, office_id: int, *chosen: sa.ColumnElement[bool]) -> list[Questionnaire]:
    item = EditionItem
    columns = sa.select(item.edition_code, item.key, item.element, item.question, item.labels)
    rows = session.execute(columns.where(item.office_id == office_id, *chosen).order_by(item.position))
    questions: dict[str, list[Question]] = {}
    for code, key, element, text, labels in rows:
        questions.setdefault(code, []).append(Question(key, ElementKey(element), text, tuple(labels)))
    return [Questionnaire(code, tuple(each)) for code, each in questions.items()]


def words(session: Session, office_id: int, code: str, language: str) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """An edition's questions in another language: key → the question and the words for answers 1 to 4."""
    rows = sa.select(EditionWords).filter_by(office_id=office_id, edition_code=code, language=language)
    return {row.key: (row.question, tuple(row.labels)) for row in session.scalars(rows)}


def items_per_element(session: Session, office_id: int) -> Mapping[str, Mapping[ElementKey, int]]:
    """Of each edition: how many items ask for each element."""
    keys = (EditionItem.edition_code, EditionItem.element)
    rows = session.execute(sa.select(*keys, sa.func.count()).filter_by(office_id=office_id).group_by(*keys)).all()
    editions: dict[str, dict[ElementKey, int]] = {}
    for edition, element, count in rows:
        editions.setdefault(edition, {})[ElementKey(element)] = count
    return editions


def edition_names(session: Session, office_id: int) -> Mapping[str, tuple[str, date]]:
    """Each edition's name and first WIB day, the oldest first."""
    rows = sa.select(Edition.code, Edition.name, Edition.starts_on).filter_by(office_id=office_id)
    found = session.execute(rows.order_by(Edition.starts_on, Edition.code))
    return {code: (name, starts_on) for code, name, starts_on in found}


def edition(session: Session, office_id: int, code: str) -> Edition | None:
    """The edition's own row, for changing it."""
    return session.get(Edition, (office_id, code))


def is_used(session: Session, office_id: int, code: str) -> bool:
    """Whether a rating names the edition, a withdrawn one too."""
    named = sa.select(Rating.id).where(Rating.office_id == office_id, Rating.edition_code == code)
    return session.execute(named.limit(1)).first() is not None


def is_rated(session: Session, office_id: int, once: str) -> bool:
    """Whether what may be rated once was rated."""
    return session.scalar(sa.select(Rating.id).filter_by(office_id=office_id, once=once)) is not None


def digest_of(session: Session, office_id: int, submission_id: UUID) -> str | None:
    """The content digest of a submission taken in before; None when there is none."""
    return session.scalar(sa.select(Rating.digest).filter_by(office_id=office_id, submission_id=submission_id))


def rating_of(session: Session, office_id: int, submission_id: UUID) -> Rating | None:
    """The rating that a submission became; None when it never came."""
    return session.scalar(sa.select(Rating).filter_by(office_id=office_id, submission_id=submission_id))
