"""Charts as spreadsheets have them: they stay editable, in a spreadsheet and in a text document."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter

from offices.papers.document import Chart, Series, Shape

SHEET = "Data"
CHART_XML = "xl/charts/chart1.xml"
INK, PALE = "#404040", "#D0D0D0"
# Of the answers 1 to 4, told apart without colour; the worst is the darkest.
FILLS: Sequence[Mapping[str, Any]] = (
    {"fill": {"color": INK}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#FFFFFF"}},
    {"fill": {"color": PALE}},
)
SMALL = {"size": 9}
STRAIGHT = b'<c:smooth val="0"/></c:ser>'
SEEN, GAPS = b'<c:plotVisOnly val="1"/>', b'<c:dispBlanksAs val="gap"/>'
LEAST_LABELLED = 9  # percent: there is no room for the number in a smaller part
WHITE_PAPER = {"border": {"none": True}, "fill": {"color": "#FFFFFF"}}
LABELS: Mapping[Shape, dict[str, Any]] = {
    Shape.BARS: {},
    Shape.PARTS: {"fill": {"color": "#FFFFFF"}},
    Shape.LINE: {"position": "above"},
}
SHAPES = {
    Shape.BARS: {"type": "bar"},
    Shape.PARTS: {"type": "bar", "subtype": "percent_stacked"},
    Shape.LINE: {"type": "line"},
}


def alone(chart: Chart) -> tuple[bytes, bytes]:
    """The chart's own drawing as XML, and the workbook that it draws."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        write(sheet, chart, 0)
        sheet.insert_chart(0, len(chart.series) + 2, drawn(book, SHEET, chart, 0))
    content = file.getvalue()
    with ZipFile(BytesIO(content)) as parts:
        return _straight(parts.read(CHART_XML), chart), content


def _straight(drawing: bytes, chart: Chart) -> bytes:
    """No curve between two values, and nothing where there is none: without a word programs draw as they like."""
    if chart.shape != Shape.LINE:
        return drawing
    return drawing.replace(b"</c:ser>", STRAIGHT).replace(SEEN, SEEN + GAPS)


def write(sheet: Any, chart: Chart, top: int) -> int:
    """Put the chart's values into rows of a sheet, the heads at `top`; the row after them."""
    lines = _lines(chart)
    sheet.write_row(top, 0, ["", *(each.name for each in lines)])
    for place, label in enumerate(chart.labels):
        sheet.write_string(top + 1 + place, 0, label)
        for column, series in enumerate(lines, 1):
            if (value := series.values[place]) is not None:
                sheet.write_number(top + 1 + place, column, float(value))
    return top + 1 + len(chart.labels)


def drawn(book: Any, sheet_name: str, chart: Chart, top: int) -> Any:
    """The chart over the values that `write` put at `top`."""
    made = book.add_chart(dict(SHAPES[chart.shape]))
    for column, series in enumerate(_lines(chart), 1):
        made.add_series(_series(chart, series, sheet_name, top, column))
    made.set_chartarea(WHITE_PAPER)
    _set_axes(made, chart)
    return made


def _lines(chart: Chart) -> list[Series]:
    """What is drawn: the series, and a level line for each mark."""
    count = len(chart.labels)
    return [*chart.series, *(Series(name, [height] * count, [""] * count) for height, name in chart.marks)]


def _series(chart: Chart, series: Series, sheet_name: str, top: int, column: int) -> dict[str, Any]:
    last = top + len(chart.labels)
    of_cells: dict[str, Any] = {
        "name": [sheet_name, top, column],
        "categories": [sheet_name, top + 1, 0, last, 0],
        "values": [sheet_name, top + 1, column, last, column],
    }
    if column > len(chart.series):
        return of_cells | {"line": {"color": "#808080", "width": 1, "dash_type": "dash"}, "marker": {"type": "none"}}
    labels = {"value": True, "custom": _labels(chart, series), "font": SMALL} | LABELS[chart.shape]
    return of_cells | {"data_labels": labels} | _style(chart, column)


def _labels(chart: Chart, series: Series) -> list[dict[str, Any]]:
    """The figures as text: a reader's own program may write numbers otherwise."""
    return [{"delete": True} if _is_crowded(chart, value) else {"value": text} for value, text in
            zip(series.values, series.texts, strict=True)]  # fmt: skip


def _is_crowded(chart: Chart, value: Decimal | None) -> bool:
    return value is None or (chart.shape == Shape.PARTS and value < LEAST_LABELLED)


def _style(chart: Chart, column: int) -> dict[str, Any]:
    if chart.shape == Shape.BARS:
        return {"fill": {"color": "#595959"}, "gap": 40}
    if chart.shape == Shape.PARTS:
        return {**FILLS[column - 1], "border": {"color": INK, "width": 0.5}, "gap": 40}
    bars = {"type": "custom", "plus_values": _reach(chart, 1), "minus_values": _reach(chart, 0), "line": {"color": INK}}
    return {
        "line": {"color": INK, "width": 1.75},
        "marker": {"type": "circle", "size": 6, "fill": {"color": INK}, "border": {"color": INK}},
        "y_error_bars": bars,
    }


def _reach(chart: Chart, end: int) -> list[float]:
    """How far the interval goes from each value."""
    values = chart.series[0].values
    return [
        float(abs(pair[end] - value)) if pair and value is not None else 0.0
        for pair, value in zip(chart.bounds, values, strict=True)
    ]


def _set_axes(made: Any, chart: Chart) -> None:
    ends = {"min": float(chart.low), "max": float(chart.high), "num_font": SMALL, "num_format": "0"}
    plain = {"num_font": SMALL, "line": {"color": INK}}
    if chart.shape == Shape.LINE:
        made.set_x_axis(plain)
        made.set_y_axis(ends | {"major_gridlines": {"visible": True, "line": {"color": "#D0D0D0"}}})
    else:
        made.set_y_axis(plain | {"reverse": True})
        made.set_x_axis(
            ({"visible": False} if chart.shape == Shape.PARTS else ends) | {"major_gridlines": {"visible": False}}
        )
    made.set_legend({"position": "bottom", "font": SMALL} if len(_lines(chart)) > 1 else {"none": True})
