"""The sentence that matters of each indicator, as the monthly page says it, and how it was counted."""

from collections.abc import Mapping

from core.figures import NO_FIGURE, printed
from indicators.documents.material import Material
from indicators.pages import words
from indicators.registers import sentences
from indicators.registers.terms import INDICATORS, Register
from indicators.sheet import Indicator

REGISTERS: Mapping[Indicator, Register] = {INDICATORS[register]: register for register in sentences.HOW}
OUTSIDE = "Indeks yang ditampilkan SUKMA-E untuk masa itu, dicatat beserta buktinya."
FORMULAS: Mapping[Indicator, object] = {
    Indicator.IKM: "Jumlah NRR tertimbang sembilan unsur × 25 (Permenpan RB 14/2017).",
    Indicator.SETTLEMENT: "Laporan yang selesai ÷ laporan sah yang diterima pada masa ini × 100.",
    **{indicator: sentences.HOW[register] for indicator, register in REGISTERS.items()},
}


def sentence(indicator: Indicator, material: Material) -> str:
    """What the monthly page says of it: what one must know first, and what the figure is made of."""
    first = words.matter(indicator, material.shown.whole)
    said = words.said(indicator, material.summary, material.entries, material.day)
    return f"{first} {said}".strip()


def formula(indicator: Indicator, material: Material) -> str:
    """How it is counted, in words."""
    if indicator is Indicator.IKM and material.summary.is_outside:
        return OUTSIDE
    return str(FORMULAS[indicator])


def calculation(indicator: Indicator, material: Material) -> str:
    """The figure as numbers behind it come to it, as in "14 ÷ 17 × 100 = 82,35"."""
    if indicator is Indicator.IKM:
        return _index(material)
    if indicator is Indicator.SETTLEMENT:
        counts = material.summary.order.settlement
        return sentences.ratio(counts.settled, counts.received, counts.percent)
    return sentences.calculation(REGISTERS[indicator], material.summary.registered)


def _index(material: Material) -> str:
    survey, outside = material.summary.survey, material.summary.registered.outside
    if material.summary.is_outside:
        return f"{printed(outside.value)} menurut SUKMA-E" if outside else NO_FIGURE
    if survey.index.value is None:
        return NO_FIGURE
    n, weight = printed(survey.index.respondents), survey.weight.printed
    return f"{n} responden, bobot setiap unsur {weight} = {printed(survey.index.value)}"
