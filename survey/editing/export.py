"""Ratings one by one as CSV and XLSX; nothing in them runs as a formula."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.errors import Refused
from core.tabular import MOST_ROWS, harmless
from core.xlsx_files import filled
from survey.editing.respondents import Column, Row, Value, told

NUMBER = "number"
FULL = "Masa ini berisi lebih banyak penilaian daripada satu lembar XLSX. Pilih masa yang lebih pendek, atau unduh CSV."
SECRET = _l(
    "Berkas ini memuat ciri setiap responden. Simpan sebagai rahasia, jangan disebarkan, dan hapus kalau tidak "
    "diperlukan lagi: dari beberapa ciri bersama, tetangga bisa mengenali orangnya."
)
Parts = Iterator[Sequence[Row]]


def heading(columns: Sequence[Column]) -> list[str]:
    """What stands above the rows."""
    return [NUMBER, *(column.name for column in columns)]


def rows(columns: Sequence[Column], parts: Parts) -> Iterator[list[Value]]:
    """Each rating numbered, below `heading`, as they are read."""
    for number, row in enumerate(chain.from_iterable(parts), 1):
        yield [number, *(told(column, row) for column in columns)]


def xlsx(columns: Sequence[Column], parts: Parts) -> IO[bytes]:
    """The file, open. Raises Refused when there are more rows than a sheet can hold."""

    def write(book: Any) -> None:
        _write_rows(book, columns, parts)
        _write_meanings(book, columns)

    return filled(write, by_rows=True)


def _write_rows(book: Any, columns: Sequence[Column], parts: Parts) -> None:
    """Row by row, in little memory."""
    sheet = book.add_worksheet(_("Responden"))
    sheet.freeze_panes(1, 2)
    day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
    sheet.set_column(0, len(columns), 14)
    sheet.write_row(0, 0, heading(columns), bold)
    for number, row in enumerate(rows(columns, parts), 1):
        if number >= MOST_ROWS:
            raise Refused(FULL)
        for place, value in enumerate(row):
            _write(sheet, number, place, value, day)


def _write(sheet: Any, row: int, place: int, value: Value, day: Any) -> None:
    match value:
        case None | "":
            return
        case int() | Decimal():
            sheet.write_number(row, place, value)
        case date():
            sheet.write_datetime(row, place, value, day)
        case str():
            sheet.write_string(row, place, harmless(value))


def _write_meanings(book: Any, columns: Sequence[Column]) -> None:
    """What the columns are, and that the file is confidential."""
    sheet = book.add_worksheet(_("Keterangan"))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 2, 70, wrapped)
    sheet.write_string(0, 0, _("Rahasia"), bold)
    sheet.write_string(0, 1, str(SECRET), wrapped)
    sheet.write_row(2, 0, [_("Kolom"), _("Arti"), _("Isi")], bold)
    for place, column in enumerate(columns, 3):
        words = "; ".join(f"{code} = {word}" for code, word in column.words.items())
        for cell, text in enumerate((column.name, column.label, words)):
            sheet.write_string(place, cell, harmless(text))
