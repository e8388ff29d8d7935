"""Words and figures of the monthly page, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from complaints.terms import EXCLUSION_LABELS, Exclusion
from core.calendar import Month
from core.figures import printed
from indicators import sparkline
from indicators.formulas import Predicate
from indicators.months.results import Line, Order, Summary, Survey
from indicators.rows import Behind
from indicators.sheet import Indicator
from survey.elements import ELEMENT_NAMES
from survey.scores import Grade, weakest

# The step that a badge draws: 5 of 5 for the best predicate, 4 of 4 for grade A.
PREDICATE_STEPS = {each: 5 - n for n, each in enumerate(Predicate)}
GRADE_STEPS = {each: 4 - n for n, each in enumerate(Grade)}
TITLES = {
    Behind.RECEIVED: _l("Laporan sah yang diterima"),
    Behind.SETTLED: _l("Laporan yang selesai"),
    Behind.UNSETTLED: _l("Laporan yang belum selesai"),
    Behind.CONFIRMED: _l("Laporan selesai yang dibenarkan pelapor"),
    Behind.SILENT: _l("Laporan selesai tanpa jawaban pelapor"),
    Behind.DISPUTED: _l("Laporan selesai yang disanggah"),
    Behind.EXCLUDED: _l("Laporan yang tidak dihitung"),
    Behind.CLOSED: _l("Laporan yang ditutup bulan ini, kapan pun diterima"),
    Behind.OPENING: _l("Masih terbuka pada awal masa"),
    Behind.CLOSING: _l("Masih terbuka pada akhir masa"),
    Behind.MOVED_IN: _l("Semua laporan yang masuk"),
    Behind.REOPENED: _l("Dibuka lagi atau dikembalikan ke hitungan"),
    Behind.MOVED_SETTLED: _l("Langkah “selesai”"),
    Behind.MOVED_EXCLUDED: _l("Langkah “tidak dihitung”"),
}


@dataclass(frozen=True)
class Row:
    """A row of the sheet as texts. `words` say what the figure means; `link` leads to its calculation."""

    number: int
    name: str
    goal: str
    unit: str
    target: str
    value: str
    achievement: str
    level: int | None
    predicate: str
    to_date: str
    to_date_achievement: str
    responsible: str
    source: str
    words: str
    link: str
    trend: sparkline.Line | None
    trend_words: str


@dataclass(frozen=True)
class MonthPage:
    """The page of a month; `next` is None while the next month has not begun."""

    title: str
    rows: Sequence[Row]
    previous: Month
    next: Month | None
    is_running: bool


def month_page(summary: Summary, now: datetime) -> MonthPage:
    """Everything the page prints."""
    month, this_month = summary.month, Month.of(now)
    return MonthPage(
        title=_("Ringkasan %(month)s", month=month.long),
        rows=[_row(line, summary) for line in summary.lines],
        previous=month.previous(),
        next=month.next() if month < this_month else None,
        is_running=month == this_month,
    )


def period_words(month: Month, *, to_date: bool) -> str:
    """As in "Oktober 2026", or "Januari–Oktober 2026" for the year to date."""
    if not to_date or month.month == 1:
        return month.long
    return f"{Month(month.year, 1).long.split()[0]}–{month.long}"


def predicate_word(predicate: Predicate | None) -> str:
    """The predicate's word, or "–"."""
    return predicate.label if predicate else printed(None)


def _row(line: Line, summary: Summary) -> Row:
    sheet = line.sheet
    values = _history(summary, sheet.key)
    return Row(
        number=sheet.number,
        name=sheet.name,
        goal=sheet.goal,
        unit=sheet.unit_word,
        target=printed(line.target),
        value=printed(line.result.value),
        achievement=printed(line.result.achievement),
        level=PREDICATE_STEPS.get(line.result.predicate) if line.result.predicate else None,
        predicate=predicate_word(line.result.predicate),
        to_date=printed(line.year_to_date.value),
        to_date_achievement=printed(line.year_to_date.achievement),
        responsible=sheet.responsible,
        source=sheet.source,
        words=_words(sheet.key, summary),
        link=_link(sheet.key, summary.month),
        trend=sparkline.line(values, line.target) if any(values) else None,
        trend_words=_trend_words(values),
    )


def _history(summary: Summary, key: Indicator) -> list[Decimal | None]:
    return [month.values[key] for month in summary.history]


def _trend_words(values: Sequence[Decimal | None]) -> str:
    return _("Dua belas bulan terakhir: %(values)s", values="; ".join(printed(value) for value in values))


def _link(key: Indicator, month: Month) -> str:
    views = {Indicator.IKM: "summary.survey_calculation", Indicator.SETTLEMENT: "summary.order_calculation"}
    return url_for(views[key], month=month) if key in views else ""


def _words(key: Indicator, summary: Summary) -> str:
    if key == Indicator.IKM:
        return survey_words(summary.survey)
    if key == Indicator.SETTLEMENT:
        return order_words(summary.order)
    return _("Belum diisi.")


def survey_words(survey: Survey) -> str:
    """One or two sentences on who answered and what is weakest."""
    grade = survey.index.grade
    if grade is None:
        return _("Belum ada penilaian.")
    people = ngettext("%(num)d orang menilai", "%(num)d orang menilai", survey.index.respondents)
    lowest = ELEMENT_NAMES[weakest(survey.elements, 1)[0].key]
    said = _(
        "%(people)s, mutu %(grade)s (%(word)s). Unsur terlemah: %(element)s.",
        people=people,
        grade=grade.value,
        word=grade.label,
        element=lowest,
    )
    beside = excluded_words(survey) if survey.excluded else ""
    short = _("Sampel belum mencukupi.") if survey.is_sample_short else ""
    return " ".join(filter(None, [said, beside, short]))


def excluded_words(survey: Survey) -> str:
    """How many ratings were taken out, and the index with them."""
    return _(
        "%(count)s penilaian dikeluarkan; dengan semua penilaian %(value)s.",
        count=printed(survey.excluded),
        value=printed(survey.everything.value),
    )


def order_words(order: Order) -> str:
    """What was settled, what was left out, and what still waits to be reviewed."""
    counts, out = order.settlement, sum(order.excluded.values())
    if not counts.received:
        said = _("Tidak ada laporan sah yang diterima.")
    else:
        said = _("%(settled)s dari %(received)s laporan selesai.", settled=counts.settled, received=counts.received)
    left_out = _("%(count)s laporan tidak dihitung.", count=out) if out else ""
    waits = (
        _("%(count)s laporan masih ditahan untuk ditinjau, dan ikut dihitung.", count=order.held) if order.held else ""
    )
    return " ".join(filter(None, [said, left_out, waits]))


def exclusion_word(exclusion: str | None) -> str:
    """Why a report is left out, or "–" for a valid one."""
    return EXCLUSION_LABELS[Exclusion(exclusion)] if exclusion else printed(None)
