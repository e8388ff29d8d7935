"""The inbox's list as a sheet: no identity, no description, and nothing that runs as a formula."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from complaints.desk.inbox_page import InboxLine
from core.calendar import WIB
from core.errors import Refused
from core.tabular import MOST_ROWS
from core.xlsx_files import filled

AT_ONCE = 1000
COLUMNS = (
    _l("Nomor"), _l("Masuk (WIB)"), _l("Masuk lewat"), _l("Jenis"), _l("Mendesak"), _l("Desa"), _l("Tempat"),
    _l("Keadaan"), _l("Janji berikutnya"), _l("Tenggat"), _l("Selesai (WIB)"), _l("Petugas"), _l("Ikut melapor"),
    _l("Ditahan karena"),
)  # fmt: skip
MOMENT = "%Y-%m-%d %H:%M"
WIDTHS = (18, 17, 24, 32, 10, 16, 32, 20, 18, 12, 17, 24, 12, 40)
FULL = "Daftar ini lebih panjang daripada satu lembar XLSX. Pilih masa yang lebih pendek, atau unduh CSV."
Parts = Iterable[Sequence[InboxLine]]


def rows(parts: Parts) -> Iterator[list[str | int]]:
    """The list's rows, in COLUMNS, as they are read."""
    return (_cells(line) for part in parts for line in part)


def xlsx(parts: Parts) -> IO[bytes]:
    """The sheet as an open file. Raises Refused when it has more rows than a sheet can hold."""
    return filled(lambda book: _write(book, parts), by_rows=True)


def _write(book: Any, parts: Parts) -> None:
    sheet = book.add_worksheet(str(_("Laporan")))
    sheet.freeze_panes(1, 1)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_row(0, 0, [str(name) for name in COLUMNS], book.add_format({"bold": True}))
    for number, row in enumerate(rows(parts), 1):
        if number >= MOST_ROWS:
            raise Refused(FULL)
        for place, cell in enumerate(row):
            write = sheet.write_number if isinstance(cell, int) else sheet.write_string
            write(number, place, cell)


def _cells(line: InboxLine) -> list[str | int]:
    row = line.row
    return [
        row.number,
        row.received_at.astimezone(WIB).strftime(MOMENT),
        line.source,
        row.category,
        _("ya") if row.is_urgent else "",
        row.village or "",
        row.place,
        line.status,
        line.promise,
        row.due_on.isoformat() if row.due_on else "",
        row.settled_at.astimezone(WIB).strftime(MOMENT) if row.settled_at else "",
        row.assignee or "",
        row.joined,
        line.doubt,
    ]
