"""Chapter IV of the report, what follows, and the annex."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from core.calendar import long_date, wib_day
from core.figures import half_up, printed
from offices.papers.document import Block, Cell, Column, Heading, Paragraph, Signing, Table, Tone
from survey.elements import ELEMENT_NAMES
from survey.figures.results import Figures
from survey.reports import words
from survey.reports.findings import index_words
from survey.reports.material import Material, PlanLine
from survey.reports.movement import movement_words
from survey.scores import INDEX_SCALE, weakest

MOST_PRINTED_ROWS = 1000  # respondents; the spreadsheet has any number of them
EACH_ROW = "Nilai per responden dan per unsur"
ONE_ROW = "Satu baris adalah satu responden. Baris tidak memuat keterangan diri, dan urutannya bukan urutan datangnya."
ONLY_SUMS = "Jumlah nilai per unsur; baris per responden ada di lembar XLSX"
ANNEX = "Pengolahan data survei kepuasan masyarakat per responden dan per unsur pelayanan"

PLAN_COLUMNS = (
    Column("No"),
    Column("Prioritas unsur", 3),
    Column("Kegiatan", 5),
    Column("Waktu", 2),
    Column("Penanggung jawab", 3),
)


def conclusions(material: Material) -> Iterator[Block]:
    """Chapter IV."""
    yield Heading(1, "BAB IV KESIMPULAN DAN REKOMENDASI")
    yield Heading(2, "A. Kesimpulan")
    yield Paragraph(_in_short(material))
    yield Heading(2, "B. Unsur yang diprioritaskan")
    yield _priorities(material)
    yield Heading(2, "C. Rencana tindak lanjut")
    yield _plan(material)
    if material.running:
        yield _running(material)
    yield Heading(2, "D. Tindak lanjut periode sebelumnya")
    yield _earlier_plan(material)
    yield Signing(
        words=f"Demikian laporan ini dibuat sebagai pertanggungjawaban kepada masyarakat {material.head.seat}.",
        place_and_day=f"{material.head.seat}, {long_date(wib_day(material.made_at))}",
        title=material.head.title,
        name=material.head.name,
        number=material.head.number,
        rank=material.head.rank,
    )


def _in_short(material: Material) -> str:
    """The whole report in a few sentences that can be read aloud."""
    said = [index_words(material.figures)]
    if material.figures.whole.respondents:
        said += [movement_words(material), _best_and_worst(material)]
    return " ".join([*said, _what_follows(material)])


def _best_and_worst(material: Material) -> str:
    scores = material.figures.whole.elements
    best = [ELEMENT_NAMES[each.key] for each in scores if each.rank == 1]
    worst = [ELEMENT_NAMES[each.key] for each in weakest(scores)]
    return f"Yang paling baik menurut warga: {_listed(best)}. Yang paling perlu dibenahi: {_listed(worst)}."


def _what_follows(material: Material) -> str:
    planned = (
        f"Rencana tindak lanjutnya memuat {len(material.plan)} kegiatan."
        if material.plan
        else (f"Rencana tindak lanjut untuk {material.figures.period.long} belum disusun.")
    )
    running = f" Dari rencana sebelumnya, {len(material.running)} kegiatan belum selesai." if material.running else ""
    return f"{planned}{running}"


def _listed(names: Sequence[str]) -> str:
    """As in "a, b, dan c"; element names may have commas of their own."""
    return names[0] if len(names) == 1 else f"{'; '.join(names[:-1])}; dan {names[-1]}"


def _priorities(material: Material) -> Table:
    rows: list[Sequence[Cell]] = [
        [
            words.element(each.element),
            each.nrr,
            each.index,
            each.grade.value,
            f"{printed(each.gap)} ke {each.next_grade.value}" if each.next_grade else None,
            words.moved(each.change),
            f"{printed(each.raised.index)} ({each.raised.grade.value})",
        ]
        for each in material.priorities
    ]
    columns = [
        Column("Unsur", 4),
        Column("NRR", 2, is_figure=True),
        Column("NRR × 25", 3, is_figure=True),
        Column("Mutu", 2),
        Column("Kurangnya ke mutu di atasnya", 3, is_figure=True),
        Column("Perubahan", 5),
        Column("IKM bila NRR unsur naik 1", 3, is_figure=True),
    ]
    return Table("Tiga unsur terendah", columns, rows, empty="Belum ada penilaian, jadi belum ada prioritas.")


def _plan(material: Material) -> Table:
    empty = f"Rencana tindak lanjut untuk {material.figures.period.long} belum disusun."
    return Table("Rencana tindak lanjut", PLAN_COLUMNS, _plan_rows(material.plan), empty=empty)


def _running(material: Material) -> Table:
    rows = [[*row, _became(line)] for row, line in zip(_plan_rows(material.running), material.running, strict=True)]
    columns = [*PLAN_COLUMNS, Column("Keadaan", 3)]
    return Table("Kegiatan dari rencana sebelumnya yang belum selesai", columns, rows)


def _plan_rows(lines: Sequence[PlanLine]) -> list[list[Cell]]:
    return [[str(number), _about(line), line.action, line.due, line.owner] for number, line in enumerate(lines, 1)]


def _earlier_plan(material: Material) -> Table:
    columns = [
        Column("No"),
        Column("Unsur", 3),
        Column("Kegiatan", 4),
        Column("Waktu", 2),
        Column("Keadaan dan hasil", 4),
        Column("Nilai unsur sesudahnya", 3),
    ]
    rows = [
        [str(number), _about(line), line.action, line.due, _became(line), _measured(line)]
        for number, line in enumerate(material.earlier_plan, 1)
    ]
    empty = f"Tidak ada rencana tindak lanjut yang tercatat dari {material.earlier_plan_of.long}."
    return Table(f"Tindak lanjut dari {material.earlier_plan_of.long}", columns, rows, empty=empty)


def _about(line: PlanLine) -> str:
    return f"{line.element} ({line.service})" if line.service else line.element


def _measured(line: PlanLine) -> str:
    return words.moved(line.change) if line.change else "belum dapat diukur"


def _became(line: PlanLine) -> str:
    return f"{line.status}. {line.result}" if line.result else f"{line.status}."


def annex(material: Material) -> Iterator[Block]:
    """Rows of respondents, then the sums."""
    yield Heading(1, "LAMPIRAN")
    yield Heading(2, ANNEX)
    if material.rows is None:
        n = printed(material.figures.whole.respondents)
        yield Paragraph(
            f"Respondennya {n}, lebih banyak daripada {printed(MOST_PRINTED_ROWS)}. Di sini dicetak jumlahnya; semua "
            "baris responden ada dalam berkas XLSX laporan ini.",
            Tone.NOTE,
        )
    else:
        yield Paragraph(ONE_ROW, Tone.NOTE)
        yield from differing(len(material.rows), material.figures)
    title, head = (ONLY_SUMS, "Jumlah") if material.rows is None else (EACH_ROW, "No")
    columns = [Column(head, 5), *(Column(name, 2, is_figure=True) for name in words.NUMBERS.values())]
    yield Table(title, columns, annex_rows(material), annex_sums(material))


def differing(rows: int, figures: Figures) -> Iterator[Paragraph]:
    """Says so where ratings came in at the very moment of counting."""
    if rows != figures.whole.respondents:
        n = printed(figures.whole.respondents)
        yield Paragraph(
            f"Di sini ada {printed(rows)} baris, sedangkan yang dihitung {n} responden: ada penilaian yang masuk "
            "ketika angka dihitung. Malam berikutnya angka dihitung lagi.",
            Tone.NOTE,
        )


def annex_rows(material: Material) -> list[Sequence[Cell]]:
    """The respondents' rows, numbered; none where they are too many."""
    return [[number, *map(_mean, each.answers)] for number, each in enumerate(material.rows or (), 1)]


def _mean(answer: Fraction) -> int | Decimal:
    return int(answer) if answer.denominator == 1 else half_up(answer, 2)


def annex_sums(material: Material) -> list[Sequence[Cell]]:
    """Σ, NRR and weighted NRR of each element; then the index, in the first column, and nothing beside it."""
    scores = material.figures.whole.elements
    blank: list[Cell] = [""] * (len(scores) - 1)
    total, mean, weighted, index = annex_sum_heads(material.figures)
    return [
        [total, *(each.sum for each in scores)],
        [mean, *(each.nrr for each in scores)],
        [weighted, *(each.weighted for each in scores)],
        [index, material.figures.whole.index, *blank],
    ]


def annex_sum_heads(figures: Figures) -> Sequence[str]:
    """What the annex's last rows are called."""
    return (
        "ΣNilai/unsur",
        "NRR/unsur",
        f"NRR tertimbang/unsur (× {figures.weight.printed})",
        f"IKM (Σ NRR tertimbang × {INDEX_SCALE})",
    )
