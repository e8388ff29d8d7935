"""Indicator 2 in the workbook: from the sums of nine elements to the index."""

from fractions import Fraction
from typing import Any

from core.figures import NO_FIGURE
from core.xlsx_files import Looks
from indicators.documents import content, parts
from indicators.documents.material import Material
from indicators.documents.workbook import Formula, Sheet
from indicators.months.results import Survey
from offices.papers.document import Table
from survey.elements import ELEMENT_NAMES
from survey.figures.workbook import half_up_formula
from survey.questionnaire import POINTS
from survey.reports.words import NUMBERS
from survey.scores import INDEX_SCALE

NAME = "IKM"
COUNT, NUMERATOR, DENOMINATOR = "$B$3", "$B$4", "$B$5"
HEADS = ("Unsur", "Jumlah nilai", "NRR", "NRR tertimbang", "NRR × 25", f"Jumlah × {POINTS}")
MEANS = (
    f"NRR = jumlah nilai ÷ responden. NRR tertimbang = NRR × bobot. "
    f"IKM = jumlah kesembilan NRR tertimbang × {INDEX_SCALE}."
)
WHOLE = (
    f"“Jumlah × {POINTS}” menjadikan jumlah nilai bilangan bulat, juga bila suatu unsur ditanyakan lebih dari sekali. "
    "Rumusnya membagi bilangan bulat lalu membulatkan sekali, setengah ke atas: "
    "INT((2 × pembilang + penyebut) ÷ (2 × penyebut))."
)


def write(book: Any, looks: Looks, material: Material) -> str:
    """The sheet; where it says what indicator 2 is worth."""
    sheet, survey = Sheet(book, NAME, (44, 14, 14, 14, 14, 16), looks), material.summary.survey
    sheet.line("IKU 2: Indeks Kepuasan Masyarakat", "title")
    sheet.line("Indeks dihitung dari jumlah nilai setiap unsur; ubah jumlahnya, dan indeks berubah.", "note")
    sheet.cells(["Responden (n)", survey.index.respondents])
    sheet.cells(["Bobot unsur: pembilang", survey.weight.value.numerator])
    sheet.cells(["Bobot unsur: penyebut", survey.weight.value.denominator])
    sheet.gap()
    first, last = _elements(sheet, survey)
    total = f"SUM($F${first}:$F${last})"
    exact = half_up_formula(f"{INDEX_SCALE}*{NUMERATOR}*{total}", f"{POINTS}*{DENOMINATOR}*{COUNT}", 2)
    index = Formula(f'IF({COUNT}>0,{exact},"{NO_FIGURE}")', survey.index.value)
    row = sheet.cells(["IKM, dibulatkan sekali, setengah ke atas", index], "sum")
    for text in (MEANS, WHOLE):
        sheet.line(text, "note")
    found = sheet.at(row, 1)
    found = _outside(sheet, material) or found
    for table in (parts.services(material), parts.sections(material)):
        _table(sheet, table)
    for text in (*content.beside_index(material), content.left_out(material)):
        sheet.line(text, "note")
    return found


def _elements(sheet: Sheet, survey: Survey) -> tuple[int, int]:
    """The nine rows; the first and the last of them."""
    sheet.heads(HEADS, figures=range(1, len(HEADS)))
    first = sheet.row + 1
    for score in survey.elements:
        row, points = sheet.row + 1, round(Fraction(score.sum) * POINTS)
        mean, weighted = half_up_formula(f"F{row}", f"{POINTS}*{COUNT}", 4), f"{POINTS}*{DENOMINATOR}*{COUNT}"
        shares = half_up_formula(f"{NUMERATOR}*F{row}", weighted, 4)
        index = half_up_formula(f"{INDEX_SCALE}*F{row}", f"{POINTS}*{COUNT}", 2)
        sheet.cells(
            [
                f"{NUMBERS[score.key]} {ELEMENT_NAMES[score.key]}",
                score.sum,
                Formula(f'IF({COUNT}>0,{mean},"{NO_FIGURE}")', score.nrr, 4),
                Formula(f'IF({COUNT}>0,{shares},"{NO_FIGURE}")', score.weighted, 4),
                Formula(f'IF({COUNT}>0,{index},"{NO_FIGURE}")', score.index),
                Formula(f"ROUND({POINTS}*B{row},0)", points, 0),
            ]
        )
    return first, sheet.row


def _outside(sheet: Sheet, material: Material) -> str:
    """Where the index of SUKMA-E stands, if that is indicator 2."""
    outside = material.summary.registered.outside
    if not outside and not material.summary.is_outside:
        return ""
    row = sheet.cells(["Indeks menurut SUKMA-E", outside.value if outside else None], "sum")
    return sheet.at(row, 1) if material.summary.is_outside else ""


def _table(sheet: Sheet, table: Table) -> None:
    sheet.gap()
    sheet.line(table.caption, "heading")
    if not table.rows:
        sheet.line(table.empty, "note")
        return
    sheet.table_heads(table.columns)
    for row in table.rows:
        sheet.cells(row)
