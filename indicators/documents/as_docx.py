"""The chapter on performance for the office's LKjIP, as a text document to edit (Permenpan RB 53/2014, BAB III)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from sqlalchemy.orm import Session

from core.figures import NO_FIGURE, printed
from core.periods import Period
from indicators.documents import content, parts, sentences, words
from indicators.documents.gathering import gather
from indicators.documents.material import Material
from indicators.formulas import Predicate
from indicators.locks.shown import shown
from indicators.months.results import Line, Summary
from indicators.sheet import Indicator
from offices.models import Office
from offices.papers import as_docx
from offices.papers.document import (
    Block,
    Cell,
    Chart,
    Column,
    Cover,
    Document,
    Heading,
    Paragraph,
    Series,
    Shape,
    Table,
    Tone,
)
from survey.reports.words import signed

TITLE = "Bahan Laporan Kinerja Instansi Pemerintah (LKjIP)"
CHAPTER = "BAB III AKUNTABILITAS KINERJA"
YEAR = 12  # months
FULL = Decimal(100)
TARGET = "Target"
FAR_APART = Decimal(15)


def chapter(
    session: Session, office: Office, period: Period, version: int | None = None, as_of: datetime | None = None
) -> bytes:
    """The chapter of a period, beside the same months a year earlier."""
    before = shown(session, office, year_before(period), as_of=as_of)
    return as_docx.made(compose(gather(session, office, period, version, as_of), before.whole.summary))


def year_before(period: Period) -> Period:
    """The same months a year earlier."""
    return Period(period.first.minus(YEAR), period.last.minus(YEAR))


def compose(material: Material, before: Summary) -> Document:
    """The chapter as plain values."""
    return Document(
        letterhead=material.letterhead,
        cover=Cover(TITLE, material.letterhead.name, material.period.long, words.standing(material)),
        running=words.running(material, TITLE),
        made_at=material.moment,
        blocks=[*_opening(material), *_analysis(material, before), *_limits(material)],
    )


def _opening(material: Material) -> Iterator[Block]:
    yield Heading(1, CHAPTER)
    yield Heading(2, "A. Capaian indikator kinerja utama")
    yield Paragraph(
        f"Bagian ini membandingkan target dan realisasi enam indikator kinerja utama (IKU) {material.letterhead.name} "
        f"pada {material.period.long}. Capaian = realisasi ÷ target × 100, dibulatkan satu kali, setengah ke atas, "
        "sampai dua angka di belakang koma."
    )
    yield Paragraph(f"Predikat menurut capaian: {words.steps(material.thresholds)}.")
    yield content.short_sheet(material)
    yield _achievements(material.summary)
    yield Paragraph(_in_short(material.summary))


def _achievements(summary: Summary) -> Chart:
    values = [line.result.achievement for line in summary.lines]
    known = [value for value in values if value is not None]
    return Chart(
        shape=Shape.BARS,
        title="Capaian enam IKU (%)",
        labels=[f"{line.sheet.number}. {line.sheet.name}" for line in summary.lines],
        series=[Series("Capaian (%)", values, list(map(printed, values)))],
        low=Decimal(0),
        high=max([*known, FULL]).to_integral_value(ROUND_CEILING),
    )


def _in_short(summary: Summary) -> str:
    found = [line.result.predicate for line in summary.lines]
    counts = [(each.label, found.count(each)) for each in Predicate if each in found]
    said = [f"{printed(count)} berpredikat {label}" for label, count in counts]
    missing = found.count(None)
    said += [f"{printed(missing)} belum dapat dinilai karena belum ada target atau realisasinya"] if missing else []
    return f"Dari enam IKU, {', '.join(said)}."


def _analysis(material: Material, before: Summary) -> Iterator[Block]:
    yield Heading(2, "B. Analisis capaian kinerja")
    for line in material.summary.lines:
        yield from _indicator(line, material, before)


def _indicator(line: Line, material: Material, before: Summary) -> Iterator[Block]:
    sheet = line.sheet
    yield Heading(3, f"{sheet.number}. {sheet.name}")
    source = words.source(line, material)
    data = f" Sumber data: {source}." if source != NO_FIGURE else ""
    yield Paragraph(f"Sasaran: {sheet.goal}. Penanggung jawab: {sheet.responsible}.{data}")
    yield _beside_last_year(line, material.period, before)
    yield Paragraph(
        f"{sentences.sentence(sheet.key, material)} {_since_last_year(line, before)} Cara menghitung: "
        f"{sentences.formula(sheet.key, material)} Hitungannya: {sentences.calculation(sheet.key, material)}."
    )
    if any(month.values[sheet.key] is not None for month in material.summary.history):
        yield _months(line, material.summary)
    yield from _notes(line, material)


def _beside_last_year(line: Line, period: Period, before: Summary) -> Table:
    earlier = before.line(line.sheet.key)
    columns = [
        Column("Uraian", 4),
        Column(before.period.long, 3, is_figure=True),
        Column(period.long, 3, is_figure=True),
    ]
    rows: list[Sequence[Cell]] = [
        [TARGET, earlier.aim, line.aim],
        ["Realisasi", earlier.result.value, line.result.value],
        ["Capaian (%)", earlier.result.achievement, line.result.achievement],
        ["Predikat", earlier.result.predicate_word, line.result.predicate_word],
    ]
    return Table(f"{line.sheet.name}, dibanding masa yang sama tahun lalu", columns, rows)


def _since_last_year(line: Line, before: Summary) -> str:
    earlier, now = before.line(line.sheet.key).result.value, line.result.value
    if earlier is None or now is None:
        return f"Belum dapat dibandingkan dengan {before.period.long}."
    if earlier == now:
        return f"Sama dengan {before.period.long} ({printed(earlier)})."
    return f"Dibanding {before.period.long} ({printed(earlier)}) selisihnya {signed(now - earlier)}."


def _months(line: Line, summary: Summary) -> Chart:
    values = [month.values[line.sheet.key] for month in summary.history]
    known = [value for value in (*values, line.target) if value is not None]
    low, high = _ends(min(known), max(known))
    return Chart(
        shape=Shape.LINE,
        title=f"{line.sheet.name}, dua belas bulan terakhir",
        labels=[month.month.short for month in summary.history],
        series=[Series(line.sheet.name, values, list(map(printed, values)))],
        low=low if low < high else max(low - 1, Decimal(0)),
        high=high if low < high else high + 1,
        bounds=[None] * len(values),
        marks=[(line.target, f"{TARGET} {printed(line.aim)}")] if line.target is not None else [],
        is_low=True,
    )


def _ends(lowest: Decimal, highest: Decimal) -> tuple[Decimal, Decimal]:
    """Round numbers around what is drawn: whole ones, or tens where the figures lie far apart."""
    step = Decimal(10) if highest - lowest > FAR_APART else Decimal(1)
    low, high = (lowest / step).to_integral_value(ROUND_FLOOR), (highest / step).to_integral_value(ROUND_CEILING)
    return low * step, high * step


def _notes(line: Line, material: Material) -> Iterator[Block]:
    """Of one month in paragraphs, of several in a table."""
    found = material.said(line.sheet.key)
    if material.period.length > 1 or not found:
        yield _notes_by_month(line.sheet.key, material)
        return
    for head, text in zip(content.NOTE_HEADS[1:], content.said(found[0][1]), strict=True):
        yield Paragraph(f"{head}: {text}")


def _notes_by_month(key: Indicator, material: Material) -> Table:
    heads = ("Bulan", *content.NOTE_HEADS[1:])
    columns = [Column(head, 2 if place == 0 else 4) for place, head in enumerate(heads)]
    rows = [[month.long, *content.said(note)] for month, note in material.said(key)]
    return Table("Catatan penanggung jawab", columns, rows, empty=content.NO_NOTES)


def _limits(material: Material) -> Iterator[Block]:
    yield Heading(2, "C. Rincian dan batasan data")
    yield parts.categories(material)
    yield parts.villages(material)
    yield Paragraph(f"{content.answers(material)} {content.open_cases(material)}")
    yield parts.sections(material)
    yield parts.services(material)
    yield parts.elements(material)
    yield Paragraph(" ".join(content.beside_index(material)))
    yield Paragraph(content.left_out(material))
    yield Paragraph(f"{words.standing(material)} {words.proof(material)}", Tone.NOTE)
