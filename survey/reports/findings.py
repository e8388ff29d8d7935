"""Chapter III of the report: what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from core.figures import half_up, printed
from offices.papers.document import Block, Cell, Chart, Column, Heading, Paragraph, Series, Shape, Table, Tone
from survey.elements import ELEMENT_NAMES, OFFICIAL_ORDER
from survey.figures.groups import Dimension
from survey.figures.nesting import SMALLEST
from survey.figures.results import Figures
from survey.questionnaire import ANSWERS
from survey.reports import words
from survey.reports.material import Material
from survey.reports.movement import movement
from survey.scores import DEFAULT_WEIGHT

PROFILES = (
    (Dimension.SEX, "jenis kelamin"),
    (Dimension.AGE_BAND, "umur"),
    (Dimension.EDUCATION, "pendidikan"),
    (Dimension.OCCUPATION, "pekerjaan"),
)
FEW_OF_A_SERVICE = (
    "Angka layanan dengan kurang dari 10 responden hanya untuk dipakai di dalam kantor; pada hasil yang diumumkan "
    "angkanya disembunyikan."
)


def findings(material: Material) -> Iterator[Block]:
    """Chapter III."""
    yield Heading(1, "BAB III HASIL SURVEI")
    yield from _index(material)
    yield Heading(2, "B. Responden")
    for dimension, title in PROFILES:
        yield words.profile(material.figures, dimension, title)
    yield Paragraph(words.HIDING, Tone.NOTE)
    yield from _by_element(material)
    yield from _answers(material.figures)
    yield from _by_service(material.figures)
    yield from movement(material)
    yield from _said(material)


def _index(material: Material) -> Iterator[Block]:
    figures = material.figures
    yield Heading(2, "A. Indeks Kepuasan Masyarakat")
    yield Paragraph(index_words(figures), Tone.LEAD)
    columns = [Column("Yang dihitung", 6), *words.INDEX_COLUMNS]
    yield Table("Indeks Kepuasan Masyarakat", columns, _index_rows(figures))
    yield Paragraph(_excluded_words(figures), Tone.NOTE)


def index_words(figures: Figures) -> str:
    """The index in a sentence."""
    whole = figures.whole
    if whole.index is None:
        return f"Belum ada penilaian pada {figures.period.long}, jadi IKM belum ada (–)."
    short = f" ({words.FEW})" if figures.is_sample_short else ""
    return (
        f"IKM {figures.period.long} adalah {printed(whole.index)}, mutu {words.quality(whole)}, "
        f"dari {printed(whole.respondents)} responden{short}."
    )


def _index_rows(figures: Figures) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [words.scored_row("IKM yang diumumkan", figures.whole)]
    if figures.weight != DEFAULT_WEIGHT:
        rows.append(["IKM dengan bobot 1/9", figures.whole.respondents, figures.exact, None, None])
    rows.append(words.scored_row("Termasuk penilaian yang dikeluarkan", figures.everything))
    rows.append(words.verified_row("Hanya responden yang terbukti berkunjung", figures))
    return rows


def _excluded_words(figures: Figures) -> str:
    if not figures.excluded:
        return "Tidak ada penilaian yang dikeluarkan."
    return (
        f"{printed(figures.excluded)} penilaian dikeluarkan oleh petugas yang tercatat namanya, dengan alasan "
        "tertulis. Tidak ada penilaian yang dikeluarkan oleh mesin."
    )


def _by_element(material: Material) -> Iterator[Block]:
    figures = material.figures
    scores = figures.whole.elements
    yield Heading(2, "C. Nilai setiap unsur")
    yield Chart(
        shape=Shape.BARS,
        title=f"Nilai rata-rata (NRR) setiap unsur, {figures.period.long}",
        labels=[words.element(each.key) for each in scores],
        series=[Series("NRR", [each.nrr for each in scores], [printed(each.nrr) for each in scores])],
        low=Decimal(1),
        high=Decimal(4),
    )
    rows: list[Sequence[Cell]] = [
        [words.NUMBERS[each.key], ELEMENT_NAMES[each.key], each.sum, each.nrr, each.weighted, each.grade, each.rank]
        for each in scores
    ]
    columns = [
        Column("No"),
        Column("Unsur", 6),
        Column("Jumlah nilai", 2, is_figure=True),
        Column("NRR", 2, is_figure=True),
        Column("NRR tertimbang", 3, is_figure=True),
        Column("Mutu", 2),
        Column("Urutan", 2, is_figure=True),
    ]
    sums: list[Sequence[Cell]] = [["", "IKM", "", "", figures.whole.index, figures.whole.grade, ""]]
    yield Table("Nilai setiap unsur", columns, rows, sums)
    yield Paragraph("Urutan 1 adalah unsur terbaik; unsur yang sama nilainya mendapat urutan yang sama.", Tone.NOTE)


def _answers(figures: Figures) -> Iterator[Block]:
    counts = {key: [_count(figures.answers[key], answer) for answer in ANSWERS] for key in OFFICIAL_ORDER}
    total = figures.whole.respondents
    yield Heading(2, "D. Sebaran jawaban")
    if total:
        shares = [[words.percent(counts[key][n], total) for key in OFFICIAL_ORDER] for n in range(len(ANSWERS))]
        yield Chart(
            shape=Shape.PARTS,
            title=f"Sebaran jawaban setiap unsur (persen responden), {figures.period.long}",
            labels=[words.element(key) for key in OFFICIAL_ORDER],
            series=[
                Series(f"Jawaban {n}", values, [f"{printed(value)}%" for value in values])
                for n, values in enumerate(shares, 1)
            ],
            low=Decimal(0),
            high=Decimal(100),
        )
    columns = [Column("No"), Column("Unsur", 6), *(Column(f"Jawaban {n}", 2, is_figure=True) for n in ANSWERS)]
    rows: list[Sequence[Cell]] = [[words.NUMBERS[key], ELEMENT_NAMES[key], *counts[key]] for key in OFFICIAL_ORDER]
    yield Table("Banyaknya responden menurut jawaban", columns, rows)
    yield Table("Persen responden menurut jawaban", columns, [
        [words.NUMBERS[key], ELEMENT_NAMES[key], *(words.percent(count, total) for count in counts[key])]
        for key in OFFICIAL_ORDER
    ])  # fmt: skip
    if any(answer.denominator > 1 for means in figures.answers.values() for answer in means):
        yield Paragraph("Rata-rata beberapa pertanyaan dalam satu unsur dibulatkan ke jawaban terdekat.", Tone.NOTE)


def _count(means: Mapping[Fraction, int], answer: int) -> int:
    """How many gave that answer to the element, means of several items at the nearest."""
    return sum(count for mean, count in means.items() if half_up(mean, 0) == answer)


def _by_service(figures: Figures) -> Iterator[Block]:
    yield Heading(2, "E. Menurut layanan dan seksi")
    for title, column, rows in (
        ("Hasil menurut layanan", "Layanan", figures.services),
        ("Hasil menurut seksi", "Seksi", figures.sections),
    ):
        columns = [Column(column, 6), *words.INDEX_COLUMNS]
        yield Table(title, columns, [words.scored_row(each.name, each) for each in rows], empty="Belum ada penilaian.")
    if any(each.respondents < SMALLEST for each in figures.services):
        yield Paragraph(FEW_OF_A_SERVICE, Tone.NOTE)


def _said(material: Material) -> Iterator[Block]:
    said = material.said
    yield Heading(2, "G. Saran dan masukan")
    if not said.count:
        yield Paragraph("Belum ada saran yang tertulis pada periode ini.")
        return
    yield Paragraph(f"{printed(said.count)} responden menulis saran.")
    if said.themes:
        columns = [
            Column("Tema", 6),
            Column("Banyaknya", 2, is_figure=True),
            Column("Sudah ditangani", 2, is_figure=True),
        ]
        yield Table("Saran menurut tema", columns, list(said.themes))
    if said.quotes:
        yield Paragraph("Beberapa saran, seperti ditulis responden:")
    for quote in said.quotes:
        yield Paragraph(f"“{quote}”", Tone.POINT)
