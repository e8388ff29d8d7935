"""The report as a PDF: tagged, and readable by assistive software (PDF/UA-1)."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from core import pdf
from offices.papers.document import Block, Chart, Document, Heading, Paragraph, Signing, Table, as_text


def made(document: Document, template: str) -> bytes:
    """The whole report, set by templates/typst/`template`.typ."""
    data = {
        "office": asdict(document.letterhead),
        "cover": asdict(document.cover),
        "running": document.running,
        "blocks": [_block(each) for each in document.blocks],
        "annex": [_block(each) for each in document.annex],
    }
    return pdf.compile(template, data)


def _block(block: Block) -> Mapping[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", **asdict(block)}
        case Paragraph():
            return {"kind": "paragraph", **asdict(block)}
        case Signing():
            return {"kind": "signing", **asdict(block)}
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)


def _table(table: Table) -> Mapping[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": [asdict(column) for column in table.columns],
        "rows": [list(map(as_text, row)) for row in table.rows],
        "sums": [list(map(as_text, row)) for row in table.sums],
        "empty": table.empty,
    }


def _chart(chart: Chart) -> Mapping[str, Any]:
    """Binary floats only place the ink; what is read are the texts."""
    return {
        "kind": "chart",
        "shape": chart.shape,
        "title": chart.title,
        "alt": chart.alt,
        "labels": list(chart.labels),
        "low": float(chart.low),
        "high": float(chart.high),
        "series": [
            {"name": one.name, "values": [_place(value) for value in one.values], "texts": list(one.texts)}
            for one in chart.series
        ],
        "bounds": [[float(end) for end in pair] if pair else None for pair in chart.bounds],
        "marks": [[float(height), name] for height, name in chart.marks],
    }


def _place(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
