"""The month on two pages: tagged, and readable by assistive software (PDF/UA-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core import pdf
from core.calendar import MONTH_NAMES, long_date, long_moment
from core.figures import printed
from core.periods import Period
from indicators.documents import content, parts, words
from indicators.documents.gathering import gather
from indicators.documents.material import Material
from indicators.months.results import Line
from offices.models import Office
from offices.papers.document import Table, as_text

TEMPLATE = "ringkasan"
SHORT = 3  # letters of a month's name


def month_pdf(
    session: Session, office: Office, period: Period, version: int | None = None, as_of: datetime | None = None
) -> bytes:
    """The two pages of a period."""
    return made(gather(session, office, period, version, as_of))


def made(material: Material) -> bytes:
    """The two pages."""
    return pdf.compile(TEMPLATE, _data(material))


def _data(material: Material) -> Mapping[str, Any]:
    notes, sheet = content.short_notes(material), content.sheet(material)
    return {
        "office": asdict(material.letterhead),
        "title": content.TITLE,
        "period": material.period.long,
        "mark": words.mark(material),
        "facts": _facts(material),
        "standing": words.standing(material),
        "sheet": {"title": "A. Lembar IKU"} | _table(sheet),
        "trend_title": "B. Dua belas bulan terakhir",
        "trends": [_trend(line, material) for line in material.summary.lines],
        "notes_title": "C. Catatan penanggung jawab",
        "notes_heads": [column.head for column in notes.columns],
        "notes": _rows(notes),
        "notes_empty": notes.empty,
        "notes_cut": content.notes_cut(material),
        "parts": _parts(material),
        "late_title": "G. Yang lewat tenggat",
        "late": content.late(material),
        "late_empty": content.NOBODY_LATE,
        "signatures": [asdict(each) for each in material.signatures.both(material.day)],
        "running": f"{words.running(material, content.TITLE)}\n{words.proof(material)}",
    }


def _facts(material: Material) -> list[tuple[str, str]]:
    as_of = material.summary.as_of
    return [
        ("Nomor", words.letter_number(material)),
        ("Tanggal", long_date(material.day)),
        ("Dihitung", long_moment(as_of) if as_of else printed(None)),
        ("Versi", words.version(material)),
    ]


def _table(table: Table) -> dict[str, Any]:
    figures = [place for place, column in enumerate(table.columns) if column.is_figure]
    return {"heads": [column.head for column in table.columns], "rows": _rows(table), "right": figures}


def _rows(table: Table) -> list[list[str]]:
    return [list(map(as_text, row)) for row in (*table.rows, *table.sums)]


def _parts(material: Material) -> list[dict[str, Any]]:
    """Each part of the second page: its title, tables in two columns, and words under them."""
    by_section, most = [parts.sections(material), parts.elements(material)], parts.MOST_ROWS
    return [
        _part(
            "D. Laporan ketenteraman dan ketertiban",
            [[parts.categories(material, most)], [parts.villages(material, most)]],
            [content.answers(material), content.open_cases(material)],
        ),
        _part(
            "E. Kepuasan masyarakat",
            [[parts.services(material, most)], by_section],
            [*content.beside_index(material), *parts.other_services(material, most)],
        ),
        _part("F. Yang tidak dihitung", [], [content.left_out(material)]),
    ]


def _part(title: str, columns: Sequence[Sequence[Table]], said: Sequence[str]) -> dict[str, Any]:
    return {"title": title, "columns": [list(map(_small, column)) for column in columns], "said": list(said)}


def _small(table: Table) -> dict[str, Any]:
    shares = [column.share for column in table.columns]
    return {"title": table.caption, "widths": shares, "empty": table.empty} | _table(table)


def _trend(line: Line, material: Material) -> dict[str, Any]:
    """Binary floats only place the ink; what is read are the texts."""
    history = material.summary.history
    values = [month.values[line.sheet.key] for month in history]
    texts = list(map(printed, values))
    scale = _scale([*values, line.target])
    names = [MONTH_NAMES[month.month.month - 1] for month in history]
    said = "; ".join(f"{month.month.long}: {text}" for month, text in zip(history, texts, strict=True))
    return {
        "number": line.sheet.number,
        "name": line.sheet.name,
        "value": line.sheet.worth(line.result.value),
        "target_text": printed(line.aim) if line.target is not None else "",
        "sentence": content.sentence_of(line, material),
        "months": [name[:SHORT] for name in names],
        "values": [_height(value, scale) for value in values],
        "target": _height(line.target, scale),
        "texts": texts,
        "alt": f"{line.sheet.name}, dua belas bulan: {said}.",
    }


def _scale(values: Sequence[Decimal | None]) -> tuple[Decimal, Decimal]:
    known = [value for value in values if value is not None] or [Decimal(0)]
    return min(known), max(known)


def _height(value: Decimal | None, scale: tuple[Decimal, Decimal]) -> float | None:
    """From 0 at the lowest to 1 at the highest; the middle where all are alike."""
    low, high = scale
    if value is None:
        return None
    return float((value - low) / (high - low)) if high > low else 0.5
