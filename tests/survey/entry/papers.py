"""Builders of paper forms: papers.pile(), papers.entered(pile, 1, answers…)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.db import db, reader
from offices import attachments
from survey.elements import OFFICIAL_ORDER
from survey.entry import paper, paper_import, paper_queries
from survey.entry.models import PaperBatch
from survey.entry.paper_import import Taken
from survey.entry.paper_terms import Given, Sheet, Turn
from tests import make
from tests.pdfs import PDF
from tests.survey import given as survey

FIRST, SECOND = "satu@mumbulsari.example", "dua@mumbulsari.example"
ATTRIBUTES = ("sex", "age_band", "education", "occupation")


def pile(**values: Any) -> UUID:
    """A pile of the official questions, all of the same service."""
    defaults: dict[str, Any] = {
        "office_id": make.OFFICE, "edition_code": "skm-2017", "service_code": "ktp", "point_code": None,
        "day": survey.TODAY, "by": FIRST, "now": make.START,
    }  # fmt: skip
    return paper.begin(**defaults | values)


def reading(answer: int = 3, *, incomplete: bool = False, **texts: str) -> Given:
    """A form with the same answer everywhere, but for what is said; nothing is told of the respondent."""
    blank = dict.fromkeys(ATTRIBUTES, "") | {"suggestion": ""}
    return Given(incomplete, dict.fromkeys(map(str, OFFICIAL_ORDER), str(answer)) | blank | texts)


def entered(batch_id: UUID, number: int, found: Given, turn: Turn = Turn.FIRST, **values: Any) -> None:
    """One reading, kept."""
    defaults: dict[str, Any] = {
        "office_id": make.OFFICE, "was": "", "by": FIRST if turn is Turn.FIRST else SECOND, "now": make.START,
    }  # fmt: skip
    paper.save(batch_id=batch_id, turn=turn, number=number, given=found, **defaults | values)


def finished(batch_id: UUID) -> None:
    paper.finish_first(office_id=make.OFFICE, batch_id=batch_id, by="tests", now=make.START)


def differing() -> UUID:
    """A pile whose entries differ on its only form."""
    batch_id = pile()
    entered(batch_id, 1, reading(3))
    finished(batch_id)
    entered(batch_id, 1, reading(3, waktu="4"), Turn.SECOND)
    return batch_id


def on_the_desk(data_dir: Path) -> dict[str, str]:
    """Piles in every state, one with a scan; what stands in the addresses of their pages."""
    entered(pile(service_code=None), 1, reading(4, service="kk"))
    taken(entered_twice(reading(2), reading(2, incomplete=True)))
    open_one = differing()
    scan = attachments.kept(data_dir, make.OFFICE, PDF, "pindaian.pdf", now=make.START)
    paper.attach(office_id=make.OFFICE, batch_id=open_one, scans=[scan], by=FIRST, now=make.START)
    named = {"batch_id": str(open_one), "turn": "1", "sheet": "1", "attachment_id": str(scan.id)}
    return named | {"/petugas/survei/kertas/edisi/<code>": "skm-2017"}


def entered_twice(*readings: Given, **values: Any) -> UUID:
    """A pile whose entries agree."""
    batch_id = pile(**values)
    for number, found in enumerate(readings, 1):
        entered(batch_id, number, found)
    finished(batch_id)
    for number, found in enumerate(readings, 1):
        entered(batch_id, number, found, Turn.SECOND)
    return batch_id


def decided(batch_id: UUID, number: int, *, incomplete: bool = False, texts: Mapping[str, str] | None = None) -> None:
    found = Given(incomplete, texts or {})
    paper.decide(office_id=make.OFFICE, batch_id=batch_id, number=number, found=found, by=SECOND, now=make.START)


def taken(batch_id: UUID, **values: Any) -> Taken:
    defaults: dict[str, Any] = {"office_id": make.OFFICE, "by": SECOND, "now": make.START}
    return paper_import.take_in(batch_id=batch_id, **defaults | values)


def sheets(batch_id: UUID) -> list[Sheet]:
    db.session.rollback()
    return list(paper_queries.sheets(reader(), make.OFFICE, batch_id))


def found(batch_id: UUID) -> PaperBatch:
    db.session.rollback()
    db.session.expire_all()
    return paper_queries.pile(reader(), make.OFFICE, batch_id)


def session() -> Session:
    """Reading, with nothing seen before."""
    db.session.rollback()
    return reader()
