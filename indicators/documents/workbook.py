"""What every workbook of indicators is made with: sheets written from the top, and their formulas."""

from collections.abc import Callable, Container, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from core.figures import NO_FIGURE
from core.xlsx_files import LINE_HEIGHT, Looks, filled, make_looks, number_look, set_paper, sign, write_cell
from indicators.formulas import Predicate, Thresholds
from offices.papers.document import Cell, Column
from survey.figures.workbook import half_up_formula

BASIS = "Dasar"
FIRST_THRESHOLD = 2  # the row of the first, as a reader sees it


class Sheet:
    """A sheet that is written from the top; `row` is the next, counted from 0."""

    def __init__(self, book: Any, name: str, widths: Sequence[int], looks: Looks) -> None:
        self.name, self.row, self.looks, self.widths = name, 0, looks, widths
        self.sheet = book.add_worksheet(name)
        set_paper(self.sheet)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def line(self, text: str, look: str = "plain") -> None:
        """Words over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", self.looks[look])
        self.sheet.write_string(self.row, 0, text, self.looks[look])
        lines = -(-len(text) // sum(self.widths))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(lines, 1) * (1.6 if look == "title" else 1))
        self.row += 1

    def gap(self) -> None:
        """An empty row."""
        self.row += 1

    def heads(self, texts: Sequence[str], figures: Container[int] = ()) -> None:
        """The heads of a table; those of `figures`, columns counted from 0, stand at the right like what is below."""
        for column, text in enumerate(texts):
            look = "figure_head" if column in figures else "head"
            self.sheet.write_string(self.row, column, text, self.looks[look])
        lines = max(-(-len(text) // width) for text, width in zip(texts, self.widths, strict=False))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(lines, 1))
        self.row += 1

    def table_heads(self, columns: Sequence[Column]) -> None:
        """The same of a document's table."""
        self.heads([each.head for each in columns], [place for place, each in enumerate(columns) if each.is_figure])

    def cells(self, cells: Sequence["Content"], look: str = "") -> int:
        """One row of a table, from the left; its number as a reader sees it."""
        for column, cell in enumerate(cells):
            self.put(column, cell, look)
        texts = [(len(cell), width) for cell, width in zip(cells, self.widths, strict=False) if isinstance(cell, str)]
        lines = max((-(-length // width) for length, width in texts), default=1)
        self.sheet.set_row(self.row, LINE_HEIGHT * max(lines, 1))
        self.row += 1
        return self.row

    def put(self, column: int, cell: "Content", look: str = "") -> None:
        """Text as text, a number as a number with its decimals, none as a dash, a day as a day, and our formulas."""
        if isinstance(cell, Formula):
            name = f"{look}text" if cell.places is None else number_look(cell.places, look)
            self.sheet.write_formula(self.row, column, f"={cell.text}", self.looks[name], cell.shown)
        else:
            write_cell(self.sheet, self.row, column, cell, self.looks, look)

    def at(self, row: int, column: int) -> str:
        """How other sheets name a cell; `row` as a reader sees it."""
        return f"'{self.name}'!{xl_rowcol_to_cell(row - 1, column, row_abs=True, col_abs=True)}"


class Formula:
    """A formula of ours, with what it comes to for programs that don't compute; `places`: decimals shown."""

    def __init__(self, text: str, value: Decimal | int | str | None, places: int = 2) -> None:
        self.text, self.value = text, value
        self.places = None if isinstance(value, str) else places

    @property
    def shown(self) -> str | float:
        """The value as such programs take it."""
        if self.value is None:
            return NO_FIGURE
        return self.value if isinstance(self.value, str) else float(self.value)


Content = Cell | date | Formula


def written(write: Callable[[Any, Looks], None], title: str, author: str, moment: datetime) -> IO[bytes]:
    """The workbook that `write` fills, as an open file."""

    def whole(book: Any) -> None:
        sign(book, title, author, moment)
        write(book, make_looks(book))

    return filled(whole)


def share(part: str, whole: str, value: Decimal | None) -> Formula:
    """Part ÷ whole × 100; a dash of nothing."""
    return Formula(f'IF({whole}>0,{half_up_formula(f"100*{part}", whole, 2)},"{NO_FIGURE}")', value)


def achievement(realisation: str, target: str, value: Decimal | None) -> Formula:
    """Printed realisation ÷ target × 100; a dash where one of them is none. Both have at most two decimals."""
    ratio = half_up_formula(f"100*ROUND(100*{realisation},0)", f"ROUND(100*{target},0)", 2)
    return Formula(f'IF(AND(ISNUMBER({realisation}),ISNUMBER({target})),{ratio},"{NO_FIGURE}")', value)


def predicate(cell: str, value: str) -> Formula:
    """The predicate of a printed achievement, by the thresholds in the sheet of what the figures rest on."""
    least = [f"'{BASIS}'!$B${FIRST_THRESHOLD + place}" for place in range(len(Predicate) - 1)]
    steps = "".join(f'IF({cell}>={limit},"{each.label}",' for limit, each in zip(least, Predicate, strict=False))
    last = list(Predicate)[-1].label
    return Formula(f'IF(ISNUMBER({cell}),{steps}"{last}"{")" * len(least)},"{NO_FIGURE}")', value)


def write_basis(book: Any, looks: Looks, limits: Thresholds, said: Sequence[tuple[str, str]]) -> None:
    """The thresholds that the predicates come from, and what proves the figures."""
    sheet = Sheet(book, BASIS, (40, 90), looks)
    sheet.heads(("Predikat", "Capaian paling sedikit (%)"), figures=(1,))
    for each, least in limits.steps:
        sheet.cells([each.label, least])
    sheet.gap()
    for name, text in said:
        sheet.cells([name, text])
