"""Corrections of translations: of an edition in force, too, because its Indonesian questions stay as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from core.db import transaction
from offices import audit
from survey import editions
from survey.editing import queries
from survey.editing.queries import WORDS_CORRECTED, words_of
from survey.editions import Translation
from survey.languages import LANGUAGES


@transaction
def correct(
    session: Session,
    /,
    *,
    office_id: int,
    code: str,
    key: str,
    translations: Sequence[Translation],
    by: str,
    now: datetime,
) -> None:
    """A question's translations from now on, none where there is none; each that changes is noted. Raises Missing."""
    draft = queries.draft(session, office_id, code)
    draft.question(key)
    before, after = draft.translated(key), {each.language: replace(each, key=key) for each in translations}
    for language in LANGUAGES:
        old, new = before.get(language), after.get(language)
        if old != new:
            editions.put_words(session, office_id, code, key, language, new)
            detail = {"key": key, **_changed(old, new)}
            audit.record(session, office_id, by, WORDS_CORRECTED, words_of(code, language), detail, now=now)


def _changed(old: Translation | None, new: Translation | None) -> Mapping[str, list[str]]:
    """What was said otherwise, and what is said now."""
    before, after = _said(old), _said(new)
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _said(words: Translation | None) -> Mapping[str, str]:
    return {"text": words.text if words else "", "labels": " · ".join(words.labels) if words else ""}
