"""The sentence that matters of each indicator, as the monthly page says it, and how it was counted."""

from collections.abc import Callable, Mapping

from core.figures import NO_FIGURE, printed
from indicators.documents.material import Material
from indicators.pages import words
from indicators.sheet import Indicator


def sentence(indicator: Indicator, material: Material) -> str:
    """What the monthly page says of it: what one must know first, and what the figure is made of."""
    first = words.matter(indicator, material.shown.whole)
    said = words.said(indicator, material.summary, material.entries, material.day)
    return f"{first} {said}".strip()


FORMULAS: Mapping[Indicator, str] = {
    Indicator.DOCUMENTS: "Banyaknya jenis dokumen (LAKIP, RB, ANJAB, Pelayanan Publik) yang disetujui dan berberkas.",
    Indicator.IKM: "Jumlah NRR tertimbang sembilan unsur × 25 (Permenpan RB 14/2017).",
    Indicator.WELFARE: "Kegiatan pemberdayaan yang terlaksana dan ada buktinya ÷ kegiatan yang direncanakan × 100.",
    Indicator.SETTLEMENT: "Laporan yang selesai ÷ laporan sah yang diterima pada masa ini × 100.",
    Indicator.SAKIP: "Nilai hasil evaluasi SAKIP terbaru yang ada berkasnya.",
    Indicator.PROGRAMME: "Indikator program yang tercapai ÷ indikator program tahun ini × 100.",
}


def calculation(indicator: Indicator, material: Material) -> str:
    """The figure as numbers behind it come to it, as in "14 ÷ 17 × 100 = 82,35"."""
    return COUNTED[indicator](material)


def _documents(material: Material) -> str:
    count = material.summary.registered.documents
    return NO_FIGURE if count is None else f"{count} dari 4 jenis"


def _index(material: Material) -> str:
    survey, outside = material.summary.survey, material.summary.registered.outside
    if material.summary.is_outside:
        return f"{printed(outside.value)} menurut SUKMA-E" if outside else NO_FIGURE
    if survey.index.value is None:
        return NO_FIGURE
    n, weight = printed(survey.index.respondents), survey.weight.printed
    return f"{n} responden, bobot setiap unsur {weight} = {printed(survey.index.value)}"


def _share(part: int, whole: int, value: str) -> str:
    return f"{printed(part)} ÷ {printed(whole)} × 100 = {value}" if whole else NO_FIGURE


def _activities(material: Material) -> str:
    share = material.summary.registered.activities
    return _share(share.part, share.whole, printed(share.percent))


def _settlement(material: Material) -> str:
    counts = material.summary.order.settlement
    return _share(counts.settled, counts.received, printed(counts.percent))


def _review(material: Material) -> str:
    review = material.summary.registered.review
    return f"{printed(review.score)}, predikat {review.predicate}" if review else NO_FIGURE


def _programme(material: Material) -> str:
    share = material.summary.registered.programme
    return _share(share.part, share.whole, printed(share.percent)) if share else NO_FIGURE


COUNTED: Mapping[Indicator, Callable[[Material], str]] = {
    Indicator.DOCUMENTS: _documents,
    Indicator.IKM: _index,
    Indicator.WELFARE: _activities,
    Indicator.SETTLEMENT: _settlement,
    Indicator.SAKIP: _review,
    Indicator.PROGRAMME: _programme,
}
