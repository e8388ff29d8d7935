"""Makes the report once, as plain values, for every form it is handed over in."""

from core.figures import printed
from offices.papers.document import Cover, Document
from survey.reports import words
from survey.reports.closing import annex, conclusions
from survey.reports.findings import findings
from survey.reports.material import Material
from survey.reports.opening import introduction, methods

TITLE = "Laporan Survei Kepuasan Masyarakat"
TEMPLATE = "laporan-skm"


def compose(material: Material) -> Document:
    """The whole report."""
    period = material.figures.period.long
    return Document(
        letterhead=material.letterhead,
        cover=_cover(material),
        running=f"{TITLE} · {material.letterhead.name} · {period} · sementara, versi {words.VERSION}",
        made_at=material.made_at,
        blocks=[*introduction(material), *methods(material), *findings(material), *conclusions(material)],
        annex=list(annex(material)),
    )


def _cover(material: Material) -> Cover:
    figures = material.figures
    facts = [
        ("Responden", printed(figures.whole.respondents)),
        ("Selang kepercayaan 95%", words.interval(figures.whole)),
        ("Perubahan dari periode sebelumnya", material.change.direction.value if material.change else "–"),
        ("Bobot setiap unsur", figures.weight.printed),
    ]
    return Cover(
        title=TITLE,
        subtitle=f"{material.letterhead.name}, {material.letterhead.government.removeprefix('Pemerintah ')}",
        period=figures.period.long,
        standing=f"{words.only_in(figures)} {words.standing(material)}".strip(),
        about="Indeks Kepuasan Masyarakat",
        big=printed(figures.whole.index),
        said=f"Mutu {words.quality(figures.whole)}" if figures.whole.grade else "Belum ada penilaian",
        facts=facts,
    )
