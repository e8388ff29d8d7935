"""The codes as they leave the printer: each point's page in one file, readable from afar, blurred and askew."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageFilter
from pypdf import PdfReader

from core.db import reader
from offices import queries
from offices.poster_sheets import Sheet
from tests import make
from tests.offices import houses
from tests.offices.test_posters import move_to

LONG = "https://sukma.kecamatan-mumbulsari.jemberkab.go.id"
DOTS_AN_INCH = 150
sheets = pytest.mark.parametrize("sheet", list(Sheet))


@pytest.fixture
def operator(app: Flask) -> FlaskClient:
    houses.point("both")
    houses.point("rate", code="MBS-TEST02")
    houses.point("report", code="MBS-SHUT01", is_open=False)
    move_to(app, LONG)
    return make.signed_in(app, "operator")


def printed(operator: FlaskClient, sheet: str, *chosen: str) -> bytes:
    asked = "".join(f"&titik={code}" for code in chosen)
    answer = operator.get(f"/pengaturan/titik/cetak.pdf?jenis={sheet}{asked}")
    assert answer.mimetype == "application/pdf", answer.text
    return bytes(answer.data)


def pictures(document: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(document) as opened:  # type: ignore[no-untyped-call]
        for number in range(len(opened)):
            page = opened[number]
            yield page.render(scale=DOTS_AN_INCH / 72).to_pil().convert("L")
            page.close()


def codes(picture: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(picture)


@sheets
def test_each_point_has_a_page_that_reads_blurred_and_askew(operator: FlaskClient, sheet: Sheet) -> None:
    found = []
    for picture in pictures(printed(operator, sheet, "MBS-TEST01", "MBS-TEST02")):
        seen = picture.rotate(15, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(2))
        found.append({code.text for code in codes(seen)})
    assert found == [{f"{LONG}/t/MBS-TEST01"}, {f"{LONG}/t/MBS-TEST02"}]


@sheets
def test_a_code_is_as_wide_as_a_tenth_of_a_metre(operator: FlaskClient, sheet: Sheet) -> None:
    [picture] = pictures(printed(operator, sheet, "MBS-TEST01"))
    corners = codes(picture)[0].position
    width = abs(corners.top_right.x - corners.top_left.x) / DOTS_AN_INCH * 25.4
    assert width >= 98


@sheets
def test_a_sheet_is_tagged_and_says_what_its_pictures_show(operator: FlaskClient, sheet: Sheet) -> None:
    document = PdfReader(BytesIO(printed(operator, sheet, "MBS-TEST01")))
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "Buka kamera HP." in " ".join(document.pages[0].extract_text().split())


def test_without_a_choice_every_open_point_is_printed(operator: FlaskClient) -> None:
    points = [point for point in queries.points(reader(), make.OFFICE) if point.is_open]
    assert len(PdfReader(BytesIO(printed(operator, "stiker"))).pages) == len(points)


def test_only_the_chosen_points_are_printed(operator: FlaskClient) -> None:
    assert len(PdfReader(BytesIO(printed(operator, "stiker", "MBS-TEST02"))).pages) == 1


@pytest.mark.parametrize("asked", ["jenis=lain", "jenis=poster&titik=MBS-SHUT01", ""])
def test_what_cannot_be_printed_is_not_there(operator: FlaskClient, asked: str) -> None:
    assert operator.get(f"/pengaturan/titik/cetak.pdf?{asked}").status_code == 404


def test_no_dead_codes_are_printed(app: Flask, operator: FlaskClient) -> None:
    move_to(app, "http://127.0.0.1:8000")
    assert "Poster belum bisa dicetak" in operator.get("/pengaturan/titik/cetak.pdf?jenis=poster").text


def test_the_command_writes_the_same_sheets(app: Flask, operator: FlaskClient, tmp_path: Path) -> None:
    assert app.test_cli_runner().invoke(args=["qr", "export", str(tmp_path)]).exit_code == 0
    assert {f"{sheet}.pdf" for sheet in Sheet} <= {path.name for path in tmp_path.iterdir()}
