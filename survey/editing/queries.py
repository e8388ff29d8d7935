"""Named reads of the questionnaire editions for those who write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.errors import Missing
from offices import trail
from survey import queries
from survey.editing.draft import Draft
from survey.editions import Translation
from survey.figures.models import RatingMonth
from survey.models import EditionItem, EditionWords

WORDS_CORRECTED = "edition.words"  # what the audit trail calls a correction of a translation


class State(StrEnum):
    """Where an edition stands today."""

    COMING = "coming"
    IN_FORCE = "in_force"
    PAST = "past"


@dataclass(frozen=True)
class Listed:
    """An edition in the list; `ratings` as the last night counted them, `until` is the day the next one starts."""

    code: str
    name: str
    starts_on: date
    until: date | None
    state: State
    questions: int
    ratings: int


def editions(session: Session, office_id: int, today: date) -> Sequence[Listed]:
    """All editions, the newest first."""
    names = queries.edition_names(session, office_id)
    counts, items = _ratings(session, office_id), _questions(session, office_id)
    ends: list[date | None] = [starts_on for _name, starts_on in names.values()]
    found = [
        Listed(code, name, starts_on, until, _state(starts_on, until, today), items.get(code, 0), counts.get(code, 0))
        for (code, (name, starts_on)), until in zip(names.items(), [*ends, None][1:], strict=True)
    ]
    return found[::-1]


def edition(session: Session, office_id: int, code: str, today: date) -> Listed:
    """One edition of the list; raises Missing."""
    found = next((each for each in editions(session, office_id, today) if each.code == code), None)
    if found is None:
        raise Missing("Edisi ini tidak ada.")
    return found


def draft(session: Session, office_id: int, code: str) -> Draft:
    """An edition with all its words, started or not; raises Missing."""
    row, asked = queries.edition(session, office_id, code), queries.questionnaire(session, office_id, code)
    if row is None or asked is None:
        raise Missing("Edisi ini tidak ada.")
    return Draft(row.name, row.starts_on, asked.questions, _translations(session, office_id, code))


def words_of(code: str, language: str) -> str:
    """What the audit trail calls an edition's words in a language."""
    return f"{code}/{language}"


def is_corrected(session: Session, office_id: int, code: str, language: str) -> bool:
    """Whether somebody has corrected the edition's words in the language, or taken one of them away."""
    return trail.is_on_record(session, office_id, WORDS_CORRECTED, words_of(code, language))


def starting_on(session: Session, office_id: int, day: date) -> str | None:
    """The edition that starts on this WIB day; None when none does."""
    starts = {starts_on: code for code, (_name, starts_on) in queries.edition_names(session, office_id).items()}
    return starts.get(day)


def _translations(session: Session, office_id: int, code: str) -> tuple[Translation, ...]:
    words = sa.select(EditionWords).filter_by(office_id=office_id, edition_code=code)
    rows = session.scalars(words.order_by(EditionWords.key, EditionWords.language))
    return tuple(Translation(row.key, row.language, row.question, tuple(row.labels)) for row in rows)


def _ratings(session: Session, office_id: int) -> Mapping[str, int]:
    table = RatingMonth
    rows = sa.select(table.edition_code, sa.func.sum(table.respondents)).where(table.office_id == office_id)
    return {code: int(count) for code, count in session.execute(rows.group_by(table.edition_code))}


def _questions(session: Session, office_id: int) -> Mapping[str, int]:
    rows = sa.select(EditionItem.edition_code, sa.func.count()).filter_by(office_id=office_id)
    return dict(session.execute(rows.group_by(EditionItem.edition_code)).all())


def _state(starts_on: date, until: date | None, today: date) -> State:
    if starts_on > today:
        return State.COMING
    return State.PAST if until is not None and until <= today else State.IN_FORCE
