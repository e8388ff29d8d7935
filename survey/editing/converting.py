"""Makes an XLSX of an old Excel or an OpenDocument sheet: `python -m survey.editing.converting FROM TO`.

A program of its own with little memory and time, because such a file may claim any number of cells.
"""

import resource
import sys
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineSheet, load_workbook

MOST_MEMORY = 1024 * 1024 * 1024  # bytes
MOST_SECONDS = 30
MOST_ROWS, MOST_COLUMNS = 50_100, 300  # a little more than an import takes, so that it says what is too much
SAME_EVERY_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 (no moment: the same file must give the same file)
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}


def main(source: Path, target: Path) -> None:
    """Read the one, write the other."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    with load_workbook(str(source)) as book, xlsxwriter.Workbook(target, OPTIONS) as made:
        made.set_properties({"created": SAME_EVERY_TIME})
        for number, name in enumerate(book.sheet_names, 1):
            _copy(book.get_sheet_by_name(name), made.add_worksheet(_allowed(name) or f"Lembar {number}"))


def _copy(sheet: CalamineSheet, page: xlsxwriter.worksheet.Worksheet) -> None:
    for place, row in enumerate(sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)):
        for column, cell in enumerate(row[:MOST_COLUMNS]):
            if cell != "":
                page.write(place, column, cell if isinstance(cell, str | bool | int | float | date) else str(cell))


def _allowed(name: str) -> str:
    """The name, as far as a workbook may have it."""
    return "".join(letter for letter in name if letter not in "[]:*?/\\").strip(" '")[:31]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
