"""Tables of what stands behind indicators 2 and 4: categories, desa, sections, services, the weakest elements."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.figures import printed
from indicators.documents.material import Material
from indicators.formulas import Settlement
from indicators.months.breakdown_parts import Part
from indicators.months.results import Index, ServiceIndex
from offices.papers.document import Cell, Column, Table
from survey.elements import ELEMENT_NAMES
from survey.scores import weakest

Each = TypeVar("Each")
UNKNOWN_VILLAGE = "Desa belum diketahui"
PART_COLUMNS = (
    Column("Diterima", 2, is_figure=True),
    Column("Selesai", 2, is_figure=True),
    Column("Persen", 2, is_figure=True),
    Column("Tidak dihitung", 2, is_figure=True),
)
INDEX_COLUMNS = (
    Column("Responden", 2, is_figure=True),
    Column("IKM", 2, is_figure=True),
    Column("Mutu"),
)
MOST_ROWS = 15  # of a table on the two pages
NOTHING_RECEIVED = "Tidak ada laporan yang diterima."
NOBODY_RATED = "Belum ada penilaian."


def categories(material: Material, most: int | None = None) -> Table:
    """Indicator 4 of each category; with `most` so many rows, the last of which is all the others together."""
    return _settled("Penyelesaian menurut jenis", "Jenis", material.breakdown.categories, most)


def villages(material: Material, most: int | None = None) -> Table:
    """The same of each desa."""
    return _settled("Penyelesaian menurut desa", "Desa", material.breakdown.villages, most)


def _settled(caption: str, head: str, parts: Sequence[Part], most: int | None) -> Table:
    kept, others = parted(parts, most, lambda each: each.settlement.received)
    rows = [_settled_row(each.name or UNKNOWN_VILLAGE, each.settlement, each.excluded) for each in kept]
    if others:
        excluded = sum(each.excluded for each in others)
        rows.append(_settled_row(f"{head} lain ({len(others)})", _together(others), excluded))
    return Table(caption, [Column(head, 5), *PART_COLUMNS], rows, empty=NOTHING_RECEIVED)


def _together(parts: Sequence[Part]) -> Settlement:
    """Of one period: every report is of one part alone."""
    counts = [each.settlement for each in parts]
    return Settlement(
        received=sum(each.received for each in counts),
        settled=sum(each.settled for each in counts),
        confirmed=sum(each.confirmed for each in counts),
        disputed=sum(each.disputed for each in counts),
    )


def parted(found: Sequence[Each], most: int | None, size: Callable[[Each], int]) -> tuple[list[Each], list[Each]]:
    """Those that `most` rows have room for beside one row for the others, the largest, in their order; the others."""
    if most is None or len(found) <= most:
        return list(found), []
    ranked = sorted(range(len(found)), key=lambda place: -size(found[place]))
    kept = set(ranked[: most - 1])
    return [each for n, each in enumerate(found) if n in kept], [each for n, each in enumerate(found) if n not in kept]


def _settled_row(name: str, counts: Settlement, excluded: int) -> Sequence[Cell]:
    return [name, counts.received, counts.settled, counts.percent, excluded]


def sections(material: Material) -> Table:
    """The index of each section's services."""
    rows = [_index_row(each.name, each.index) for each in material.breakdown.sections]
    return Table("IKM menurut seksi", [Column("Seksi", 5), *INDEX_COLUMNS], rows, empty=NOBODY_RATED)


def _index_row(name: str, index: Index) -> Sequence[Cell]:
    return [name, index.respondents, index.value, index.grade.value if index.grade else None]


def elements(material: Material) -> Table:
    """The three weakest elements of the survey."""
    columns = [
        Column("Unsur", 6),
        Column("NRR", 2, is_figure=True),
        Column("NRR × 25", 2, is_figure=True),
        Column("Mutu"),
    ]
    rows: list[Sequence[Cell]] = [
        [ELEMENT_NAMES[each.key], each.nrr, each.index, each.grade.value if each.grade else None]
        for each in weakest(material.summary.survey.elements)
    ]
    return Table("Unsur terlemah", columns, rows, empty=NOBODY_RATED)


def services(material: Material, most: int | None = None) -> Table:
    """The index of each service that was rated; with `most` those with the most respondents."""
    kept, _ = _services(material, most)
    rows = [_index_row(each.name, each.index) for each in kept]
    return Table("IKM menurut layanan", [Column("Layanan", 5), *INDEX_COLUMNS], rows, empty=NOBODY_RATED)


def other_services(material: Material, most: int) -> list[str]:
    """How many services are not among the `most`, and where they are."""
    _, others = _services(material, most)
    people = sum(each.index.respondents for each in others)
    said = f"{len(others)} layanan lain ({printed(people)} responden) ada dalam berkas XLSX dan DOCX masa ini."
    return [said] if others else []


def _services(material: Material, most: int | None) -> tuple[list[ServiceIndex], list[ServiceIndex]]:
    return parted(material.summary.survey.services, most, lambda each: each.index.respondents)
