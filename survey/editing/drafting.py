"""Writes of editions that have not started; each leaves an entry in the audit trail."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.calendar import long_date, wib_day
from core.db import transaction
from core.errors import Refused
from offices import audit
from survey import editions
from survey import queries as survey
from survey.editing import queries
from survey.editing.draft import Draft
from survey.editions import Translation
from survey.elements import ElementKey
from survey.questionnaire import Question

NO_CODE = "baru"  # the address of the form for a new one
Change = Callable[[Draft], Draft]


@transaction
def begin(
    session: Session, /, *, office_id: int, code: str, name: str, starts_on: date, source: str, by: str, now: datetime
) -> None:
    """A new edition with the questions of the edition `source`, from a coming WIB day on; else Refused."""
    if code == NO_CODE or survey.edition(session, office_id, code) is not None:
        raise Refused(f"Kode {code} sudah dipakai edisi lain.", "code")
    _check_start(session, office_id, code, starts_on, wib_day(now))
    copied = replace(queries.draft(session, office_id, source), name=name, starts_on=starts_on)
    _put(session, office_id, code, copied, by, now)


@transaction
def describe(
    session: Session, /, *, office_id: int, code: str, name: str, starts_on: date, by: str, now: datetime
) -> None:
    """Another name or first day, while the edition has not started."""
    _check_start(session, office_id, code, starts_on, wib_day(now))
    _change(session, office_id, code, lambda draft: replace(draft, name=name, starts_on=starts_on), by, now)


@transaction
def reword(
    session: Session,
    /,
    *,
    office_id: int,
    code: str,
    key: str,
    text: str,
    labels: tuple[str, ...],
    translations: Sequence[Translation],
    by: str,
    now: datetime,
) -> None:
    """Other words for a question."""

    def reworded(draft: Draft) -> Draft:
        question = replace(draft.question(key), text=text, labels=labels)
        return draft.reworded(question, [replace(each, key=key) for each in translations])

    _change(session, office_id, code, reworded, by, now)


@transaction
def add_question(
    session: Session,
    /,
    *,
    office_id: int,
    code: str,
    element: ElementKey,
    text: str,
    labels: tuple[str, ...],
    translations: Sequence[Translation],
    by: str,
    now: datetime,
) -> None:
    """One question more about an element."""

    def longer(draft: Draft) -> Draft:
        key = draft.free_key(element)
        return draft.longer(Question(key, element, text, labels), [replace(each, key=key) for each in translations])

    _change(session, office_id, code, longer, by, now)


@transaction
def remove_question(session: Session, /, *, office_id: int, code: str, key: str, by: str, now: datetime) -> None:
    """One question less."""
    _change(session, office_id, code, lambda draft: draft.shorter(key), by, now)


@transaction
def move_question(
    session: Session, /, *, office_id: int, code: str, key: str, places: int, by: str, now: datetime
) -> None:
    """A question so many places further on; negative: earlier."""
    _change(session, office_id, code, lambda draft: draft.moved(key, by=places), by, now)


@transaction
def discard(session: Session, /, *, office_id: int, code: str, by: str, now: datetime) -> None:
    """Take away an edition that has not started; raises Missing, or Refused when it may not change any more."""
    name = queries.draft(session, office_id, code).name
    editions.take_away(session, office_id, code, wib_day(now))
    audit.record(session, office_id, by, "edition.remove", code, {"name": name}, now=now)


def _change(session: Session, office_id: int, code: str, change: Change, by: str, now: datetime) -> None:
    _put(session, office_id, code, change(queries.draft(session, office_id, code)), by, now)


def _put(session: Session, office_id: int, code: str, draft: Draft, by: str, now: datetime) -> None:
    editions.put_in(
        session,
        office_id=office_id,
        code=code,
        name=draft.name,
        starts_on=draft.starts_on,
        questions=draft.questions,
        translations=draft.translations,
        now=now,
    )
    detail = {"name": draft.name, "starts_on": draft.starts_on.isoformat(), "questions": len(draft.questions)}
    audit.record(session, office_id, by, "edition.put", code, detail, now=now)


def _check_start(session: Session, office_id: int, code: str, starts_on: date, today: date) -> None:
    if starts_on <= today:
        raise Refused("Paling cepat besok, supaya formulir yang sedang diisi warga tidak berganti.", "starts_on")
    other = queries.starting_on(session, office_id, starts_on)
    if other not in {None, code}:
        raise Refused(f"Edisi {other} sudah mulai berlaku {long_date(starts_on)}. Pilih tanggal lain.", "starts_on")
