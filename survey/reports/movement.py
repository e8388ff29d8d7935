"""Chapter III's part on change: since the period before, and from period to period."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil, floor

from core.figures import printed
from core.periods import Period
from offices.papers.document import Block, Chart, Column, Heading, Paragraph, Series, Shape, Table, Tone
from survey.elements import ELEMENT_NAMES
from survey.figures.results import Scored
from survey.reports import words
from survey.reports.material import Material
from survey.scores import GRADE_BANDS

NEW_QUESTIONS = "Kuesioner berganti di antara periode-periode ini, jadi perubahan dapat berasal dari pertanyaannya."


def movement(material: Material) -> Iterator[Block]:
    """From the period before, and over the periods before that."""
    figures, earlier = material.figures, material.earlier
    yield Heading(2, "F. Perubahan dari periode sebelumnya")
    yield Paragraph(movement_words(material))
    columns = [Column("Periode", 6), *words.INDEX_COLUMNS]
    rows = [words.scored_row(each.period.long, each.whole) for each in (earlier, figures)]
    yield Table("Dibandingkan dengan periode sebelumnya", columns, rows)
    if earlier.whole.respondents and figures.whole.respondents:
        yield _element_changes(material)
    if sum(each.index is not None for _, each in material.history.periods) > 1:
        yield _trend(material.history.periods)
    yield Table(
        "IKM dari periode ke periode", columns, [words.scored_row(p.long, each) for p, each in material.history.periods]
    )
    if material.history.is_across_editions:
        yield Paragraph(NEW_QUESTIONS, Tone.NOTE)


def movement_words(material: Material) -> str:
    """The change of the index in a sentence."""
    before = material.earlier
    since, index = before.period.long, printed(before.whole.index)
    if material.change is None:
        return f"Perubahan dari {since} tidak dapat dihitung: salah satu periode kurang dari dua responden."
    return f"Dibandingkan dengan {since} (IKM {index}), IKM {words.moved(material.change)}."


def _element_changes(material: Material) -> Table:
    earlier = {each.key: each.nrr for each in material.earlier.whole.elements}
    rows = [
        [words.NUMBERS[each.key], ELEMENT_NAMES[each.key], earlier[each.key], each.nrr,
         words.moved(material.element_changes.get(each.key))]
        for each in material.figures.whole.elements
    ]  # fmt: skip
    columns = [
        Column("No"),
        Column("Unsur", 5),
        Column("NRR sebelumnya", 3, is_figure=True),
        Column("NRR sekarang", 3, is_figure=True),
        Column("Perubahan (NRR × 25)", 7),
    ]
    return Table("Perubahan setiap unsur", columns, rows)


def _trend(history: Sequence[tuple[Period, Scored]]) -> Chart:
    values = [each.index for _, each in history]
    bounds = [each.interval95 for _, each in history]
    ends = [bound for pair in bounds if pair for bound in pair] + [value for value in values if value is not None]
    low, high = Decimal(floor(min(ends) / 5) * 5), Decimal(ceil(max(ends) / 5) * 5)
    return Chart(
        shape=Shape.LINE,
        title="IKM dari periode ke periode, dengan selang kepercayaan 95%",
        labels=[period_short(period) for period, _ in history],
        series=[Series("IKM", values, [printed(value) for value in values])],
        low=low if low < high else low - 5,
        high=high,
        bounds=bounds,
        marks=[(band.lowest, f"mutu {band.grade.value}") for band in GRADE_BANDS if low < band.lowest < high],
    )


def period_short(period: Period) -> str:
    """As under a chart: "Okt 26", "TW IV 26", "Sem II 26", "2026"."""
    if period.length == 12:
        return period.long.removeprefix("Tahun ")
    *words_, year = period.long.split()
    first = {"Triwulan": "TW", "Semester": "Sem"}.get(words_[0], words_[0][:3])
    return " ".join([first, *words_[1:], year[2:]])
