"""The annex in a workbook: every respondent a row, and below them formulas that count on their own."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from core.errors import Refused
from core.figures import NO_FIGURE
from core.tabular import MOST_ROWS
from core.xlsx_files import Looks
from survey import scores
from survey.elements import OFFICIAL_ORDER
from survey.figures.results import Figures
from survey.figures.workbook import half_up_formula
from survey.questionnaire import POINTS
from survey.reports import words
from survey.reports.closing import ANNEX, annex_sum_heads, differing
from survey.reports.material import Respondent
from survey.scores import INDEX_SCALE, Tally, Weight

ROOM_BELOW = 20
FULL = "Respondennya lebih banyak daripada yang muat di satu lembar XLSX. Pilih periode yang lebih pendek."
FIRST, LAST = 1, len(OFFICIAL_ORDER)  # columns of the elements
HEAD_ROW = 2
# The formula, its look, and what it gives; no formula where nobody answered.
Formula = tuple[str, str, float]
NOTHING: Sequence[Sequence[Formula]] = [[("", "none", 0)] * LAST] * 3 + [[("", "none", 0)]]
Totals = tuple[int, list[Fraction]]


def write_annex(sheet: Any, looks: Looks, figures: Figures, respondents: Iterable[Respondent]) -> None:
    """Row by row, in little memory. Raises Refused when there are too many."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(FIRST, LAST, 10)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.write_string(0, 0, ANNEX, looks["heading"])
    sheet.write_row(HEAD_ROW, 0, ["No", *words.NUMBERS.values()], looks["head"])
    counted, sums = _rows(sheet, looks, respondents)
    row = HEAD_ROW + 1 + counted
    _sums(sheet, looks, row, Tally(counted, tuple(sums)), figures)
    for place, note in enumerate(differing(counted, figures), row + len(annex_sum_heads(figures)) + 1):
        sheet.write_string(place, 0, note.text)


def _rows(sheet: Any, looks: Looks, respondents: Iterable[Respondent]) -> Totals:
    counted, sums = 0, [Fraction(0)] * LAST
    for counted, each in enumerate(respondents, 1):
        if counted > MOST_ROWS - ROOM_BELOW:
            raise Refused(FULL)
        row = HEAD_ROW + counted
        sheet.write_number(row, 0, counted)
        for column, answer in enumerate(each.answers, FIRST):
            whole = answer.denominator == 1
            sheet.write_number(row, column, int(answer) if whole else float(answer), None if whole else looks["2"])
            sums[column - FIRST] += answer
    return counted, sums


def _sums(sheet: Any, looks: Looks, row: int, tally: Tally, figures: Figures) -> None:
    """Formulas, each with what it gives: a reader that computes nothing shows that."""
    lines: Sequence[Sequence[Formula]] = _formulas(row, tally, figures.weight) if tally.respondents else NOTHING
    for place, (head, cells) in enumerate(zip(annex_sum_heads(figures), lines, strict=True), row):
        sheet.write_string(place, 0, head, looks["sumtext"])
        for column, (formula, look, value) in enumerate(cells, FIRST):
            if formula:
                sheet.write_formula(place, column, formula, looks[look], value)
            else:
                sheet.write_string(place, column, NO_FIGURE, looks[look])


def _formulas(row: int, tally: Tally, weight: Weight) -> list[list[Formula]]:
    """Σ, NRR and weighted NRR of each element, then the index, which is rounded once, from the sums."""
    scored = scores.element_scores(tally, weight)
    letters = [xl_col_to_name(column) for column in range(FIRST, LAST + 1)]
    answers = [f"{letter}{HEAD_ROW + 2}:{letter}{row}" for letter in letters]
    total = f"SUM({letters[0]}{row + 1}:{letters[-1]}{row + 1})"
    index = half_up_formula(
        f"{INDEX_SCALE * weight.value.numerator}*ROUND({POINTS}*{total},0)",
        f"{POINTS * weight.value.denominator}*COUNT({answers[0]})",
        2,
    )
    elements = list(zip(letters, answers, scored, strict=True))
    return [
        [
            (f"=SUM({cells})", "sum0" if isinstance(one.sum, int) else "sum2", float(one.sum))
            for _, cells, one in elements
        ],
        [(f"={letter}{row + 1}/COUNT({cells})", "sum4", float(one.nrr or 0)) for letter, cells, one in elements],
        [(f"={letter}{row + 2}*{weight.value}", "sum4", float(one.weighted or 0)) for letter, _, one in elements],
        [(f"={index}", "sum2", float(scores.ikm(tally, weight) or 0))],
    ]
