"""The month as a workbook with live formulas: every figure of the sheet follows from the counts behind it."""

from collections.abc import Mapping
from typing import IO, Any

from core.xlsx_files import Looks
from indicators.documents import content, words, xlsx_order, xlsx_registers, xlsx_survey
from indicators.documents.material import Material
from indicators.documents.workbook import Formula, Sheet, achievement, predicate, write_basis, written
from indicators.months.results import Line
from indicators.sheet import Indicator

NAME, MONTHS, NOTES = "Ringkasan", "Dua belas bulan", "Catatan"
WIDTHS = (6, 30, 34, 12, 12, 12, 13, 16, 30, 22)
PLACES = {Indicator.DOCUMENTS: 0}


def made(material: Material) -> IO[bytes]:
    """The workbook as an open file."""

    def write(book: Any, looks: Looks) -> None:
        sheet = Sheet(book, NAME, WIDTHS, looks)
        values = {
            Indicator.IKM: xlsx_survey.write(book, looks, material),
            Indicator.SETTLEMENT: xlsx_order.write(book, looks, material),
            **xlsx_registers.write(book, looks, material),
        }
        _months(book, looks, material)
        _notes(book, looks, material)
        write_basis(book, looks, material.thresholds, _said(material))
        _write(sheet, material, values)

    title = f"{content.TITLE} {material.period.long}"
    return written(write, title, material.letterhead.name, material.moment)


def _said(material: Material) -> list[tuple[str, str]]:
    return [
        ("Kantor", material.letterhead.name),
        ("Masa", material.period.long),
        ("Nomor", words.letter_number(material)),
        ("Keadaan", words.standing(material)),
        ("Dihitung", words.counted(material)),
        ("Bukti", words.proof(material)),
    ]


def _write(sheet: Sheet, material: Material, values: Mapping[Indicator, str]) -> None:
    letterhead = material.letterhead
    for text in (letterhead.government, letterhead.name, *letterhead.lines, letterhead.demo):
        if text:
            sheet.line(text)
    sheet.line(f"{content.TITLE}, {material.period.long}", "title")
    sheet.line(words.standing(material), "note")
    sheet.line("Realisasi, capaian, dan predikat dihitung rumus dari lembar-lembar lain buku ini.", "note")
    sheet.table_heads(content.SHEET_COLUMNS)
    for line in material.summary.lines:
        _line(sheet, line, values[line.sheet.key], words.source(line, material))


def _line(sheet: Sheet, line: Line, value: str, source: str) -> None:
    """Realisation from another sheet; achievement and predicate from what stands at their left."""
    about, result, row = line.sheet, line.result, sheet.row + 1
    sheet.cells(
        [
            about.number,
            about.goal,
            about.name,
            about.unit_word,
            line.aim,
            Formula(value, result.value, PLACES.get(about.key, 2)),
            achievement(f"F{row}", f"E{row}", result.achievement),
            predicate(f"G{row}", result.predicate_word),
            about.responsible,
            source,
        ]
    )


def _months(book: Any, looks: Looks, material: Material) -> None:
    history = material.summary.history
    sheet = Sheet(book, MONTHS, (48, *[10] * len(history)), looks)
    sheet.line("Dua belas bulan terakhir", "title")
    sheet.heads(["IKU", *(each.month.short for each in history)], figures=range(1, len(history) + 1))
    for line in material.summary.lines:
        name = f"{line.sheet.number}. {line.sheet.name}"
        sheet.cells([name, *(each.values[line.sheet.key] for each in history)])


def _notes(book: Any, looks: Looks, material: Material) -> None:
    table = content.notes(material)
    sheet = Sheet(book, NOTES, (34, 50, 50, 50), looks)
    sheet.line(table.caption, "title")
    if not table.rows:
        sheet.line(table.empty, "note")
        return
    sheet.heads(content.NOTE_HEADS)
    for row in table.rows:
        sheet.cells(row)
