"""A register as CSV, from which its figure can be counted again; nothing in it runs as a formula."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from indicators.registers.books import Book
from indicators.registers.page import Files
from indicators.registers.standings import Standing
from indicators.registers.terms import Register

# What every file has, with what it means; the register's own columns stand between the first and the rest.
FIRST = (("entry_id", _l("Nomor isian; tetap, berapa kali pun diubah")),)
REST = (
    ("has_file", _l("ya: ada berkas buktinya; indikator program: bukti ukuran terakhirnya")),
    ("file_sha256", _l("Sidik jari SHA-256 berkasnya")),
    (
        "is_counted",
        _l("ya: dihitung pada akhir masa berkas ini; ukuran indikator program: ya bila tercapai dan ada berkasnya"),
    ),
    ("why_not", _l("Mengapa tidak dihitung")),
    ("recorded_at", _l("Kapan versi ini dicatat, UTC")),
    ("version_id", _l("Nomor versi isian")),
)
# Of programme indicators: the measure that was compared.
REACHED = (
    ("reached", _l("Realisasi terakhir sampai akhir masa")),
    ("reached_on", _l("Hari realisasi itu diukur")),
)


def meanings(book: Book) -> list[tuple[str, object]]:
    """Every column of the file with its meaning."""
    own = [(column.key, column.meaning) for column in book.columns]
    return [*FIRST, *own, *(REACHED if _has_reached(book) else ()), *REST]


def rows(book: Book, entries: Sequence[Standing[Any]], files: Files) -> Iterator[list[object]]:
    """Each entry in the columns of `meanings`."""
    return (_cells(book, each, files) for each in entries)


def _cells(book: Book, each: Standing[Any], files: Files) -> list[object]:
    row, reached = each.row, each.reached
    file = files.get(each.file_id) if each.file_id else None
    own = [getattr(row, column.key) for column in book.columns]
    compared = [reached and reached.value, reached and reached.measured_on] if _has_reached(book) else []
    rest = [file is not None, file and file.sha256, each.is_counted, each.why, row.recorded_at, row.id]
    return [row.entry_id, *own, *compared, *rest]


def _has_reached(book: Book) -> bool:
    return book.register is Register.PROGRAMME
