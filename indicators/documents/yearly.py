"""The year's IKU table for the LKjIP: the six indicators by quarter and year, beside the year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from sqlalchemy.orm import Session

from core.calendar import Month
from core.figures import printed
from core.periods import Period
from core.xlsx_files import Looks
from indicators.documents import words, workbook
from indicators.documents.gathering import gather
from indicators.documents.material import Material
from indicators.documents.workbook import Formula, Sheet
from indicators.formulas import Thresholds
from indicators.months.results import Line, Summary
from indicators.months.summary import build
from offices.models import Office
from offices.papers import as_docx, as_pdf
from offices.papers.document import Block, Cell, Column, Cover, Document, Paragraph, Table, Tone
from survey.reports.words import signed

TITLE = "Capaian Indikator Kinerja Utama"
TEMPLATE = "iku-tahunan"
QUARTERS = ("TW I", "TW II", "TW III", "TW IV")
QUARTER_MONTHS = 3
COMPARED = (
    "Triwulan dan tahun dihitung dari semua datanya, bukan dari rata-rata bulan. “Naik” dan “turun” hanya ditulis bila "
    "terbukti secara statistik."
)
SETTLED = (
    "IKU 4 dihitung pada akhir masa masing-masing: laporan yang selesai sesudah triwulannya ikut pada angka setahun."
)
FOOTNOTES = (COMPARED, SETTLED)
NAME = "IKU"
INDICATOR, UNIT = "Indikator kinerja utama", "Satuan"
WIDTHS = (6, 30, 34, 12, 12, 12, 12, 12, 12, 14, 13, 16, 14, 30)
VALUE, TARGET, ACHIEVED = "J", "E", "K"  # columns of the year's figures in the workbook


@dataclass(frozen=True)
class Year:
    """A year's figures; a quarter that had not begun when it was counted is None."""

    material: Material
    quarters: Sequence[Summary | None]
    before: Summary

    @property
    def number(self) -> int:
        """The year itself."""
        return self.material.period.last.year


def gather_year(session: Session, office: Office, year: int, as_of: datetime | None = None) -> Year:
    """What the table is made of; no quarter and no year is ever locked."""
    period = Period(Month(year, 1), Month(year, 12))
    material = gather(session, office, period, as_of=as_of, with_notes=False)
    this_month = Month.of(material.moment)
    quarters = [Period.around(Month(year, number * QUARTER_MONTHS), QUARTER_MONTHS) for number in range(1, 5)]
    return Year(
        material=material,
        quarters=[build(session, office, each, as_of) if each.first <= this_month else None for each in quarters],
        before=build(session, office, period.previous(), as_of),
    )


def table(year: Year) -> Table:
    """The six indicators: target, each quarter, the year, and how it compares."""
    figures = [Column("Target", 8, is_figure=True), *(Column(head, 8, is_figure=True) for head in QUARTERS)]
    columns = [
        Column("No", 5),
        Column("Sasaran", 14),
        Column(INDICATOR, 17),
        Column(UNIT, 10),
        *figures,
        Column(f"Realisasi {year.number}", 10, is_figure=True),
        Column("Capaian (%)", 9, is_figure=True),
        Column("Predikat", 9),
        Column(f"Realisasi {year.number - 1}", 10, is_figure=True),
        Column("Perubahan", 12),
    ]
    rows = [_row(line, year) for line in year.material.summary.lines]
    return Table(f"Target dan realisasi IKU tahun {year.number}", columns, rows)


def _row(line: Line, year: Year) -> Sequence[Cell]:
    sheet, result = line.sheet, line.result
    values = [each.line(sheet.key).result.value if each else None for each in year.quarters]
    earlier = year.before.line(sheet.key)
    about = [str(sheet.number), sheet.goal, sheet.name, sheet.unit_word]
    ends = [result.value, result.achievement, line.result.predicate_word, earlier.result.value, compared(line, earlier)]
    return [*about, line.aim, *values, *ends]


def compared(line: Line, earlier: Line) -> str:
    """As in "+1,20: naik", "–" where one of the years has no value; what is proven only where it can be."""
    now, then = line.result.value, earlier.result.value
    if now is None or then is None:
        return printed(None)
    difference = now - then
    plus = "+" if difference > 0 else ""
    return f"{plus}{signed(difference)}" + (f": {line.change.direction.value}" if line.change else "")


def by_quarter(year: Year) -> Table:
    """Target and achievement of each quarter."""
    columns = [Column("No", 2), Column(INDICATOR, 16)]
    for name in QUARTERS:
        columns += [Column(f"{name} target", 4, is_figure=True), Column(f"{name} capaian (%)", 4, is_figure=True)]
    rows = [
        [str(line.sheet.number), line.sheet.name, *_of_quarters(line, year)] for line in year.material.summary.lines
    ]
    return Table(f"Target dan capaian setiap triwulan {year.number}", columns, rows)


def _of_quarters(line: Line, year: Year) -> list[Decimal | int | None]:
    found = [each.line(line.sheet.key) if each else None for each in year.quarters]
    return [cell for each in found for cell in ((each.aim, each.result.achievement) if each else (None, None))]


def compose(year: Year) -> Document:
    """The table as a document of its own."""
    material = year.material
    return Document(
        letterhead=material.letterhead,
        cover=Cover(TITLE, material.letterhead.name, material.period.long, words.standing(material)),
        running=words.running(material, TITLE),
        made_at=material.moment,
        blocks=[table(year), Paragraph(_explained(material.thresholds), Tone.NOTE)],
        annex=[*_second_page(year), material.signatures.alone(material.day)],
        is_wide=True,
    )


def _explained(limits: Thresholds) -> str:
    formula = "Capaian = realisasi ÷ target × 100, dibulatkan setengah ke atas."
    return " ".join([formula, f"Predikat: {words.steps(limits)}.", *FOOTNOTES])


def _second_page(year: Year) -> list[Block]:
    return [by_quarter(year), Paragraph(words.proof(year.material), Tone.NOTE)]


def pdf(year: Year) -> bytes:
    """The table on paper laid on its side."""
    return as_pdf.made(compose(year), TEMPLATE)


def docx(year: Year) -> bytes:
    """The same to edit."""
    return as_docx.made(compose(year))


def xlsx(year: Year) -> IO[bytes]:
    """The same with live formulas, as an open file."""
    material = year.material

    def write(book: Any, looks: Looks) -> None:
        sheet = Sheet(book, NAME, WIDTHS, looks)
        sheet.line(f"{TITLE} {material.letterhead.name}, {material.period.long}", "title")
        sheet.line(words.standing(material), "note")
        sheet.table_heads(table(year).columns)
        for line, row in zip(material.summary.lines, table(year).rows, strict=True):
            _write(sheet, line, row)
        for text in FOOTNOTES:
            sheet.line(text, "note")
        said = [("Keadaan", words.standing(material)), ("Bukti", words.proof(material))]
        workbook.write_basis(book, looks, material.thresholds, said)

    title = f"{TITLE} {material.period.long}"
    return workbook.written(write, title, material.letterhead.name, material.moment)


def _write(sheet: Sheet, line: Line, row: Sequence[Cell]) -> None:
    """Achievement and predicate follow from what stands at their left."""
    number = sheet.row + 1
    achieved = workbook.achievement(f"{VALUE}{number}", f"{TARGET}{number}", line.result.achievement)
    word = workbook.predicate(f"{ACHIEVED}{number}", line.result.predicate_word)
    cells: list[Cell | Formula] = [line.sheet.number, *row[1:10], achieved, word, *row[12:]]
    sheet.cells(cells)
