"""The report as a workbook: its tables, its charts, and the annex of every respondent with live formulas."""

import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import IO, Any

import xlsxwriter

from core.figures import NO_FIGURE
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
NUMBERED = ("No", "Nilai")
WORDY = 7  # share of a column of whole sentences
LETTERS_A_LINE = 170
LINE_HEIGHT = 15
ROWS_A_CHART = 24
A4 = 9
CHART_SIZE = {"width": 760, "height": 420}
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def made(document: Document, figures: Figures, respondents: Iterable[Respondent]) -> IO[bytes]:
    """The whole report as an open file. Raises Refused when a sheet can't hold that many respondents."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever asked for it closes it)
    try:
        _write(document, figures, respondents, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write(document: Document, figures: Figures, respondents: Iterable[Respondent], file: IO[bytes]) -> None:
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties(
            {
                "title": f"{document.cover.title} {document.cover.period}",
                "author": document.letterhead.name,
                "created": document.made_at.replace(tzinfo=None),
            }
        )
        looks = _looks(book)
        _cover(book.add_worksheet(COVER), document, looks)
        for title, blocks in _chapters(document.blocks):
            sheet = book.add_worksheet(title)
            _set_paper(sheet, document)
            _Sheet(sheet, looks).write(blocks)
        _charts(book, document, [block for block in document.blocks if isinstance(block, Chart)])
        annex = book.add_worksheet(ANNEX)
        _set_paper(annex, document, is_wide=False)
        write_annex(annex, looks, figures, respondents)


def _set_paper(sheet: Any, document: Document, *, is_wide: bool = True) -> None:
    """As it is printed: as wide as a page, with the foot that every page of the report has."""
    sheet.set_paper(A4)
    if is_wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{document.running.replace('&', '&&')}&R&8&P / &N")


def _chapters(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Each chapter with its short name, as "Bab I"."""
    found: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((" ".join(block.text.split()[:2]).replace("BAB", "Bab"), []))
        found[-1][1].append(block)
    return found


def _looks(book: Any) -> dict[str, Any]:
    """Formats by name; those of numbers by their decimals ("2")."""
    edge = {"border": 1, "border_color": "#A0A0A0", "valign": "top"}
    plain: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "big": {"bold": True, "font_size": 36, "align": "left"},
        "chapter": {"bold": True, "font_size": 14},
        "heading": {"bold": True, "font_size": 12},
        "caption": {"bold": True},
        "words": {"text_wrap": True, "valign": "top"},
        "note": {"text_wrap": True, "valign": "top", "italic": True},
        "head": edge | {"bold": True, "bg_color": "#EDEDED", "text_wrap": True},
        "cell": edge | {"text_wrap": True},
        "none": edge | {"align": "right"},
        "sum": edge | {"bold": True, "text_wrap": True},
    }
    numbers = {"0": "#,##0", "1": "#,##0.0", "2": "#,##0.00", "4": "#,##0.0000"}
    for name, form in numbers.items():
        plain[name] = edge | {"num_format": form}
        plain[f"sum{name}"] = edge | {"num_format": form, "bold": True}
    return {name: book.add_format(look) for name, look in plain.items()}


def _cover(sheet: Any, document: Document, looks: dict[str, Any]) -> None:
    cover, letterhead = document.cover, document.letterhead
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, 40)
    _set_paper(sheet, document)
    who = (letterhead.government, letterhead.name, letterhead.address, letterhead.contact, letterhead.demo)
    lines = [(text, "words") for text in who if text]
    lines += [("", "words"), (cover.title, "title"), (cover.subtitle, "caption"), (cover.period, "heading")]
    lines += [("", "words"), (cover.about, "caption"), (cover.big, "big"), (cover.said, "heading")]
    for row, (text, look) in enumerate(lines):
        sheet.set_row(row, 48 if look == "big" else 22 if look == "title" else LINE_HEIGHT)
        sheet.write_string(row, 0, text, None if look == "words" else looks[look])
    for row, (name, value) in enumerate(cover.facts, len(lines) + 1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.write_string(len(lines) + len(cover.facts) + 2, 0, cover.standing)


class _Sheet:
    """Writes the blocks of a chapter below each other."""

    def __init__(self, sheet: Any, looks: dict[str, Any]) -> None:
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
        look = self.looks["note" if block.tone == Tone.NOTE else "words"]
        self.sheet.merge_range(self.row, 0, self.row, len(WIDTHS) - 1, "", look)
        self.sheet.write_string(self.row, 0, text, look)
        self.row += 1

    def _table(self, block: Table) -> None:
        if not block.rows and not block.sums:
            self._line(block.empty, "note")
            return
        self._line(block.caption, "caption")
        self._cells([column.head for column in block.columns], block.columns, "head")
        for row in block.rows:
            self._cells(row, block.columns)
        for row in block.sums:
            self._cells(row, block.columns, "sum")
        self.row += 1

    def _cells(self, cells: Sequence[Cell], columns: Sequence[Column], look: str = "cell") -> None:
        """One row. A last column of many words takes all the room that is left."""
        start = 0 if columns[0].head in NUMBERED else 1
        widths = list(WIDTHS[start : start + len(columns)])
        end = start + len(columns) - 1
        is_wide = columns[-1].share >= WORDY and end < len(WIDTHS) - 1
        if is_wide:
            widths[-1] = sum(WIDTHS[end:])
            self.sheet.merge_range(self.row, end, self.row, len(WIDTHS) - 1, "", self.looks[look])
        lines = max(ceil(len(as_text(cell)) * 1.1 / width) for cell, width in zip(cells, widths, strict=True))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(lines, 1))
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True), start):
            right = column.is_figure and isinstance(cell, str) and look == "cell"
            write_cell(self.sheet, self.row, place, cell, self.looks, "none" if right else look)
        self.row += 1

    def _signing(self, block: Signing) -> None:
        self.row += 1
        self._words(Paragraph(block.words))
        signed = (block.name, *filter(None, [block.rank]), f"NIP {block.number}")
        for text in (block.place_and_day, f"{block.title},", "", "", *signed):
            self.sheet.write_string(self.row, len(WIDTHS) - 3, text)
            self.row += 1


def write_cell(sheet: Any, row: int, column: int, cell: Cell, looks: dict[str, Any], look: str = "cell") -> None:
    """Text as text, a number as a number with its decimals, none as a dash."""
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, looks[look])
    elif cell is None:
        sheet.write_string(row, column, NO_FIGURE, looks["none"])
    else:
        places = -int(cell.as_tuple().exponent) if isinstance(cell, Decimal) else 0
        sheet.write_number(row, column, cell, looks[f"{'sum' if look == 'sum' else ''}{places}"])


def _charts(book: Any, document: Document, charts: Sequence[Chart]) -> None:
    sheet = book.add_worksheet(CHARTS)
    sheet.set_column(0, 0, 42)
    _set_paper(sheet, document)
    for number, chart in enumerate(charts):
        top = number * ROWS_A_CHART
        sheet.write_string(top, 0, chart.title, book.add_format({"bold": True}))
        native_charts.write(sheet, chart, top + 1)
        sheet.insert_chart(
            top, len(chart.series) + len(chart.marks) + 2,
            _sized(native_charts.drawn(book, CHARTS, chart, top + 1)),
            {"description": chart.alt, "object_position": 1},
        )  # fmt: skip


def _sized(chart: Any) -> Any:
    chart.set_size(CHART_SIZE)
    return chart
