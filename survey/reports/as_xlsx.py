"""The report as a workbook: its tables, its charts, and the annex of every respondent with live formulas."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import IO, Any

from core.xlsx_files import LINE_HEIGHT, SUM, Looks, filled, make_looks, set_paper, sign, write_cell
from offices.papers import native_charts
from offices.papers.document import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Signing,
    Table,
    Tone,
    as_text,
)
from survey.figures.results import Figures
from survey.reports.annex_sheet import write_annex
from survey.reports.material import Respondent

CHARTS, COVER, ANNEX = "Grafik", "Sampul", "Lampiran"
# Numbers of rows stand in the first column, names in the second; in letters.
WIDTHS = (8, 40, 19, 19, 19, 19, 19, 24)
HEAD, FIGURE_HEAD = "head", "figure_head"
NUMBERED = ("No", "Nilai")
WORDY = 7  # share of a column of whole sentences
LETTERS_A_LINE = 170
ROWS_A_CHART = 24
CHART_SIZE = {"width": 760, "height": 420}


def made(document: Document, figures: Figures, respondents: Iterable[Respondent]) -> IO[bytes]:
    """The whole report as an open file. Raises Refused when a sheet can't hold that many respondents."""
    return filled(lambda book: _write(book, document, figures, respondents), by_rows=True)


def _write(book: Any, document: Document, figures: Figures, respondents: Iterable[Respondent]) -> None:
    sign(book, f"{document.cover.title} {document.cover.period}", document.letterhead.name, document.made_at)
    looks = make_looks(book)
    _cover(book.add_worksheet(COVER), document, looks)
    for title, blocks in _chapters(document.blocks):
        sheet = book.add_worksheet(title)
        _set_paper(sheet, document)
        _Sheet(sheet, looks).write(blocks)
    _charts(book, document, [block for block in document.blocks if isinstance(block, Chart)], looks)
    annex = book.add_worksheet(ANNEX)
    _set_paper(annex, document, is_wide=False)
    write_annex(annex, looks, figures, respondents)


def _set_paper(sheet: Any, document: Document, *, is_wide: bool = True) -> None:
    """As it is printed: as wide as a page, with the foot that every page of the report has."""
    set_paper(sheet, is_wide=is_wide)
    sheet.set_footer(f"&L&8{document.running.replace('&', '&&')}&R&8&P / &N")


def _chapters(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Each chapter with its short name, as "Bab I"."""
    found: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((" ".join(block.text.split()[:2]).replace("BAB", "Bab"), []))
        found[-1][1].append(block)
    return found


def _cover(sheet: Any, document: Document, looks: Looks) -> None:
    cover, letterhead = document.cover, document.letterhead
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, 40)
    _set_paper(sheet, document)
    who = (letterhead.government, letterhead.name, *letterhead.lines, letterhead.demo)
    lines = [(text, "plain") for text in who if text]
    lines += [("", "plain"), (cover.title, "title"), (cover.subtitle, "caption"), (cover.period, "heading")]
    lines += [("", "plain"), (cover.about, "caption"), (cover.big, "big"), (cover.said, "heading")]
    for row, (text, look) in enumerate(lines):
        sheet.set_row(row, 48 if look == "big" else 22 if look == "title" else LINE_HEIGHT)
        sheet.write_string(row, 0, text, None if look == "plain" else looks[look])
    for row, (name, value) in enumerate(cover.facts, len(lines) + 1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.write_string(len(lines) + len(cover.facts) + 2, 0, cover.standing)


class _Sheet:
    """Writes the blocks of a chapter below each other."""

    def __init__(self, sheet: Any, looks: Looks) -> None:
        self.sheet, self.looks, self.row = sheet, looks, 0
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)

    def write(self, blocks: Iterable[Block]) -> None:
        """All of them."""
        for block in blocks:
            match block:
                case Heading():
                    self.row += block.level == 2
                    self._line(block.text, "chapter" if block.level == 1 else "heading")
                case Paragraph():
                    self._words(block)
                case Table():
                    self._table(block)
                case Chart():
                    self._line(f"{block.title}: lihat lembar {CHARTS}.", "note")
                case Signing():
                    self._signing(block)

    def _line(self, text: str, look: str) -> None:
        self.sheet.write_string(self.row, 0, text, None if look == "note" else self.looks[look])
        self.row += 1

    def _words(self, block: Paragraph) -> None:
        lines = sum(ceil(len(line) / LETTERS_A_LINE) or 1 for line in block.text.split("\n"))
        self.sheet.set_row(self.row, LINE_HEIGHT * lines)
        text = f"• {block.text}" if block.tone == Tone.POINT else block.text
        look = self.looks["note" if block.tone == Tone.NOTE else "plain"]
        self.sheet.merge_range(self.row, 0, self.row, len(WIDTHS) - 1, "", look)
        self.sheet.write_string(self.row, 0, text, look)
        self.row += 1

    def _table(self, block: Table) -> None:
        if not block.rows and not block.sums:
            self._line(block.empty, "note")
            return
        self._line(block.caption, "caption")
        self._cells([column.head for column in block.columns], block.columns, HEAD)
        for row in block.rows:
            self._cells(row, block.columns)
        for row in block.sums:
            self._cells(row, block.columns, SUM)
        self.row += 1

    def _cells(self, cells: Sequence[Cell], columns: Sequence[Column], look: str = "") -> None:
        """One row, `look` being HEAD, SUM or none. A last column of many words takes all the room that is left."""
        start = 0 if columns[0].head in NUMBERED else 1
        widths = list(WIDTHS[start : start + len(columns)])
        end = start + len(columns) - 1
        is_wide = columns[-1].share >= WORDY and end < len(WIDTHS) - 1
        if is_wide:
            widths[-1] = sum(WIDTHS[end:])
            self.sheet.merge_range(
                self.row, end, self.row, len(WIDTHS) - 1, "", self.looks[look if look == HEAD else f"{look}text"]
            )
        lines = max(ceil(len(as_text(cell)) * 1.1 / width) for cell, width in zip(cells, widths, strict=True))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(lines, 1))
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True), start):
            if isinstance(cell, str) and look == HEAD:
                self.sheet.write_string(self.row, place, cell, self.looks[FIGURE_HEAD if column.is_figure else HEAD])
            elif isinstance(cell, str) and column.is_figure and not look:
                self.sheet.write_string(self.row, place, cell, self.looks["none"])
            else:
                write_cell(self.sheet, self.row, place, cell, self.looks, look)
        self.row += 1

    def _signing(self, block: Signing) -> None:
        self.row += 1
        self._words(Paragraph(block.words))
        signed = (block.name, *filter(None, [block.rank]), f"NIP {block.number}")
        for text in (block.place_and_day, f"{block.title},", "", "", *signed):
            self.sheet.write_string(self.row, len(WIDTHS) - 3, text)
            self.row += 1


def _charts(book: Any, document: Document, charts: Sequence[Chart], looks: Looks) -> None:
    sheet = book.add_worksheet(CHARTS)
    sheet.set_column(0, 0, 42)
    _set_paper(sheet, document)
    for number, chart in enumerate(charts):
        top = number * ROWS_A_CHART
        sheet.write_string(top, 0, chart.title, looks["caption"])
        native_charts.write(sheet, chart, top + 1)
        sheet.insert_chart(
            top, len(chart.series) + len(chart.marks) + 2,
            _sized(native_charts.drawn(book, CHARTS, chart, top + 1)),
            {"description": chart.alt, "object_position": 1},
        )  # fmt: skip


def _sized(chart: Any) -> Any:
    chart.set_size(CHART_SIZE)
    return chart
