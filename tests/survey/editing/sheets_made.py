"""Files as offices have them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

LABELS = ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")
NUMBERS = ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"]


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bomb(size: int) -> bytes:
    """A small file that would unpack to so many bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/sheet1.xml", "w") as part:
        for _turn in range(size // 2**20):
            part.write(bytes(2**20))
    return file.getvalue()
