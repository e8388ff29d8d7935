"""Tables and lists that several documents of a period have: the sheet, the notes, what was left out, what is late."""

from collections.abc import Iterator, Sequence

from complaints.terms import EXCLUSION_LABELS
from core.calendar import Month
from core.figures import printed
from indicators.documents import sentences, words
from indicators.documents.material import Material
from indicators.months.results import Line
from indicators.pages import words as page_words
from indicators.registers.note_queries import Note
from indicators.sheet import SHEET, SheetRow
from offices.papers.document import Cell, Column, Table
from offices.papers.legible import legible

TITLE = "Ringkasan Capaian Indikator Kinerja Utama"
SHEET_COLUMNS = (
    Column("No"),
    Column("Sasaran", 5),
    Column("IKU", 6),
    Column("Satuan", 2),
    Column("Target", 2, is_figure=True),
    Column("Realisasi", 3, is_figure=True),
    Column("Capaian (%)", 2, is_figure=True),
    Column("Predikat", 3),
    Column("Penanggung jawab", 5),
    Column("Sumber data", 4),
)
SHORT = (0, 2, 3, 4, 5, 6, 7)
SHORT_COLUMNS = {
    0: Column("No", 2),
    2: Column("IKU", 9),
    3: Column("Satuan", 3),
    4: Column("Target", 3, is_figure=True),
    6: Column("Capaian (%)", 3, is_figure=True),
    7: Column("Predikat", 4),
}
NOTE_HEADS = ("IKU", "Analisis", "Kendala", "Tindak lanjut")
LONGEST_NOTE = 160  # letters on the two pages; the text document has all of it
NOTES_ELSEWHERE = "Catatan di atas dipendekkan; selengkapnya dalam Bab III LKjIP (berkas DOCX masa ini)."
NO_NOTES = "Belum ada catatan penanggung jawab untuk masa ini."
NOBODY_LATE = "Tidak ada yang lewat tenggat."


def sheet(material: Material) -> Table:
    """The six rows of the office's sheet, with all ten columns."""
    rows = [_sheet_row(line, material) for line in material.summary.lines]
    return Table(f"Lembar IKU, {material.period.long}", SHEET_COLUMNS, rows)


def short_sheet(material: Material) -> Table:
    """The same with the columns of figures alone, for paper that stands upright."""
    columns = [SHORT_COLUMNS.get(place, SHEET_COLUMNS[place]) for place in SHORT]
    rows = [[_sheet_row(line, material)[place] for place in SHORT] for line in material.summary.lines]
    return Table(f"Target dan realisasi IKU, {material.period.long}", columns, rows)


def _sheet_row(line: Line, material: Material) -> Sequence[Cell]:
    sheet, result = line.sheet, line.result
    figures = (line.aim, result.value, result.achievement)
    about = (sheet.responsible, words.source(line, material))
    return [str(sheet.number), sheet.goal, sheet.name, sheet.unit_word, *figures, result.predicate_word, *about]


def notes(material: Material) -> Table:
    """What the responsible say of each indicator."""
    return _notes([(row, *said) for row in SHEET for said in material.said(row.key)], material, None)


def short_notes(material: Material) -> Table:
    """The beginning of what they said last of each."""
    return _notes([(row, *said) for row in SHEET for said in material.said(row.key)[-1:]], material, LONGEST_NOTE)


def notes_cut(material: Material) -> str:
    """Where the rest is of what the two pages have only the beginning of; "" where nothing is missing."""
    whole = [row[1:] for row in notes(material).rows]
    return NOTES_ELSEWHERE if whole != [row[1:] for row in short_notes(material).rows] else ""


def _notes(rows: Sequence[tuple[SheetRow, Month, Note]], material: Material, most: int | None) -> Table:
    cells = [[_about(row.number, row.name, month, material), *said(note, most)] for row, month, note in rows]
    return Table("Catatan penanggung jawab", [Column(head, 3) for head in NOTE_HEADS], cells, empty=NO_NOTES)


def _about(number: int, name: str, month: Month, material: Material) -> str:
    return f"{number}. {name}" if material.period.length == 1 else f"{number}. {name} ({month.long})"


def said(note: Note, most: int | None = None) -> tuple[str, str, str]:
    """Analysis, obstacle and follow-up as they can be printed; "–" where nothing was said."""
    analysis, obstacle, follow_up = (
        legible(text, most) or printed(None) for text in (note.analysis, note.obstacle, note.follow_up)
    )
    return analysis, obstacle, follow_up


def left_out(material: Material) -> str:
    """What was not counted, each kind with its number."""
    order, survey = material.summary.order, material.summary.survey
    kinds = "; ".join(f"{EXCLUSION_LABELS[kind]} {printed(count)}" for kind, count in order.excluded.items())
    total = printed(sum(order.excluded.values()))
    held = f" Masih ditahan untuk ditinjau, dan ikut dihitung: {printed(order.held)}." if order.held else ""
    return (
        f"Laporan yang tidak dihitung: {total} ({kinds}). Penilaian yang dikeluarkan: {printed(survey.excluded)}."
        f"{held}{_all_ratings(material)}"
    )


def _all_ratings(material: Material) -> str:
    survey = material.summary.survey
    if not survey.excluded:
        return ""
    return f" IKM dengan semua penilaian: {printed(survey.everything.value)}."


def beside_index(material: Material) -> Iterator[str]:
    """What stands beside indicator 2: the weight, the interval, the sample, and the other index."""
    summary = material.summary
    survey, outside = summary.survey, summary.registered.outside
    weight = f"Bobot setiap unsur {survey.weight.printed}."
    exact = f" Dengan bobot 1/9: {printed(survey.exact)}." if survey.exact is not None else ""
    interval = f" Selang kepercayaan 95%: {'–'.join(map(printed, survey.interval95))}." if survey.interval95 else ""
    yield f"{weight}{exact}{interval}"
    if outside:
        mine, theirs = printed(survey.index.value), printed(outside.value)
        which = "SUKMA-E" if summary.is_outside else "survei kantor"
        yield f"IKM survei kantor {mine}; indeks SUKMA-E {theirs}. Yang menjadi IKU 2: {which}."
    elif summary.is_outside:
        yield page_words.outside_words(summary)


def late(material: Material) -> list[str]:
    """What should have been done by now."""
    still = material.breakdown.open
    unsaid = [f"IKU {row.number} ({row.responsible})" for row in SHEET if row.key in material.late]
    said = [f"Catatan yang belum diisi: {'; '.join(unsaid)}."] if unsaid else []
    if still.late:
        said.append(
            f"{printed(still.late)} dari {printed(still.count)} laporan yang masih terbuka lewat tenggat selesai."
        )
    if still.unanswered:
        said.append(f"{printed(still.unanswered)} laporan belum ditanggapi meski tenggatnya lewat.")
    return said


def open_cases(material: Material) -> str:
    """How many reports were open at the end, and how old they were."""
    still = material.breakdown.open
    if not still.count:
        return "Tidak ada laporan yang masih terbuka pada akhir masa."
    waiting = f", {printed(still.waiting)} di antaranya menunggu pelapor" if still.waiting else ""
    return (
        f"Masih terbuka pada akhir masa: {printed(still.count)} laporan{waiting}. Umurnya: setengahnya paling lama "
        f"{printed(still.p50)} hari kerja, 90% paling lama {printed(still.p90)} hari kerja."
    )


def answers(material: Material) -> str:
    """What became of the settled reports in the eyes of who reported them."""
    counts = material.summary.order.settlement
    return (
        f"Dari {printed(counts.settled)} laporan selesai: {printed(counts.confirmed)} dibenarkan pelapor, "
        f"{printed(counts.silent)} tanpa jawaban, {printed(counts.disputed)} disanggah."
    )


def sentence_of(line: Line, material: Material) -> str:
    """The one sentence beside the line of twelve months."""
    return sentences.sentence(line.sheet.key, material)
