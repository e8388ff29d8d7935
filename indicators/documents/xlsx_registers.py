"""Indicators 1, 3, 5 and 6 in the workbook: the rows of the registers, and what is counted of them."""

from collections.abc import Mapping
from typing import Any

from core.figures import NO_FIGURE
from core.xlsx_files import Looks
from indicators.documents.material import Material
from indicators.documents.workbook import Formula, Sheet, share
from indicators.registers import standings
from indicators.registers.models import ProgrammeIndicator, Version
from indicators.registers.naming import kind_name
from indicators.registers.standings import Standing
from indicators.registers.values import Better
from indicators.sheet import Indicator
from offices.papers.legible import legible

NAME = "Register"
WIDTHS = (46, 30, 16, 16, 14, 14, 12, 40)
FIGURES = frozenset({"Peserta", "Nilai", "Target", "Realisasi", "Dihitung"})
FILE, NO_FILE = "ada", "belum ada"
LOWER, HIGHER = "makin rendah makin baik", "makin tinggi makin baik"


def write(book: Any, looks: Looks, material: Material) -> Mapping[Indicator, str]:
    """The sheet; where it says what each indicator is worth."""
    sheet = Sheet(book, NAME, WIDTHS, looks)
    sheet.line("IKU 1, 3, 5, dan 6: isi register", "title")
    sheet.line("Kolom “Dihitung” bernilai 1 untuk isian yang dihitung pada akhir masa.", "note")
    return {
        Indicator.DOCUMENTS: _documents(sheet, material),
        Indicator.WELFARE: _activities(sheet, material),
        Indicator.SAKIP: _reviews(sheet, material),
        Indicator.PROGRAMME: _programme(sheet, material),
    }


def _begin(sheet: Sheet, title: str, heads: tuple[str, ...]) -> int:
    """A table; the number of its first row."""
    sheet.gap()
    sheet.line(title, "heading")
    sheet.heads(heads, figures=[place for place, head in enumerate(heads) if head in FIGURES])
    return sheet.row + 1


def _end(sheet: Sheet, first: int) -> int:
    """The number of its last row; one without entries has an empty row."""
    if sheet.row < first:
        sheet.cells(["Belum ada isian."])
    return sheet.row


def _filed(row: Version) -> str:
    return FILE if row.file_id else NO_FILE


def _documents(sheet: Sheet, material: Material) -> str:
    heads = ("IKU 1: dokumen organisasi", "Judul", "Tanggal", "Disetujui", "Berkas", "", "Dihitung", "Keterangan")
    first = _begin(sheet, "Dokumen organisasi", heads)
    rows = standings.documents(material.entries, material.period, material.day)
    for each in rows:
        row = each.row
        about = (kind_name(row.kind), legible(row.title), row.dated, row.approved_on, _filed(row), "")
        sheet.cells([*about, int(each.is_counted), each.why])
    last = _end(sheet, first)
    text = f'IF(COUNT(G{first}:G{last})=0,"{NO_FIGURE}",SUM(G{first}:G{last}))'
    value = Formula(text, material.summary.registered.documents, 0)
    return sheet.at(sheet.cells(["Jumlah dokumen yang dihitung", value], "sum"), 1)


def _activities(sheet: Sheet, material: Material) -> str:
    heads = (
        "IKU 3: kegiatan",
        "Tempat",
        "Direncanakan",
        "Dilaksanakan",
        "Berkas",
        "Peserta",
        "Dihitung",
        "Keterangan",
    )
    first = _begin(sheet, "Kegiatan pemberdayaan", heads)
    for each in standings.activities(material.entries, material.period, material.day):
        row = each.row
        days = (row.planned_on, row.held_on)
        about = (legible(row.name), legible(row.place), *days, _filed(row), row.participants)
        sheet.cells([*about, int(each.is_counted), each.why])
    last, counted = _end(sheet, first), material.summary.registered.activities
    value = share(f"SUM(G{first}:G{last})", f"COUNT(G{first}:G{last})", counted.percent)
    return sheet.at(sheet.cells(["Kegiatan terlaksana ÷ direncanakan × 100", value], "sum"), 1)


def _reviews(sheet: Sheet, material: Material) -> str:
    heads = ("IKU 5: evaluasi SAKIP", "Penilai", "Tanggal", "", "Berkas", "Nilai", "Dihitung", "Keterangan")
    first = _begin(sheet, "Evaluasi SAKIP", heads)
    for each in standings.reviews(material.entries, material.period, material.day):
        row = each.row
        about = (f"Evaluasi {row.year}", legible(row.reviewer), row.reviewed_on, "", _filed(row), row.score)
        sheet.cells([*about, int(each.is_counted), each.why])
    last, review = _end(sheet, first), material.summary.registered.review
    text = f'IF(SUM(G{first}:G{last})=0,"{NO_FIGURE}",SUMPRODUCT(F{first}:F{last},G{first}:G{last}))'
    return sheet.at(sheet.cells(["Nilai SAKIP", Formula(text, review.score if review else None)], "sum"), 1)


def _programme(sheet: Sheet, material: Material) -> str:
    heads = ("IKU 6: indikator program", "Arah", "Satuan", "Diukur", "Target", "Realisasi", "Dihitung", "Keterangan")
    first = _begin(sheet, "Indikator program", heads)
    for each in standings.programme(material.entries, material.period, material.day):
        _programme_row(sheet, each)
    last, counted = _end(sheet, first), material.summary.registered.programme
    ratio = share(f"SUM(G{first}:G{last})", f"COUNT(G{first}:G{last})", counted.percent if counted else None)
    text = f'IF(COUNT(F{first}:F{last})=0,"{NO_FIGURE}",{ratio.text})'
    return sheet.at(sheet.cells(["Indikator tercapai ÷ semua × 100", Formula(text, ratio.value)], "sum"), 1)


def _programme_row(sheet: Sheet, each: Standing[ProgrammeIndicator]) -> None:
    """Whether it is achieved follows from target, realisation and direction; without evidence it is not."""
    row, number = each.row, sheet.row + 1
    is_lower = row.direction == Better.LOWER
    reached = each.reached
    met = f'IF(B{number}="{LOWER}",F{number}<=E{number},F{number}>=E{number})'
    proved = Formula(f"IF(ISNUMBER(F{number}),IF({met},1,0),0)", int(each.is_counted), 0)
    counted = proved if reached and reached.file_id else 0
    about = (legible(row.name), LOWER if is_lower else HIGHER, legible(row.unit))
    measured = (reached.measured_on if reached else None, row.target, reached.value if reached else None)
    sheet.cells([*about, *measured, counted, each.why])
