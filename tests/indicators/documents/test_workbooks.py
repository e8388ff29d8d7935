"""LibreOffice computes the workbooks again, from formulas alone, and comes to the summary's figures."""

import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook

from core.db import read_afresh
from indicators.documents import as_xlsx, yearly
from indicators.documents.workbook import BASIS
from indicators.sheet import Indicator
from tests import make
from tests.indicators.documents import document_cases as cases

Book = Mapping[str, Mapping[str, Any]]
INJECTED = '=HYPERLINK("http://x.example","klik")'


def made(period: str = "2026-10") -> bytes:
    with as_xlsx.made(cases.material(period)) as file:
        return file.read()


def made_year(year: int = 2026) -> bytes:
    with yearly.xlsx(yearly.gather_year(read_afresh(), cases.office(), year)) as file:
        return file.read()


def recounted(folder: Path, books: Mapping[str, bytes]) -> Mapping[str, Book]:
    """Each book's cells as LibreOffice computes them: openpyxl keeps formulas and drops what they came to."""
    office = shutil.which("soffice")
    assert office, "make test installs libreoffice-calc-nogui"
    for name, content in books.items():
        book = load_workbook(BytesIO(content))
        book.save(folder / f"{name}.xlsx")
        book.close()
    paths = [str(folder / f"{name}.xlsx") for name in books]
    where = [f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([office, *where, "--outdir", f"{folder}/out", *paths], check=True, capture_output=True, timeout=180)
    return {name: cells((folder / "out" / f"{name}.xlsx").read_bytes()) for name in books}


def is_filled(cell: Any) -> bool:
    return cell.value not in {None, ""}


def cells(workbook: bytes) -> Book:
    book = cases.opened(workbook)
    found = {
        sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if is_filled(cell)}
        for sheet in book.worksheets
    }
    book.close()
    return found


def sheet_rows(book: Book, sheet: str, columns: str) -> list[list[Any]]:
    """The six rows under the heads."""
    first = next(int(where[1:]) for where, value in book[sheet].items() if value == "No") + 1
    return [[book[sheet].get(f"{letter}{first + n}") for letter in columns] for n in range(6)]


def shown(value: Any) -> str | None:
    return f"{value:.2f}" if isinstance(value, int | float) else None if value == "–" else value


def expected(each: Mapping[str, Any]) -> list[str | None]:
    value = each["value"]
    is_whole = each["key"] == "documents"
    target, plain = (f"{int(it)}.00" if it and is_whole else it for it in (each["target"], value))
    return [target, plain, each["achievement"], each["predicate"] or None]


@pytest.fixture
def october(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.october()
    cases.note(Indicator.IKM, analysis=INJECTED)
    make.complaint(now=make.START, village_code=None)
    cases.night(monkeypatch)


def test_formulas_come_to_the_summarys_figures(october: None, tmp_path: Path) -> None:
    stored = made()
    others = {"empty": made("2025-02"), "quarter": made("2026-TW4"), "year": made_year()}
    books = recounted(tmp_path, {"month": stored, **others})
    for name, period in (("month", "2026-10"), ("empty", "2025-02"), ("quarter", "2026-TW4")):
        found = [list(map(shown, row)) for row in sheet_rows(books[name], "Ringkasan", "EFGH")]
        assert found == [expected(each) for each in cases.told(period)], name
    year = [list(map(shown, row)) for row in sheet_rows(books["year"], "IKU", "EJKL")]
    assert year == [expected(each) for each in cases.told("2026")]
    for sheet, mine in cells(stored).items():
        for where, value in mine.items():
            again = books["month"][sheet].get(where)
            assert again == (pytest.approx(value) if isinstance(value, int | float) else value), (sheet, where)
    for book in books.values():
        assert not [cell for sheet in book.values() for cell in sheet.values() if str(cell).startswith("#")]


def test_heads_stand_over_what_is_below_and_the_index_says_how_it_is_counted(october: None) -> None:
    book = cases.opened(made())
    sheet = book["IKM"]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "Unsur")
    assert [cell.alignment.horizontal for cell in heads] == ["left", *["right"] * 5]
    said = " ".join(str(row[0].value) for row in sheet.iter_rows())
    assert "NRR = jumlah nilai ÷ responden." in said
    assert "“Jumlah × 60” menjadikan jumlah nilai bilangan bulat" in said
    book.close()


def test_another_weight_and_other_thresholds_are_exact(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cases.signer("weight", "0.111", make.START, "2026-10")
    cases.signer("predicate_thresholds", "99,95.5,66,51", make.START, "2026-10")
    cases.october()
    cases.night(monkeypatch)
    book = recounted(tmp_path, {"month": made()})["month"]
    found = [list(map(shown, row)) for row in sheet_rows(book, "Ringkasan", "EFGH")]
    assert found == [expected(each) for each in cases.told()]
    assert book[BASIS]["B3"] == 95.5


def test_what_people_wrote_is_no_formula_and_no_link(october: None) -> None:
    content = made()
    book = load_workbook(BytesIO(content))
    typed = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == INJECTED]
    assert [cell.data_type for cell in typed] == ["s"]
    book.close()
    with ZipFile(BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name]
        assert not [name for name in parts.namelist() if name.endswith(".rels") and b"x.example" in parts.read(name)]
