"""The one sentence that matters of each indicator, and how it was counted."""

from collections.abc import Callable, Mapping

from core.figures import NO_FIGURE, printed
from indicators.documents import words
from indicators.documents.material import Material
from indicators.registers import sentences
from indicators.registers.terms import Register
from indicators.sheet import Indicator
from survey.elements import ELEMENT_NAMES
from survey.scores import weakest

REGISTERS: Mapping[Indicator, Register] = {
    Indicator.DOCUMENTS: Register.DOCUMENTS,
    Indicator.WELFARE: Register.ACTIVITIES,
    Indicator.SAKIP: Register.REVIEWS,
    Indicator.PROGRAMME: Register.PROGRAMME,
}


def sentence(indicator: Indicator, material: Material) -> str:
    """What the figure means, in one sentence or two."""
    if indicator in REGISTERS:
        return sentences.words(REGISTERS[indicator], material.entries, material.period, material.day)
    said = _survey(material) if indicator is Indicator.IKM else _order(material)
    return f"{said} {words.moved(material.summary.line(indicator).change)}".strip()


def _survey(material: Material) -> str:
    survey, outside = material.summary.survey, material.summary.registered.outside
    if material.summary.is_outside:
        shown = "Indeks SUKMA-E provinsi, dilihat dari register." if outside else "Indeks SUKMA-E belum dicatat."
        return f"{shown} Survei kantor sendiri: {printed(survey.index.value)} ({survey.index.respondents} responden)."
    if survey.index.grade is None:
        return "Belum ada penilaian."
    short = " Sampel belum mencukupi." if survey.is_sample_short else ""
    lowest = ELEMENT_NAMES[weakest(survey.elements, 1)[0].key]
    grade = f"mutu {survey.index.grade.value} ({survey.index.grade.label})"
    return f"{printed(survey.index.respondents)} responden, {grade}. Unsur terlemah: {lowest}.{short}"


def _order(material: Material) -> str:
    counts = material.summary.order.settlement
    if not counts.received:
        return "Tidak ada laporan sah yang diterima."
    return f"{printed(counts.settled)} dari {printed(counts.received)} laporan selesai."


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
