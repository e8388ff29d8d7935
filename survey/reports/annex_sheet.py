"""The annex in a workbook: every respondent a row, and below them formulas that count on their own."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from core.errors import Refused
from core.figures import NO_FIGURE
from core.tabular import MOST_ROWS
from survey import scores
from survey.elements import OFFICIAL_ORDER
from survey.figures.results import Figures
from survey.reports import words
from survey.reports.closing import ANNEX, annex_sum_heads, differing
from survey.reports.material import Respondent
from survey.scores import INDEX_SCALE, Tally

ROOM_BELOW = 20
FULL = "Respondennya lebih banyak daripada yang muat di satu lembar XLSX. Pilih periode yang lebih pendek."
FIRST, LAST = 1, len(OFFICIAL_ORDER)  # columns of the elements
HEAD_ROW = 2
Totals = tuple[int, list[Fraction]]


def write_annex(sheet: Any, looks: dict[str, Any], figures: Figures, respondents: Iterable[Respondent]) -> None:
    """Row by row, in little memory. Raises Refused when there are too many."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(FIRST, LAST, 10)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, ANNEX, looks["heading"])
    sheet.write_row(HEAD_ROW, 0, ["No", *words.NUMBERS.values()], looks["head"])
    counted, sums = _rows(sheet, looks, respondents)
    row = HEAD_ROW + 1 + counted
    _sums(sheet, looks, row, Tally(counted, tuple(sums)), figures)
    for place, note in enumerate(differing(counted, figures), row + len(annex_sum_heads(figures)) + 1):
        sheet.write_string(place, 0, note.text)


def _rows(sheet: Any, looks: dict[str, Any], respondents: Iterable[Respondent]) -> Totals:
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


def _sums(sheet: Any, looks: dict[str, Any], row: int, tally: Tally, figures: Figures) -> None:
    """Formulas, each with what it gives: a reader that computes nothing shows that."""
    for place, head in enumerate(annex_sum_heads(figures)):
        sheet.write_string(row + place, 0, head, looks["sum"])
    if not tally.respondents:
        for place in range(len(annex_sum_heads(figures))):
            sheet.write_row(row + place, FIRST, [NO_FIGURE] * (LAST if place < 3 else 1), looks["none"])
        return
    lines = scores.element_scores(tally, figures.weight)
    for column, line in enumerate(lines, FIRST):
        letter = xl_col_to_name(column)
        answers = f"{letter}{HEAD_ROW + 2}:{letter}{row}"
        formulas: Sequence[tuple[str, str, Any]] = (
            (f"=SUM({answers})", "sum0" if isinstance(line.sum, int) else "sum2", line.sum),
            (f"={letter}{row + 1}/COUNT({answers})", "sum4", line.nrr),
            (f"={letter}{row + 2}*{figures.weight.value}", "sum4", line.weighted),
        )
        for place, (formula, look, value) in enumerate(formulas):
            sheet.write_formula(row + place, column, formula, looks[look], float(value))
    first, last = xl_col_to_name(FIRST), xl_col_to_name(LAST)
    weight, count = figures.weight.value, f"COUNT({first}{HEAD_ROW + 2}:{first}{row})"
    index = f"SUM({first}{row + 1}:{last}{row + 1})*{INDEX_SCALE * weight.numerator}/({weight.denominator}*{count})"
    sheet.write_formula(
        row + 3, FIRST, f"=ROUND({index},2)", looks["sum2"], float(scores.ikm(tally, figures.weight) or 0)
    )
