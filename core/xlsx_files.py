"""What every workbook is made with: a file that holds no formulas but ours, looks by name, and cells by their type."""

import tempfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from core.figures import NO_FIGURE

A4 = 9
LINE_HEIGHT = 15
# What people wrote stays text.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NUMBERS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00", 4: "#,##0.0000"}  # by decimals
SUM = "sum"  # before the name of a look: the same in a row of sums
Looks = Mapping[str, Any]


def filled(write: Callable[[Any], None], *, by_rows: bool = False) -> IO[bytes]:
    """The workbook that `write` fills, as an open file. `by_rows`: each sheet is written from its top down, and takes
    little memory however long it is.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever asked for it closes it)
    try:
        with xlsxwriter.Workbook(file, PLAIN | {"constant_memory": by_rows}) as book:
            write(book)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def sign(book: Any, title: str, author: str, moment: datetime) -> None:
    """Say in the file what it is, whose, and of when."""
    book.set_properties({"title": title, "author": author, "created": moment.replace(tzinfo=None)})


def set_paper(sheet: Any, *, is_wide: bool = True) -> None:
    """As it is printed: as wide as a page."""
    sheet.set_paper(A4)
    if is_wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def make_looks(book: Any) -> Looks:
    """Formats by name; those of numbers by their decimals ("2")."""
    edge = {"border": 1, "border_color": "#A0A0A0", "valign": "top", "text_wrap": True}
    plain: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "big": {"bold": True, "font_size": 36, "align": "left"},
        "chapter": {"bold": True, "font_size": 14},
        "heading": {"bold": True, "font_size": 12},
        "caption": {"bold": True},
        "plain": {"text_wrap": True, "valign": "top"},
        "note": {"text_wrap": True, "valign": "top", "italic": True},
        "head": edge | {"bold": True, "bg_color": "#EDEDED", "align": "left", "indent": 1},
        "figure_head": edge | {"bold": True, "bg_color": "#EDEDED", "align": "right"},
        "day": edge | {"num_format": "dd/mm/yyyy", "align": "left"},
    }
    for prefix, more in (("", {}), (SUM, {"bold": True, "bg_color": "#F5F5F5"})):
        plain[f"{prefix}text"] = edge | more | {"align": "left", "indent": 1}
        plain[f"{prefix}none"] = edge | more | {"align": "right"}
        for places, form in NUMBERS.items():
            plain[f"{prefix}{places}"] = edge | more | {"num_format": form, "align": "right"}
    return {name: book.add_format(look) for name, look in plain.items()}


def number_look(places: int, prefix: str = "") -> str:
    """The name of the look of a number with so many decimals."""
    return f"{prefix}{places if places in NUMBERS else max(NUMBERS)}"


def write_cell(
    sheet: Any, row: int, column: int, cell: str | int | Decimal | date | None, looks: Looks, prefix: str = ""
) -> None:
    """Text as text, a number as a number with its decimals, none as a dash, a day as a day."""
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, looks[f"{prefix}text"])
    elif cell is None:
        sheet.write_string(row, column, NO_FIGURE, looks[f"{prefix}none"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, looks["day"])
    else:
        places = -int(cell.as_tuple().exponent) if isinstance(cell, Decimal) else 0
        sheet.write_number(row, column, cell, looks[number_look(places, prefix)])
