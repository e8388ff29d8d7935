"""Words and figures of a published period, ready to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.calendar import Month, month_name
from core.figures import printed
from core.periods import Period
from indicators import sparkline
from indicators.months.open_row import OpenLine
from indicators.published.gathering import LENGTHS, Published
from indicators.published.series import PeriodRow
from indicators.sheet import ROWS
from survey.elements import ELEMENT_NAMES
from survey.figures.groups import Dimension
from survey.figures.page import GRADE_STEPS
from survey.figures.results import Group
from survey.scores import ElementScore

LOWEST_INDEX = 25
HEADINGS: Mapping[str, object] = {
    "service": _l("Layanan"),
    "section": _l("Seksi"),
    Dimension.SEX: _l("Jenis kelamin"),
    Dimension.AGE_BAND: _l("Umur"),
    Dimension.EDUCATION: _l("Pendidikan"),
    Dimension.OCCUPATION: _l("Pekerjaan"),
}


@dataclass(frozen=True)
class ElementRow:
    """An element as texts; `level` is its grade's step, `width` that of its bar: 0 to 75 for indices 25 to 100."""

    name: str
    index: str
    grade: str
    level: int | None
    width: int


@dataclass(frozen=True)
class ResultPage:
    """The page of a published period. `trend` is None where fewer than two months have an index; `is_across_editions`:
    the months of the trend were not all rated on one questionnaire.
    """

    period: Period
    tables: Sequence[tuple[str, Sequence[Group]]]
    elements: Sequence[ElementRow]
    trend: sparkline.Line | None
    trend_words: str
    is_across_editions: bool
    months_words: str
    sample_words: str
    locked_words: str
    breakdown_words: str
    indicators: Sequence["IndicatorRow"]
    others: Sequence[Period]


@dataclass(frozen=True)
class IndicatorRow:
    """One of the six indicators, as texts."""

    name: str
    unit: str
    value: str
    target: str
    achievement: str
    predicate: str


def page(found: Published, months: Sequence[PeriodRow]) -> ResultPage:
    """Everything the page prints; `months` end with the period."""
    values = [row.index.value for row in months]
    return ResultPage(
        period=found.figures.period,
        tables=[(str(HEADINGS[kind]), groups) for kind, groups in found.groups.items() if len(groups) > 1],
        elements=[_element(each) for each in found.figures.whole.elements],
        trend=sparkline.line(values, None) if sum(value is not None for value in values) > 1 else None,
        trend_words="; ".join(f"{row.period.long}: {printed(row.index.value)}" for row in months if row.index.value),
        is_across_editions=len(frozenset().union(*(row.editions for row in months))) > 1,
        months_words=_months_words(found),
        sample_words=_sample_words(found),
        locked_words=_locked_words(found),
        breakdown_words=_breakdown_words(found),
        indicators=[_indicator(line) for line in found.row.lines],
        others=[Period.around(found.figures.period.last, length) for length in LENGTHS],
    )


def _element(value: ElementScore) -> ElementRow:
    grade = f"{value.grade.value}, {value.grade.label}" if value.grade else printed(None)
    width = int(value.index - LOWEST_INDEX) if value.index else 0
    level = GRADE_STEPS[value.grade] if value.grade else None
    return ElementRow(ELEMENT_NAMES[value.key], printed(value.index), grade, level, width)


def _sample_words(found: Published) -> str:
    figures = found.figures
    if figures.is_missing_visits:
        return _("Kunjungan yang tercatat lebih sedikit daripada yang menilai, jadi kecukupan sampel belum diketahui.")
    if figures.sample_needed is None:
        return _("Jumlah pemakai layanan pada masa ini belum dicatat.")
    said = _(
        "%(have)s dari %(needed)s responden yang diperlukan.",
        have=printed(figures.whole.respondents),
        needed=printed(figures.sample_needed),
    )
    return f"{said} {_('Jumlahnya belum mencukupi.')}" if figures.is_sample_short else said


def by_year(periods: Sequence[Period]) -> Mapping[int, Sequence[tuple[str, Sequence[Period]]]]:
    """Year → (what they are called, its periods), the newest first: the year and half-years, quarters, months."""
    kinds = ((6, _("Setahun dan setengah tahun")), (3, _("Triwulan")), (1, _("Bulan")))
    years = dict.fromkeys(period.last.year for period in periods)
    return {
        year: [
            (words, found)
            for length, words in kinds
            if (found := [each for each in periods if each.last.year == year and _kind(each) == length])
        ]
        for year in years
    }


def _kind(period: Period) -> int:
    return min(period.length, 6)


def _months_words(found: Published) -> str:
    """Which months of a longer period have ratings, where not all have; "" where there is nothing to say."""
    months = [month.name for month in found.figures.months if month.respondents]
    if found.figures.period.length == 1 or len(months) == found.figures.period.length or not months:
        return ""
    return _("Penilaian hanya ada pada %(months)s.", months=", ".join(months))


def _locked_words(found: Published) -> str:
    """Which months of a longer period are locked."""
    if found.locked_months is None:
        return ""
    if not found.locked_months:
        return _("Belum ada bulannya yang dikunci.")
    months = [
        _("%(month)s (versi %(number)s)", month=month_name(Month.parse(month).month), number=number)
        for month, number in found.locked_months.items()
    ]
    return _("Bulan yang sudah dikunci: %(months)s.", months=", ".join(months))


def _breakdown_words(found: Published) -> str:
    """Why there is no breakdown, or that of an earlier version."""
    if not found.groups:
        return _(
            "Rincian masa ini tidak diumumkan: sesudah bulannya dikunci, data berubah pada terlalu sedikit orang. "
            "Rincian setiap bulan tetap ada."
        )
    if found.lock and found.told_version != found.lock.number:
        return _(
            "Rincian ini dari versi %(number)s: perubahan sesudahnya menyangkut terlalu sedikit orang untuk dirinci.",
            number=found.told_version,
        )
    return ""


def _indicator(line: OpenLine) -> IndicatorRow:
    sheet, result = ROWS[line.indicator], line.result
    return IndicatorRow(
        name=f"{sheet.number}. {sheet.name}",
        unit=sheet.unit_word,
        value=printed(result.value),
        target=printed(sheet.counted(line.target)),
        achievement=printed(result.achievement),
        predicate=result.predicate_word,
    )
