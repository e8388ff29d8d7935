"""The calculation as a spreadsheet: LibreOffice computes every formula again and comes to the page's figures."""

import shutil
import subprocess
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from openpyxl import load_workbook

from survey.figures.building import Counting
from survey.figures.results import Sums
from survey.figures.workbook import INDEX_CELL, MOST_ROWS, Answered, Book, half_up_formula, workbook
from survey.questionnaire import POINTS
from survey.scores import DEFAULT_WEIGHT, Tally, Weight
from tests.expectations import INDEX_CASES
from tests.survey.figures.figure_cases import Row, sums_of

FIELD_WEIGHT = Weight.parse("0.111")
HALVES: list[Row] = [
    [3, 4, Fraction(5, 2), 4, 3, Fraction(10, 3), 4, 3, 2],
    [2, 4, Fraction(7, 2), 4, 3, Fraction(8, 3), 4, 3, 2],
    [4, 3, Fraction(3, 1), 4, 2, Fraction(11, 3), 3, 1, 2],
]
WHOLE: list[Row] = [[1 + (place * n) % 4 for place in range(1, 10)] for n in range(1, 30)]


def some_squares(tally: Tally) -> int:
    """Little more than respondents who all gave the same answers would have."""
    total = POINTS * sum(tally.sums, Fraction(0))
    return int(total**2 / tally.respondents) + 10_000 if tally.respondents else 0


def book(sums: Sums, rows: list[Row] | None = None, weight: Weight = DEFAULT_WEIGHT, users: int | None = None) -> Book:
    scored = Counting({}, weight).scored("", "", sums, users)
    listed = None if rows is None else [Answered("=KTP", [Fraction(each) for each in row]) for row in rows]
    return Book("Perhitungan", "Oktober 2026", scored, weight, users, listed, "Catatan")


MILLION = Tally(10**6, (Fraction(3_000_001),) * 9)
BOOKS = {
    **{case.name: book(Sums(case.tally, some_squares(case.tally))) for case in INDEX_CASES},
    "rows": book(sums_of(WHOLE), WHOLE),
    "rows, users known": book(sums_of(WHOLE), WHOLE, users=80),
    "several questions": book(sums_of(HALVES), HALVES),
    "another weight": book(sums_of(WHOLE), WHOLE, FIELD_WEIGHT),
    "a million": book(Sums(MILLION, some_squares(MILLION))),
}  # fmt: skip


def made_of(name: str) -> bytes:
    """The file, made outside of any page of the product."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        return workbook(BOOKS[name])


@pytest.fixture(scope="module")
def recounted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Each book's first sheet, as LibreOffice computes it from the formulas alone."""
    office = shutil.which("soffice")
    assert office, "make test installs libreoffice-calc-nogui"
    folder = tmp_path_factory.mktemp("books")
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(BOOKS)}
    for name, path in paths.items():
        path.write_bytes(made_of(name))
        forget_values(path)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        f"{folder}/out",
        *map(str, paths.values()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: values_of(folder / "out" / path.name) for name, path in paths.items()}


def forget_values(path: Path) -> None:
    """openpyxl keeps formulas and drops what they came to."""
    made = load_workbook(path)
    made.save(path)
    made.close()


def values_of(path: Path) -> dict[str, Any]:
    made = load_workbook(path, data_only=True)
    found = {cell.coordinate: cell.value for row in made["Perhitungan"].iter_rows() for cell in row}
    made.close()
    return found


def shown(value: object) -> str | None:
    """A cell with two decimals, as the sheet shows it."""
    return f"{value:.2f}" if isinstance(value, int | float) else None


@pytest.mark.parametrize("name", BOOKS)
def test_the_spreadsheet_comes_to_the_same_figures(recounted: Mapping[str, Any], name: str) -> None:
    cells, scored = recounted[name], BOOKS[name].scored
    assert shown(cells[INDEX_CELL]) == (None if scored.index is None else str(scored.index))
    assert cells["B23"] == (scored.grade.value if scored.grade else "–")
    assert cells["B4"] == scored.respondents
    if scored.interval95:
        assert (shown(cells["B30"]), shown(cells["B31"])) == tuple(map(str, scored.interval95))


@pytest.mark.parametrize("name", ["rows", "several questions", "another weight"])
def test_each_element_has_its_own_line(recounted: Mapping[str, Any], name: str) -> None:
    cells, elements = recounted[name], BOOKS[name].scored.elements
    assert [f"{cells[f'F{row}']:.4f}" for row in range(10, 19)] == [str(each.nrr) for each in elements]
    assert [shown(cells[f"B{row}"]) for row in range(10, 19)] == [f"{each.sum:.2f}" for each in elements]


@pytest.mark.parametrize("name", ["rows, users known", "several questions", "Sekadau 2019", "nobody asked"])
def test_what_is_stored_beside_the_formulas_is_the_same(
    tmp_path: Path, recounted: Mapping[str, Any], name: str
) -> None:
    """So that a reader who doesn't compute (a phone's preview) shows it, too."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(made_of(name))
    stored, formulas = values_of(path), [f"B{row}" for row in (4, *range(10, 32))]
    for cell in formulas:
        theirs = recounted[name].get(cell)
        assert stored.get(cell) == (pytest.approx(theirs) if isinstance(theirs, int | float) else theirs), cell


def test_a_typed_name_is_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(made_of("rows"))
    made = load_workbook(path)
    assert made["Penilaian"]["B2"].data_type == "s"
    assert made["Perhitungan"][INDEX_CELL].data_type == "f"
    assert made["Penilaian"].max_row == 1 + len(WHOLE) <= MOST_ROWS
    made.close()


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "value"), [(5625, 72, 2, 78.13), (1, 8, 2, 0.13), (1, 3, 4, 0.3333)]
)
def test_half_is_rounded_up_by_whole_numbers(numerator: int, denominator: int, places: int, value: float) -> None:
    formula = half_up_formula(str(numerator), str(denominator), places)
    assert eval(formula.replace("INT", "int")) == value
