"""The index as a poster for a wall and as a square picture. Small groups stay hidden, as everywhere outside."""

from collections.abc import Sequence
from typing import Any

from core import pdf as documents
from core.calendar import long_moment
from core.errors import Refused
from core.figures import printed
from offices.models import Office
from offices.papers.document import as_text
from survey.figures.disclosure import TOGETHER
from survey.figures.groups import Dimension
from survey.figures.results import Figures
from survey.reports import words

TEMPLATE = "poster-ikm"
PAPERS = ("a4", "a3")
SQUARE = "square"  # 1080 × 1080 pixels
HEADING = "Indeks Kepuasan Masyarakat"
THANKS = "Terima kasih atas penilaian Anda. Masukan Anda membuat pelayanan kami terus membaik."
NOT_SHOWN = "*"
HIDING = "* disembunyikan, supaya kelompok kecil tidak dapat dikenali"
NOBODY = "Belum ada penilaian"
GROUPS = ((Dimension.SEX, "jenis kelamin"), (Dimension.EDUCATION, "pendidikan"))


def pdf(figures: Figures, office: Office, paper: str = PAPERS[0]) -> bytes:
    """The poster, tagged, on "a4" or "a3". Raises Refused for another paper."""
    if paper not in PAPERS:
        raise Refused("Kertasnya a4 atau a3.", "kertas")
    return documents.compile(TEMPLATE, _data(figures, office, paper))


def png(figures: Figures, office: Office) -> bytes:
    """The square picture; `alt` says in words what it shows."""
    return documents.picture(TEMPLATE, _data(figures, office, SQUARE))


def alt(figures: Figures, office: Office) -> str:
    """All that the poster says, for those who can't see it."""
    period = f"{HEADING} {office.name}, {figures.period.long}"
    if figures.whole.index is None:
        return f"{period}: belum ada penilaian."
    said = [f"{period}: {printed(figures.whole.index)}, mutu {words.quality(figures.whole)}", _respondents(figures)]
    for dimension, title in GROUPS:
        rows = [" ".join(row) for row in _rows(figures, dimension) if row[1] != NOT_SHOWN]
        said += [f"Menurut {title}: {', '.join(rows)}"] if rows else []
    return f"{'. '.join(said)}."


def _data(figures: Figures, office: Office, paper: str) -> dict[str, Any]:
    whole = figures.whole
    groups = [{"title": f"Menurut {title}", "rows": _rows(figures, dimension)} for dimension, title in GROUPS]
    return {
        "paper": paper,
        "title": f"{HEADING} {office.name} {figures.period.long}",
        "government": f"Pemerintah {office.regency}",
        "office": office.name,
        "demo": "Data contoh: semua angka ini karangan." if office.invented else "",
        "heading": HEADING,
        "period": figures.period.long,
        "index": printed(whole.index),
        "grade": whole.grade.value if whole.grade else "",
        "word": whole.grade.label if whole.grade else "",
        "none": NOBODY,
        "respondents": _respondents(figures),
        "services": _services(figures),
        "groups": groups,
        "hiding": HIDING if any(row[1] == NOT_SHOWN for one in groups for row in one["rows"]) else "",
        "thanks": THANKS,
        "foot": _foot(figures),
    }


def _respondents(figures: Figures) -> str:
    return f"{printed(figures.whole.respondents)} responden" if figures.whole.respondents else NOBODY


def _services(figures: Figures) -> str:
    if len(figures.services) == 1:
        return f"Layanan: {figures.services[0].name}"
    return f"Semua layanan ({len(figures.services)} yang dinilai)" if figures.services else "Semua layanan"


def _rows(figures: Figures, dimension: Dimension) -> Sequence[tuple[str, str]]:
    """Each group's name and how many. Those hidden stand in one row together; NOT_SHOWN for each only where there is no
    such row, or it would be everybody. What was left out has a row only where it is shown.
    """
    rows = [(str(name), cell) for name, cell, *_ in words.profile(figures, dimension, "kelompok").rows]
    together = next((each.scored for each in figures.groups.get(dimension, ()) if each.code == TOGETHER), None)
    if together and together.respondents < figures.whole.respondents:
        rows = [(name, cell) for name, cell in rows if cell not in {0, words.HIDDEN}]
    elif together:
        rows = rows[:-1]
    return [
        (name, NOT_SHOWN if cell == words.HIDDEN else as_text(cell))
        for name, cell in rows
        if name != words.UNSAID or cell not in {0, words.HIDDEN}
    ]


def _foot(figures: Figures) -> str:
    short = f" {words.FEW[0].upper()}{words.FEW[1:]}." if figures.is_sample_short else ""
    counted = f"Dihitung {long_moment(figures.as_of)}." if figures.as_of else "Belum pernah dihitung."
    only = f"{words.only_in(figures)} " if words.only_in(figures) else ""
    return f"{only}Survei Kepuasan Masyarakat, Permenpan RB 14 Tahun 2017. {counted}{short}"
