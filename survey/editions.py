"""Puts questionnaire editions in; one that a rating names, or that is in force, never changes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import long_date, wib_day
from core.errors import Refused
from survey import queries
from survey.elements import ELEMENTS
from survey.models import Edition, EditionItem, EditionWords
from survey.questionnaire import MOST_ITEMS, Question

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SUFFIX = re.compile(r"(_[a-z0-9]{1,20})?")


@dataclass(frozen=True)
class Translation:
    """A question in another language: its key, the language's code, the question, the words of the answers 1 to 4."""

    key: str
    language: str
    text: str
    labels: tuple[str, ...]


def put_in(
    session: Session,
    *,
    office_id: int,
    code: str,
    name: str,
    starts_on: date,
    questions: Sequence[Question],
    translations: Sequence[Translation] = (),
    now: datetime,
) -> None:
    """Add an edition, or replace one that has not started, in the caller's transaction.

    Every edition comes in here, the first one too; the caller notes it in the audit trail. Raises Refused
    when it may not change any more.
    """
    _check(code, name, questions)
    take_away(session, office_id, code, wib_day(now))
    session.add(Edition(office_id=office_id, code=code, name=name.strip(), starts_on=starts_on))
    session.flush()
    session.add_all(_rows(office_id, code, questions))
    session.flush()
    session.add_all(_words(office_id, code, each) for each in translations)
    session.flush()


def take_away(session: Session, office_id: int, code: str, today: date) -> None:
    """Remove an edition that has not started, if it is there, in the caller's transaction; else Refused.

    One in force may lie open on a phone, so it stays as it is.
    """
    edition = queries.edition(session, office_id, code)
    if edition is None:
        return
    if queries.is_used(session, office_id, code):
        raise Refused(f"Edisi {code} sudah dipakai menilai, jadi tidak dapat diubah. Buat edisi baru dengan kode lain.")
    if edition.starts_on <= today:
        since = long_date(edition.starts_on)
        raise Refused(f"Edisi {code} sudah berlaku sejak {since}. Buat edisi baru dengan kode lain.")
    for rows in (EditionWords, EditionItem):
        session.execute(sa.delete(rows).filter_by(office_id=office_id, edition_code=code))
    session.delete(edition)
    session.flush()


def put_words(session: Session, office_id: int, code: str, key: str, language: str, words: Translation | None) -> None:
    """Other words of a question in a language, or none, in the caller's transaction; the question itself stays."""
    named = {"office_id": office_id, "edition_code": code, "key": key, "language": language}
    session.execute(sa.delete(EditionWords).filter_by(**named))
    if words is not None:
        session.add(_words(office_id, code, words))
    session.flush()


def _rows(office_id: int, code: str, questions: Sequence[Question]) -> list[EditionItem]:
    return [
        EditionItem(
            office_id=office_id,
            edition_code=code,
            key=question.key,
            element=question.element.value,
            position=position,
            question=question.text.strip(),
            labels=[label.strip() for label in question.labels],
        )
        for position, question in enumerate(questions, 1)
    ]


def _words(office_id: int, code: str, translation: Translation) -> EditionWords:
    return EditionWords(
        office_id=office_id,
        edition_code=code,
        key=translation.key,
        language=translation.language,
        question=translation.text.strip(),
        labels=[label.strip() for label in translation.labels],
    )


def _check(code: str, name: str, questions: Sequence[Question]) -> None:
    fault = _fault(code, name, questions) or next(filter(None, map(_question_fault, questions)), None)
    if fault:
        raise Refused(fault)


def _fault(code: str, name: str, questions: Sequence[Question]) -> str | None:
    """What is wrong with the edition as a whole, in words, or None."""
    if not CODE.fullmatch(code) or not name.strip():
        return "Edisi perlu nama, dan kode dari huruf kecil, angka, dan tanda hubung."
    repeated = [key for key, times in Counter(question.key for question in questions).items() if times > 1]
    if repeated:
        return f"Pertanyaan “{repeated[0]}” tertulis lebih dari sekali."
    asked = Counter(question.element for question in questions)
    if any(items > MOST_ITEMS for items in asked.values()):
        return f"Satu unsur paling banyak {MOST_ITEMS} pertanyaan."
    missing = [element.name for element in ELEMENTS if element.key not in asked]
    return f"Unsur {missing[0]} belum punya pertanyaan." if missing else None


def _question_fault(question: Question) -> str | None:
    """What is wrong with one question, in words, or None. A key that begins with its element's can't clash."""
    start, suffix = question.key[: len(question.element)], question.key[len(question.element) :]
    if start != question.element or not SUFFIX.fullmatch(suffix):
        return f"Kunci “{question.key}” harus {question.element}, atau {question.element}_ dengan akhiran."
    if not question.text.strip() or len(question.labels) != 4 or not all(map(str.strip, question.labels)):
        return f"Pertanyaan “{question.key}” perlu kalimat tanya dan empat jawaban."
    return None
