"""What reports are made of in tests: ratings, a night, and the report read again from its file."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from core import clock
from core.db import reader
from core.periods import Period
from indicators import nightly
from offices import queries as offices
from offices.models import Office
from offices.papers import as_docx, as_pdf
from offices.papers.document import Document, Table, as_text
from survey.elements import OFFICIAL_ORDER
from survey.reports import as_xlsx, content, gathering, rows
from survey.reports.material import Material
from tests import make

NIGHT = make.START + timedelta(days=40)


def answered(count: int, *, now: datetime = make.START, **values: Any) -> None:
    """So many respondents, each with answers of their own, the elements unlike each other."""
    for n in range(count):
        answers: dict[str, Any] = {
            key.value: 1 + (n * (place + 2) + place) % 4 for place, key in enumerate(OFFICIAL_ORDER)
        }
        make.rating(now=now, **answers | values)


def night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    nightly.run_now(clock.now, nightly.recount_marked)


def office() -> Office:
    return offices.office(reader(), make.OFFICE)


def material(period: str = "2026-10") -> Material:
    return gathering.gather(reader(), office(), Period.parse(period), NIGHT)


def document(period: str = "2026-10") -> Document:
    return content.compose(material(period))


def tables(found: Document) -> Mapping[str, Sequence[Sequence[str]]]:
    """Every table's rows and sums as read, by its caption."""
    blocks = [block for block in (*found.blocks, *found.annex) if isinstance(block, Table)]
    return {each.caption: [list(map(as_text, row)) for row in (*each.rows, *each.sums)] for each in blocks}


def pdf(found: Material) -> PdfReader:
    return PdfReader(BytesIO(as_pdf.made(content.compose(found), content.TEMPLATE)))


def root_of(found: PdfReader) -> Any:
    """What the document says of itself."""
    return found.trailer["/Root"]


def is_accessible(found: PdfReader) -> bool:
    """Whether it says that it is PDF/UA-1."""
    return "<pdfuaid:part>1</pdfuaid:part>" in root_of(found)["/Metadata"].get_data().decode()


def text_of(found: PdfReader) -> str:
    """All words, on one line."""
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


def docx_of(found: Material) -> docx.document.Document:
    return docx.Document(BytesIO(as_docx.made(content.compose(found))))


def xlsx(found: Material) -> bytes:
    respondents = rows.respondents(reader(), make.OFFICE, found.figures)
    with as_xlsx.made(content.compose(found), found.figures, respondents) as file:
        return file.read()


def opened(workbook: bytes, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(workbook), data_only=values)
