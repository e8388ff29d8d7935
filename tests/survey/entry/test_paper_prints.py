"""The questionnaire on paper: one sheet, large letters, a code that names its edition, and every box with its key."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from pypdf import PdfReader

from core.db import read_afresh
from core.errors import Missing
from offices import queries
from offices.letterheads import letterhead
from survey.entry import paper_prints
from survey.entry.paper_prints import Wanted
from tests import make
from tests.offices import houses
from tests.survey import given as survey

BASE_URL = "https://sukma.kecamatan-mumbulsari.jemberkab.go.id"
SMALLEST = 11  # points
DOTS_AN_INCH = 150


def printed(edition: str | None = None, service: str | None = None, point: str | None = None) -> bytes:
    session = read_afresh()
    wanted = Wanted.of(session, make.OFFICE, edition, service, point, survey.TODAY)
    office = queries.office(session, make.OFFICE)
    return paper_prints.questionnaire(office, letterhead(session, office, make.START), wanted, BASE_URL)


def words(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(document)).pages)


def sizes(document: bytes) -> set[float]:
    """How large its letters are, in points."""
    found: set[float] = set()

    def visit(text: str, _matrix: object, place: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(place[3]), 1))

    for page in PdfReader(BytesIO(document)).pages:
        page.extract_text(visitor_text=visit)
    return found


def first_page(document: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(document) as opened:  # type: ignore[no-untyped-call]
        page = opened[0]
        picture: Image.Image = page.render(scale=DOTS_AN_INCH / 72).to_pil().convert("L")
        page.close()
    return picture


def test_it_is_one_sheet_that_old_eyes_can_read(app: Flask) -> None:
    document = printed()
    assert len(PdfReader(BytesIO(document)).pages) == 2
    assert min(sizes(document)) >= SMALLEST


def test_it_asks_everything_with_a_key_for_every_box(app: Flask) -> None:
    text = words(printed())
    for question in survey.official().questions:
        assert question.text in text
    for asked in (
        "4 Gratis",
        "1 Tidak mudah",
        "A KTP",
        "1 Laki-laki",
        "6 60 tahun ke atas",
        "7 Lainnya",
        "Tanggal",
        "Saran",
    ):
        assert asked in text
    assert "Jangan tulis nama, NIK" in text


def test_it_can_be_read_aloud(app: Flask) -> None:
    root: Any = PdfReader(BytesIO(printed())).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("service", [None, "ktp"])
def test_its_code_names_the_edition(app: Flask, service: str | None) -> None:
    point = houses.point("rate") if service else None
    document = printed("skm-2017", service, point)
    asked = f"?service={service}&point={point}" if service else ""
    (code,) = zxingcpp.read_barcodes(first_page(document))
    assert code.text == f"{BASE_URL}/petugas/survei/kertas/edisi/skm-2017{asked}"
    assert "(skm-2017)" in words(document)
    assert ("A KTP" in words(document)) is (service is None)


def test_a_long_edition_takes_more_sheets(app: Flask) -> None:
    more = [
        survey.WAITING.__class__(
            f"waktu_{n}", survey.WAITING.element, f"Pertanyaan tambahan {n}?", survey.WAITING.labels
        )
        for n in range(5)
    ]
    survey.edition(questions=(*survey.OFFICIAL, *more))
    document = printed("skm-baru")
    assert len(PdfReader(BytesIO(document)).pages) == 3
    assert "14. Pertanyaan tambahan 4?" in words(document)


@pytest.mark.parametrize("asked", [("tidak-ada", None, None), (None, "tidak-ada", None), (None, None, "MBS-TIDAK")])
def test_what_is_not_there_is_not_printed(app: Flask, asked: tuple[str | None, ...]) -> None:
    with pytest.raises(Missing):
        printed(*asked)
