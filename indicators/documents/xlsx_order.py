"""Indicator 4 in the workbook: from the counts of each category to the percentage."""

from collections.abc import Sequence
from typing import Any

from complaints.terms import EXCLUSION_LABELS
from core.xlsx_files import Looks
from indicators.documents import content
from indicators.documents.material import Material
from indicators.documents.parts import NOTHING_RECEIVED, UNKNOWN_VILLAGE
from indicators.documents.workbook import Content, Formula, Sheet, share
from indicators.formulas import Flow, Settlement
from indicators.months.breakdown_parts import Part

NAME = "Penyelesaian"
HEADS = ("Diterima", "Selesai", "Dibenarkan", "Tanpa jawaban", "Disanggah", "Persen", "Tidak dihitung")
NO_PART = "Tanpa rincian"


def write(book: Any, looks: Looks, material: Material) -> str:
    """The sheet; where it says what indicator 4 is worth."""
    sheet, order = Sheet(book, NAME, (40, 14, 14, 14, 14, 14, 14, 16), looks), material.summary.order
    sheet.line("IKU 4: laporan yang selesai", "title")
    sheet.line("Laporan sah yang diterima pada masa ini, dan keadaannya pada akhir masa.", "note")
    left_out = sum(order.excluded.values())
    row = _parts(sheet, "Jenis", material.breakdown.categories, order.settlement, left_out)
    _parts(sheet, "Desa", material.breakdown.villages, order.settlement, left_out)
    _flow(sheet, order.flow)
    sheet.gap()
    sheet.heads(["Laporan yang tidak dihitung", "Banyaknya"], figures=(1,))
    first = sheet.row + 1
    for kind, count in order.excluded.items():
        sheet.cells([str(EXCLUSION_LABELS[kind]), count])
    sheet.cells(["Jumlah", Formula(f"SUM(B{first}:B{sheet.row})", left_out, 0)], "sum")
    sheet.line(content.open_cases(material), "note")
    return sheet.at(row, 6)


def _parts(sheet: Sheet, head: str, parts: Sequence[Part], whole: Settlement, left_out: int) -> int:
    """A row for each part, then their sums, whose number it returns."""
    sheet.gap()
    sheet.heads([head, *HEADS], figures=range(1, len(HEADS) + 1))
    first = sheet.row + 1
    for part in parts:
        _row(sheet, part.name or UNKNOWN_VILLAGE, part.settlement, part.excluded)
    _rest(sheet, parts, whole, left_out)
    last = max(sheet.row, first)
    if sheet.row < first:
        _row(sheet, NOTHING_RECEIVED, Settlement(0, 0, 0, 0), 0)
    row = sheet.row + 1
    counts = (whole.received, whole.settled, whole.confirmed, whole.silent, whole.disputed)
    letters = zip("BCDEF", counts, strict=True)
    sums = [Formula(f"SUM({letter}{first}:{letter}{last})", count, 0) for letter, count in letters]
    out = Formula(f"SUM(H{first}:H{last})", left_out, 0)
    return sheet.cells(["Jumlah", *sums, share(f"C{row}", f"B{row}", whole.percent), out], "sum")


def _rest(sheet: Sheet, parts: Sequence[Part], whole: Settlement, left_out: int) -> None:
    """What the parts leave over, if anything."""
    known = [part.settlement for part in parts]
    rest = Settlement(
        whole.received - sum(each.received for each in known),
        whole.settled - sum(each.settled for each in known),
        whole.confirmed - sum(each.confirmed for each in known),
        whole.disputed - sum(each.disputed for each in known),
    )
    out = left_out - sum(part.excluded for part in parts)
    if rest.received or out:
        _row(sheet, NO_PART, rest, out)


def _row(sheet: Sheet, name: str, counts: Settlement, excluded: int) -> None:
    row = sheet.row + 1
    silent = Formula(f"C{row}-D{row}-F{row}", counts.silent, 0)
    told: list[Content] = [counts.received, counts.settled, counts.confirmed, silent, counts.disputed]
    sheet.cells([name, *told, share(f"C{row}", f"B{row}", counts.percent), excluded])


def _flow(sheet: Sheet, flow: Flow) -> None:
    """What came and went; what is left follows from it."""
    sheet.gap()
    sheet.heads(["Arus laporan pada masa ini", "Banyaknya"], figures=(1,))
    first = sheet.row + 1
    for name, count in (
        ("Terbuka pada awal masa", flow.opening),
        ("Diterima", flow.received),
        ("Dibuka lagi", flow.reopened),
        ("Diselesaikan", flow.settled),
        ("Dikeluarkan dari hitungan", flow.excluded),
    ):
        sheet.cells([name, count])
    rest = f"SUM(B{first}:B{first + 2})-SUM(B{first + 3}:B{first + 4})"
    sheet.cells(["Terbuka pada akhir masa", Formula(rest, flow.closing, 0)], "sum")
