"""Reads CSV and XLSX sheets row by row, each cell as text."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import IO

from openpyxl import Workbook, load_workbook

from core.errors import Refused

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_DATA_ROW = 2
MIDNIGHT = time()
MOST_ROWS = 1_048_576  # of any spreadsheet; a file may claim more
MOST_COLUMNS = 300  # looked at; no sheet that people fill in is as wide
MOST_EMPTY = 1_000  # rows in a row, after which nothing more is looked for
QUOTE = "'"
# What makes a spreadsheet take a cell for a formula; and where it sees a cell begin: one that is told to separate by
# semicolons, as Indonesian ones are, sees one inside a text, too.
BEGINS = r"(^|[;\t\r\n])"
RUNS = re.compile(BEGINS + r"(?=[=+\-@＝＋－＠]|\A[\t\r\n])")
QUOTED = re.compile(BEGINS + QUOTE + r"(?=[=+\-@＝＋－＠]|(?<=\A')[\t\r\n])")
SEPARATORS = ",;\t|"
SNIFFED = 16_384  # letters of a file from which its separator is told


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number as a spreadsheet shows it, {column: text}) for every row below the heading that is not empty.

    Columns are lower-cased and trimmed; text under no name is in "kolom 12" and the like. Raises Refused when the
    file can't be read, or names a column twice.
    """
    cells = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    try:
        heading = [_as_typed(name.strip()).lower() for name in next(cells, [])]
        _check_heading(path, heading)
        for number, row in enumerate(cells, FIRST_DATA_ROW):
            if any(cell.strip() for cell in row):
                yield number, _named(heading, [_as_typed(cell) for cell in row])
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as fault:
        raise Refused(f"{path.name} tidak dapat dibaca: pakai CSV (UTF-8) atau XLSX.") from fault


def sheet_names(path: Path) -> Sequence[str]:
    """The names of a workbook's sheets; none for another file. Raises Refused when it can't be read."""
    if path.suffix.lower() != ".xlsx":
        return ()
    with path.open("rb") as file, closing(_book(path, file)) as book:
        return [sheet.title for sheet in book.worksheets]


def plain_rows(path: Path, sheet: str = "") -> Iterator[list[str]]:
    """Every row of a file (of the named sheet, else the first) from its very first on, empty ones too. What stands in
    a workbook below a thousand empty rows, or far to the right, is not looked for.

    A CSV may be separated by comma, semicolon, tab or bar, and written as UTF-8, UTF-16 or the Windows code page 1252.
    Raises Refused when it can't be read.
    """
    try:
        for row in _xlsx(path, sheet) if path.suffix.lower() == ".xlsx" else _loose_csv(path):
            yield [_as_typed(cell.strip()) for cell in row]
    except (OSError, UnicodeError, csv.Error, KeyError, ValueError) as fault:
        raise Refused(f"{path.name} tidak dapat dibaca: pakai CSV (UTF-8) atau XLSX.") from fault


def harmless(cell: str) -> str:
    """With a quote before what a spreadsheet would run as a formula."""
    return RUNS.sub(rf"\g<1>{QUOTE}", cell)


def _as_typed(cell: str) -> str:
    """Without the quotes that `harmless` put there."""
    return QUOTED.sub(r"\g<1>", cell)


def _check_heading(path: Path, heading: Sequence[str]) -> None:
    if not any(heading):
        raise Refused(f"{path.name} kosong: baris pertama harus berisi nama kolom.")
    repeated = [name for name, times in Counter(filter(None, heading)).items() if times > 1]
    if repeated:
        raise Refused(f"{path.name}: kolom “{repeated[0][:40]}” ada dua kali.")


def _named(heading: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    named = {name: "" for name in heading if name}
    for place, cell in enumerate(row, 1):
        name = heading[place - 1] if place <= len(heading) else ""
        if name or cell.strip():
            named[name or f"kolom {place}"] = cell.strip()
    return named


def _csv(path: Path) -> Iterator[list[str]]:
    """Comma, semicolon or tab, whichever the heading uses: Indonesian spreadsheets save with semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading = file.readline()
        file.seek(0)
        yield from csv.reader(file, delimiter=max(",;\t", key=heading.count))


def _loose_csv(path: Path) -> Iterator[list[str]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        begin = file.read(SNIFFED)
        file.seek(0)
        yield from csv.reader(file, delimiter=max(SEPARATORS, key=lambda mark: _evenness(begin, mark)))


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, else what Windows programs write."""
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        raw.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _evenness(begin: str, mark: str) -> int:
    """How many cells there are in rows of the commonest width, when cells are separated by the mark."""
    widths = Counter(len(row) for row in csv.reader(io.StringIO(begin), delimiter=mark) if len(row) > 1)
    return max((width * rows for width, rows in widths.items()), default=0)


def _xlsx(path: Path, name: str = "") -> Iterator[list[str]]:
    with path.open("rb") as file, closing(_book(path, file)) as book:
        sheet = next((each for each in book.worksheets if each.title == name), book.worksheets[0])
        sheet.reset_dimensions()  # a file may claim any size, and pays nothing for it
        empty = 0
        for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=MOST_COLUMNS):
            cells = [_text(cell) for cell in row[: _width(row)]]
            empty = 0 if cells else empty + 1
            if empty > MOST_EMPTY:
                return
            yield cells


def _width(row: Sequence[object]) -> int:
    """How many cells there are up to the last that holds something."""
    return max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)


def _book(path: Path, file: IO[bytes]) -> Workbook:
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except Exception as fault:  # openpyxl lets errors of zip and XML through as they are
        raise Refused(f"{path.name} bukan berkas XLSX yang utuh.") from fault
    if not book.worksheets:
        raise Refused(f"{path.name} bukan berkas XLSX yang utuh.")
    return book


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
