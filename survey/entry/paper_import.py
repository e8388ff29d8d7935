"""Takes a pile of paper forms in as one import, once, so that it can be undone whole."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from core.calendar import long_date, wib_day
from core.db import transaction
from core.errors import Refused
from offices import imports, settings
from offices import queries as offices
from survey import importing, queries
from survey.elements import AgeBand, Education, Labelled, Occupation, Sex
from survey.entry import paper, paper_queries
from survey.entry.models import PaperBatch
from survey.entry.paper_terms import OPEN, SUGGESTION, Given, PileState, still_open
from survey.questionnaire import Questionnaire
from survey.service import Source
from survey.sheets import Entry

Code = TypeVar("Code", bound=Labelled)
Finals = list[tuple[int, Given]]


@dataclass(frozen=True)
class Taken:
    """How many forms count, and how many were rejected because they are incomplete."""

    imported: int
    rejected: int


def needs_two(session: Session, office_id: int, now: datetime) -> bool:
    """Whether a pile counts only once a second entry agrees with the first."""
    return settings.enters_paper_twice(settings.in_force(session, office_id, wib_day(now)))


@transaction
def take_in(session: Session, *, office_id: int, batch_id: UUID, by: str, now: datetime) -> Taken:
    """Count every form of a pile on which both entries agree; again changes nothing. Raises Refused while one is open.

    With the setting that one entry is enough, a form that was not entered again counts as it was entered.
    """
    pile = paper.locked(session, office_id, batch_id)
    if pile.status not in OPEN:
        return _again(session, pile)
    finals = _finals(session, pile, twice=needs_two(session, office_id, now))
    rows = _rows(session, pile, finals, now)
    rejected = len(finals) - len(rows)
    sheet = _sheet_of(pile)
    generation = imports.generation_of(offices.imports_like(session, office_id, sheet.digest))
    if generation is None:
        raise Refused("Tumpukan ini sudah masuk hitungan.")
    numbered = [row | {"submission_id": sheet.submission_id(generation, number)} for number, row in rows]
    pile.import_id = importing.put_in(
        session, office_id, sheet, numbered, rejected=rejected, by=by, tick=lambda _rows: None, now=now
    )
    pile.status, pile.ended_at = PileState.TAKEN.value, now
    return Taken(len(rows), rejected)


def _again(session: Session, pile: PaperBatch) -> Taken:
    taken = offices.import_of(session, pile.office_id, pile.import_id) if pile.import_id else None
    if taken is None:
        raise Refused(paper.CLOSED)
    return Taken(taken.imported, taken.rejected)


def _finals(session: Session, pile: PaperBatch, *, twice: bool) -> Finals:
    sheets = paper_queries.sheets(session, pile.office_id, pile.id)
    if not sheets:
        raise Refused("Tumpukan ini masih kosong. Masukkan formulirnya dahulu.")
    if open_ones := [sheet.number for sheet in still_open(sheets, twice=twice)]:
        told = ", ".join(map(str, open_ones[:10]))
        raise Refused(f"Belum semua formulir sama pada kedua masukan (No. {told}). Bandingkan dahulu.")
    return [(sheet.number, final) for sheet in sheets if (final := sheet.final(twice=twice))]


def _rows(session: Session, pile: PaperBatch, finals: Finals, now: datetime) -> list[tuple[int, dict[str, Any]]]:
    questionnaire = queries.questionnaire(session, pile.office_id, pile.edition_code)
    if questionnaire is None:
        raise Refused("Edisi kuesioner tumpukan ini tidak ada lagi.")
    where = {"office_id": pile.office_id, "point_code": pile.point_code}
    return [
        (number, importing.row_of(_entry(pile, questionnaire, given), Source.PAPER, now=now) | where)
        for number, given in finals
        if not given.is_incomplete
    ]


def _entry(pile: PaperBatch, questionnaire: Questionnaire, given: Given) -> Entry:
    texts = given.texts
    return Entry(
        day=pile.day,
        service_code=pile.service_code or texts["service"],
        questionnaire=questionnaire,
        answers={key: int(texts[key]) for key in questionnaire.keys},
        sex=_code(Sex, texts["sex"]),
        age_band=_code(AgeBand, texts["age_band"]),
        education=_code(Education, texts["education"]),
        occupation=_code(Occupation, texts["occupation"]),
        suggestion=texts[SUGGESTION],
    )


def _code(codes: type[Code], text: str) -> Code | None:
    return codes(text) if text else None


def _sheet_of(pile: PaperBatch) -> imports.Sheet:
    """The pile as an import sees it: known again by its own id."""
    options = {"edition": pile.edition_code, "date": pile.day.isoformat(), "service": pile.service_code or ""}
    digest = hashlib.sha256(paper.about(pile.id).encode()).hexdigest()
    return imports.Sheet(importing.PAPER, f"Kertas {long_date(pile.day)}", options, digest)
