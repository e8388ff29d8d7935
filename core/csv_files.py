"""Writes every CSV of the product, and sends it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

from flask import Response, stream_with_context

from core.tabular import harmless

CSV_TYPE = "text/csv"
MARK = "\ufeff"  # by which spreadsheets know UTF-8
AT_ONCE = 1000  # rows sent together
Row = Iterable[object]


def csv_answer(name: str, heading: Row, rows: Iterable[Row]) -> Response:
    """The file to download, sent as its rows are read. Like every page it is kept by no browser or proxy."""
    answer = Response(stream_with_context(csv_parts(heading, rows)), mimetype=CSV_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def csv_parts(heading: Row, rows: Iterable[Row]) -> Iterator[str]:
    """The file in pieces, separated by commas, with the mark of UTF-8; nothing in it runs as a formula.

    None is an empty cell, whether something is so is "ya" or "tidak", a day or moment is ISO 8601, and a number stands
    with all its decimals.
    """
    lines = chain([heading], rows)
    mark = MARK
    while part := list(islice(lines, AT_ONCE)):
        yield mark + _written(part)
        mark = ""


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows that have the same columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_parts(rows[0], (row.values() for row in rows)))


def _written(rows: Iterable[Row]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue()


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:f}"
        case bool():
            return "ya" if cell else "tidak"
        case int():
            return str(cell)
        case date():
            return cell.isoformat()
    return harmless(str(cell))
