"""Sheets of other programs, as LibreOffice writes them: old Excel and OpenDocument."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook

from core.errors import Refused
from survey.editing import uploads
from tests.survey import given
from tests.survey.editing.test_imports_desk import matched, operator, pressed, sent

__all__ = ["operator"]
HEADING = ["Tanggal", "JK", *(f"U{number}" for number in range(1, 10)), "Saran"]
ROWS: list[list[Any]] = [
    [date(2026, 9, 2), "L", *[4] * 8, 3, "=bagus"],
    [date(2026, 9, 3), "P", *["Sangat baik"] * 8, 3, ""],
]
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
# One cell, said to stand in every place of the largest sheet there can be.
MANY = f"""<?xml version="1.0"?><office:document-content {SPACES}><office:body><office:spreadsheet>
<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">
<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>banyak</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same sheet in both ways of writing."""
    office = shutil.which("soffice")
    assert office, "`make test` installs LibreOffice"
    folder = tmp_path_factory.mktemp("lembar")
    book = Workbook()
    assert book.active is not None
    rows: list[list[Any]] = [["Rekap September"], HEADING, *ROWS]
    for row in rows:
        book.active.append(row)
    book.active["L3"].data_type = "s"  # words that begin as a formula does
    book.save(folder / "rekap.xlsx")
    for kind in ("xls", "ods"):
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", folder, folder / "rekap.xlsx"], check=True, capture_output=True, timeout=120
        )
    return folder


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_sheet_of_another_program_is_taken_in(operator: FlaskClient, written: Path, kind: str) -> None:
    at = sent(operator, (written / f"rekap.{kind}").read_bytes(), f"rekap.{kind}")
    assert at.startswith("/pengaturan/impor/"), at
    page = matched(operator, at, kolom_pengaduan="9", kolom_sarana="10")
    assert "2 baris dapat dimasukkan, 0 tidak." in page
    pressed(operator, at, "masukkan")
    taken = sorted((rating.day, rating.persyaratan, rating.sarana) for rating in given.ratings())
    assert taken == [(date(2026, 9, 2), 4, 3), (date(2026, 9, 3), 4, 3)]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_same_file_is_known_again(app: Flask, written: Path, tmp_path: Path, kind: str) -> None:
    content = (written / f"rekap.{kind}").read_bytes()
    kept = [uploads.keep(tmp_path, 1, io.BytesIO(content), f"rekap.{kind}").path.read_bytes() for _time in range(2)]
    assert kept[0] == kept[1]


def test_a_sheet_that_claims_too_many_cells_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("mimetype", TYPE)
        file.writestr("content.xml", MANY)
    with pytest.raises(Refused, match="utuh"):
        uploads.keep(tmp_path, 1, io.BytesIO(packed.getvalue()), "bom.ods")
