"""A figure's calculation as a spreadsheet with live formulas: change an answer, and the index follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from core.figures import NO_FIGURE
from core.xlsx_files import PLAIN
from survey.elements import ELEMENTS, OFFICIAL_ORDER, ElementKey
from survey.figures.results import Scored
from survey.intervals import correction, quantile, root, sample_of
from survey.questionnaire import POINTS
from survey.scores import GRADE_BANDS, INDEX_SCALE, Weight

MOST_ROWS = 5000  # ratings that a sheet lists; of more it holds the sums alone
SHEET, ROWS = "Perhitungan", "Penilaian"
FIRST_ELEMENT = 10  # the row of the first element
LAST_ELEMENT = FIRST_ELEMENT + len(ELEMENTS) - 1
INDEX_CELL = "B22"  # where a reader finds the printed index


@dataclass(frozen=True)
class Answered:
    """A rating in the sheet: its mean answers, in official order."""

    service: str
    means: Sequence[Fraction]


@dataclass(frozen=True)
class Book:
    """What a calculation's spreadsheet says. `rows`: None where it holds sums alone, and `note` says why."""

    title: str
    subtitle: str
    scored: Scored
    weight: Weight
    users: int | None
    rows: Sequence[Answered] | None
    note: str


def workbook(book: Book) -> bytes:
    """The file."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, PLAIN | {"in_memory": True}) as made:
        _Writer(made, book).write()
    return file.getvalue()


def half_up_formula(numerator: str, denominator: str, places: int) -> str:
    """A formula of whole numbers that rounds their ratio half up: ROUND may meet 88.305 as 88.30499…"""
    scale = 10**places
    return f"INT((2*{scale}*({numerator})+({denominator}))/(2*({denominator})))/{scale}"


class _Writer:
    """Writes the two sheets; row numbers are those a reader sees."""

    def __init__(self, made: Any, book: Book) -> None:
        self.book = book
        self.sheet = made.add_worksheet(SHEET)
        self.rows = made.add_worksheet(ROWS) if book.rows is not None else None
        self.bold = made.add_format({"bold": True})
        self.title = made.add_format({"bold": True, "font_size": 14})
        self.wrapped = made.add_format({"text_wrap": True, "valign": "top"})
        self.two, self.four = made.add_format({"num_format": "0.00"}), made.add_format({"num_format": "0.0000"})
        self.result = made.add_format({"num_format": "0.00", "bold": True, "bg_color": "#E2EFEB"})

    def write(self) -> None:
        self._heading()
        self._elements()
        self._index()
        self._interval()
        if self.rows is not None:
            self._ratings(self.rows, self.book.rows or [])

    def _heading(self) -> None:
        sheet, tally, weight = self.sheet, self.book.scored.sums.tally, self.book.weight.value
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 6, 16)
        sheet.write("A1", self.book.title, self.title)
        sheet.write("A2", self.book.subtitle)
        sheet.merge_range("A3:G3", self.book.note, self.wrapped)
        sheet.set_row(2, 32)
        sheet.write("A4", _("Responden (n)"))
        self._count("B4", f"COUNT({ROWS}!A2:A{self._last})", tally.respondents)
        sheet.write("A5", _("Bobot unsur: pembilang"))
        sheet.write("B5", weight.numerator)
        sheet.write("A6", _("Bobot unsur: penyebut"))
        sheet.write("B6", weight.denominator)
        sheet.write("A7", _("Pengguna layanan (N; kosong: tidak diketahui)"))
        if self.book.users is not None:
            sheet.write("B7", self.book.users)

    @property
    def _last(self) -> int:
        """The last row of the list of ratings, or the first empty one."""
        return 1 + max(1, len(self.book.rows or []))

    def _count(self, cell: str, formula: str, value: int | float, style: Any = None) -> None:
        """A formula over the listed ratings; where none are listed, the number itself."""
        if self.rows is None:
            self.sheet.write(cell, value, style)
        else:
            self.sheet.write_formula(cell, f"={formula}", style, value)

    def _elements(self) -> None:
        heads = (_("Unsur"), _("Jumlah nilai"), _("NRR"), _("NRR tertimbang"), _("NRR × 25"), _("NRR, 4 desimal"))
        for column, head in enumerate(heads):
            self.sheet.write(FIRST_ELEMENT - 2, column, head, self.bold)
        sums, n = self.book.scored.sums.tally.sums, self.book.scored.respondents
        for place, (element, total) in enumerate(zip(ELEMENTS, sums, strict=True)):
            row, letter = FIRST_ELEMENT + place, chr(ord("C") + place)
            mean = total / n if n else Fraction(0)
            self.sheet.write(f"A{row}", f"U{element.number} {element.name}")
            self._count(f"B{row}", f"SUM({ROWS}!{letter}2:{letter}{self._last})", _number(total))
            self._formula(f"C{row}", f"IF($B$4>0,B{row}/$B$4,0)", mean, self.four)
            self._formula(f"D{row}", f"C{row}*$B$5/$B$6", mean * self.book.weight.value, self.four)
            self._formula(f"E{row}", f"C{row}*{INDEX_SCALE}", mean * INDEX_SCALE, self.two)
            exact = half_up_formula(f"ROUND({POINTS}*B{row},0)", f"{POINTS}*$B$4", 4)
            self._formula(f"F{row}", f"IF($B$4>0,{exact},0)", mean, self.four)

    def _formula(self, cell: str, formula: str, value: Fraction | Decimal | str | None, style: Any = None) -> None:
        shown = value if isinstance(value, str) else float(value or 0)
        self.sheet.write_formula(cell, f"={formula}", style, shown)

    def _index(self) -> None:
        elements, scored = f"{FIRST_ELEMENT}:D{LAST_ELEMENT}", self.book.scored
        total = sum(scored.sums.tally.sums, Fraction(0))
        weighted = total / scored.respondents * self.book.weight.value if scored.respondents else Fraction(0)
        for row, words in (
            (20, _("Σ nilai × 60 (bilangan bulat)")),
            (21, _("Σ NRR tertimbang × 25, tanpa pembulatan")),
        ):
            self.sheet.write(f"A{row}", words)
        self._formula("B20", f"ROUND({POINTS}*SUM(B{FIRST_ELEMENT}:B{LAST_ELEMENT}),0)", total * POINTS)
        self._formula("B21", f"SUM(D{elements})*{INDEX_SCALE}", weighted * INDEX_SCALE)
        self.sheet.write("A22", _("IKM, dibulatkan sekali, setengah ke atas"), self.bold)
        exact = half_up_formula(f"{INDEX_SCALE}*$B$5*$B$20", f"{POINTS}*$B$6*$B$4", 2)
        self._formula(INDEX_CELL, f'IF($B$4>0,{exact},"{NO_FIGURE}")', scored.index or NO_FIGURE, self.result)
        self.sheet.write("A23", _("Mutu"), self.bold)
        steps = "".join(f'IF(B22>={band.lowest},"{band.grade}",' for band in GRADE_BANDS[:-1])
        graded = f'{steps}"{GRADE_BANDS[-1].grade}"' + ")" * (len(GRADE_BANDS) - 1)
        formula = f'IF(B22="{NO_FIGURE}",B22,{graded})'
        self._formula("B23", formula, scored.grade.value if scored.grade else NO_FIGURE, self.bold)

    def _interval(self) -> None:
        """Student's t on respondents' own indexes, with the finite-population correction where N is known."""
        scored = self.book.scored
        self.sheet.write("A25", _("Σ kuadrat (nilai responden × 60)"))
        self._count("B25", f"SUMSQ({ROWS}!L2:L{self._last})", scored.sums.squares)
        sample = sample_of(scored.sums.tally, scored.sums.squares, self.book.weight)
        if scored.interval95 is None or sample.variance is None:
            return
        narrower, student = correction(sample.size, self.book.users), quantile(Fraction(sample.size - 1))
        lines: Sequence[tuple[str, str, Fraction | Decimal]] = (
            (
                _("Ragam indeks responden (s²)"),
                f"(B25-B20^2/B4)/(B4-1)*({INDEX_SCALE}*B5/B6/{POINTS})^2",
                sample.variance,
            ),
            (_("t (97,5 %%, n − 1)"), "TINV(0.05,B4-1)", student),
            (_("Koreksi populasi terbatas"), "IF(B7>B4,(B7-B4)/(B7-1),1)", narrower),
            (_("Galat: t × √(s² ÷ n × koreksi)"), "B27*SQRT(B26/B4*B28)", student * root(sample.error * narrower)),
        )
        for row, (line, formula, value) in enumerate(lines, 26):
            self.sheet.write(f"A{row}", line)
            self.sheet.write_formula(f"B{row}", f"={formula}", self.four, float(value))
        for place, words, sign, bound in (
            (30, _("Rentang 95 %%: bawah"), "-", scored.interval95[0]),
            (31, _("Rentang 95 %%: atas"), "+", scored.interval95[1]),
        ):
            self.sheet.write(f"A{place}", words, self.bold)
            self._formula(f"B{place}", f"ROUND(B21{sign}B29,2)", bound, self.result)

    def _ratings(self, sheet: Any, rows: Sequence[Answered]) -> None:
        heads = [_("No"), _("Layanan"), *(f"U{each.number}" for each in ELEMENTS), _("Nilai × 60")]
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 1, 28)
        for column, head in enumerate(heads):
            sheet.write(0, column, head, self.bold)
        for number, row in enumerate(rows, 1):
            sheet.write(number, 0, number)
            sheet.write_string(number, 1, row.service)
            for column, mean in enumerate(row.means, 2):
                _write_mean(sheet, number, column, mean)
            line, points = number + 1, float(sum(row.means, Fraction(0)) * POINTS)
            sheet.write_formula(number, 11, f"=ROUND({POINTS}*SUM(C{line}:K{line}),0)", None, points)


def _write_mean(sheet: Any, row: int, column: int, mean: Fraction) -> None:
    """A whole answer as it is; the mean of several as the division it is."""
    if mean.denominator == 1:
        sheet.write_number(row, column, int(mean))
    else:
        sheet.write_formula(row, column, f"={mean.numerator}/{mean.denominator}", None, float(mean))


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def means_of(sums: Sequence[int], items: Mapping[ElementKey, int]) -> list[Fraction]:
    """A respondent's mean answers from the sums of the items of each element."""
    return [Fraction(total, items[key]) for key, total in zip(OFFICIAL_ORDER, sums, strict=True)]
