"""Reads CSV and XLSX sheets row by row, each cell as text."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook

from core.errors import Refused

FIRST_DATA_ROW = 2
MIDNIGHT = time()
MOST_ROWS = 1_048_576  # of any spreadsheet; a file may claim more
# What makes a spreadsheet take a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
QUOTE = "'"


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


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows with the same columns as CSV, with the mark that makes spreadsheets read it as UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writerows([{name: harmless(name) for name in rows[0]}])
        writer.writerows({name: harmless(cell) for name, cell in row.items()} for row in rows)


def harmless(cell: str) -> str:
    """With a quote before what a spreadsheet would run as a formula."""
    return f"{QUOTE}{cell}" if cell.startswith(FORMULA) else cell


def _as_typed(cell: str) -> str:
    """Without the quote that `harmless` put there."""
    return cell[1:] if cell.startswith(QUOTE) and cell[1:].startswith(FORMULA) else cell


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


def _xlsx(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as file:
        try:
            sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        except Exception as fault:  # openpyxl lets errors of zip and XML through as they are
            raise Refused(f"{path.name} bukan berkas XLSX yang utuh.") from fault
        for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS):
            yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
