"""Reads CSV and XLSX sheets row by row, each cell as text."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook

from core.errors import Refused

FIRST_DATA_ROW = 2
MIDNIGHT = time()


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number as a spreadsheet shows it, {column: text}) for every row below the heading that is not empty.

    Columns are lower-cased and trimmed. Raises Refused when the file can't be read.
    """
    cells = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    try:
        heading = [name.strip().lower() for name in next(cells, [])]
        if not any(heading):
            raise Refused(f"{path.name} kosong: baris pertama harus berisi nama kolom.")
        for number, row in enumerate(cells, FIRST_DATA_ROW):
            if any(cell.strip() for cell in row):
                padded = [*row, *[""] * (len(heading) - len(row))]
                yield number, {name: cell.strip() for name, cell in zip(heading, padded, strict=False) if name}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as fault:
        raise Refused(f"{path.name} tidak dapat dibaca: pakai CSV (UTF-8) atau XLSX.") from fault


def _csv(path: Path) -> Iterator[list[str]]:
    """Comma, semicolon or tab, whichever the heading uses: Indonesian spreadsheets save with semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading = file.readline()
        file.seek(0)
        yield from csv.reader(file, delimiter=max(",;\t", key=heading.count))


def _xlsx(path: Path) -> Iterator[list[str]]:
    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except Exception as fault:  # openpyxl lets errors of zip and XML through as they are
        raise Refused(f"{path.name} bukan berkas XLSX yang utuh.") from fault
    for row in sheet.iter_rows(values_only=True):
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
