"""What is handed over of a period: two pages, a workbook, the chapter for the LKjIP; and the year's IKU table."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from flask import Response, render_template, send_file

from core import clock
from core.calendar import Month
from core.db import reader
from core.tabular import XLSX_TYPE
from core.turns import a_turn
from indicators.asked import asked_moment, asked_period
from indicators.documents import as_docx, as_pdf, as_xlsx, words, yearly
from indicators.documents.gathering import gather
from indicators.documents.material import Material
from indicators.documents.yearly import Year
from indicators.pages.place import Place, asked_place
from offices.access import staff_blueprint
from offices.current import current_office
from offices.papers.document import Table, as_text
from offices.rights import Action

desk = staff_blueprint("documents", __name__, Action.READ_SUMMARY)
MAKING = BoundedSemaphore(1)  # making one takes seconds of work, which residents' pages wait for
PATIENCE_S = 10.0
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk.get("/ringkasan/<period>.pdf")
def period_pdf(period: str) -> Response:
    """The two pages to print and sign; `jangka`, `pada` and `versi` as in Place."""
    place = asked_place(period)
    with a_turn(MAKING, PATIENCE_S):
        made = as_pdf.made(_material(place))
    return send_file(BytesIO(made), PDF, download_name=f"ringkasan-{place.period}.pdf")


@desk.get("/ringkasan/<period>.xlsx")
def period_xlsx(period: str) -> Response:
    """The same as a workbook with live formulas."""
    place = asked_place(period)
    with a_turn(MAKING, PATIENCE_S):
        made, name = as_xlsx.made(_material(place)), f"ringkasan-{place.period}.xlsx"
    return send_file(made, XLSX_TYPE, as_attachment=True, download_name=name)


@desk.get("/ringkasan/<period>.docx")
def period_docx(period: str) -> Response:
    """The chapter for the LKjIP."""
    place = asked_place(period)
    with a_turn(MAKING, PATIENCE_S):
        made = as_docx.chapter(reader(), current_office(), place.period, place.version, place.as_of)
    return send_file(BytesIO(made), WORD, as_attachment=True, download_name=f"lkjip-bab-3-{place.period}.docx")


@desk.get("/ringkasan/<int(fixed_digits=4):year>/iku")
def iku_year(year: int) -> str:
    """The year's IKU table."""
    found = _year(year)
    tables = [_ShownTable.of(each) for each in (yearly.table(found), yearly.by_quarter(found))]
    shown = {"year": year, "standing": words.standing(found.material), "this_year": Month.of(clock.now()).year}
    return render_template("indicators/iku_year.html", tables=tables, footnotes=yearly.FOOTNOTES, **shown)


@desk.get("/ringkasan/<int(fixed_digits=4):year>/iku.pdf")
def iku_pdf(year: int) -> Response:
    """The same to print and sign."""
    with a_turn(MAKING, PATIENCE_S):
        made = yearly.pdf(_year(year))
    return send_file(BytesIO(made), PDF, download_name=f"iku-{year}.pdf")


@desk.get("/ringkasan/<int(fixed_digits=4):year>/iku.docx")
def iku_docx(year: int) -> Response:
    """The same to edit."""
    with a_turn(MAKING, PATIENCE_S):
        made = yearly.docx(_year(year))
    return send_file(BytesIO(made), WORD, as_attachment=True, download_name=f"iku-{year}.docx")


@desk.get("/ringkasan/<int(fixed_digits=4):year>/iku.xlsx")
def iku_xlsx(year: int) -> Response:
    """The same with live formulas."""
    with a_turn(MAKING, PATIENCE_S):
        made = yearly.xlsx(_year(year))
    return send_file(made, XLSX_TYPE, as_attachment=True, download_name=f"iku-{year}.xlsx")


@dataclass(frozen=True)
class _ShownRow:
    """An indicator; `about` are its goal and unit, for which a screen has no columns, where the paper has them."""

    name: str
    about: Sequence[tuple[str, str]]
    cells: Sequence[str]


@dataclass(frozen=True)
class _ShownTable:
    """A table as texts; `heads` and `figures` begin with those of the name."""

    caption: str
    heads: Sequence[str]
    figures: Sequence[bool]
    rows: Sequence[_ShownRow]

    @classmethod
    def of(cls, table: Table) -> "_ShownTable":
        """From a document's table, whose first column is the number."""
        heads = [column.head for column in table.columns]
        name = heads.index(yearly.INDICATOR)
        kept = [name, *(place for place in range(name + 1, len(heads)) if heads[place] != yearly.UNIT)]
        shown = [table.columns[place] for place in kept]
        rows = [cls._row([as_text(cell) for cell in row], heads, kept) for row in table.rows]
        return cls(table.caption, [each.head for each in shown], [each.is_figure for each in shown], rows)

    @staticmethod
    def _row(cells: Sequence[str], heads: Sequence[str], kept: Sequence[int]) -> _ShownRow:
        about = [(heads[place], cell) for place, cell in enumerate(cells) if place and place not in kept]
        return _ShownRow(f"{cells[0]}. {cells[kept[0]]}", about, [cells[place] for place in kept[1:]])


def _year(year: int) -> Year:
    period = asked_period(str(year))
    return yearly.gather_year(reader(), current_office(), period.last.year, asked_moment())


def _material(place: Place) -> Material:
    return gather(reader(), current_office(), place.period, place.version, place.as_of)
