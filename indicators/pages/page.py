"""The upper half of the monthly page, ready to print: the six rows, which version it is, and ways to other periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from complaints.terms import EXCLUSION_LABELS, Exclusion
from core.calendar import Month, long_moment, wib_day
from core.figures import printed
from core.periods import Period
from indicators import sparkline
from indicators.formulas import Predicate
from indicators.locks.shown import LockFacts, Shown
from indicators.months.results import Line, Summary
from indicators.pages import words
from indicators.pages.place import Place, last_begun
from indicators.registers import entry_view
from indicators.registers.note_queries import NoteStage, NoteState
from indicators.registers.terms import Register
from indicators.registers.values import Entries
from indicators.rows import Behind
from indicators.sheet import Indicator
from survey.elements import ELEMENT_NAMES
from survey.figures.page import GRADE_STEPS

__all__ = ["ELEMENT_NAMES", "GRADE_STEPS"]

# The step that a badge draws: 5 of 5 for the best predicate.
PREDICATE_STEPS = {each: 5 - n for n, each in enumerate(Predicate)}
LENGTHS = {1: _l("Bulan"), 3: _l("Triwulan"), 6: _l("Semester"), 12: _l("Tahun")}
TITLES = {
    Behind.RECEIVED: _l("Laporan sah yang diterima"),
    Behind.SETTLED: _l("Laporan yang selesai"),
    Behind.UNSETTLED: _l("Laporan yang belum selesai"),
    Behind.CONFIRMED: _l("Laporan selesai yang dibenarkan pelapor"),
    Behind.SILENT: _l("Laporan selesai tanpa jawaban pelapor"),
    Behind.DISPUTED: _l("Laporan selesai yang disanggah"),
    Behind.EXCLUDED: _l("Laporan yang tidak dihitung"),
    Behind.CLOSED: _l("Laporan yang ditutup pada masa ini, kapan pun diterima"),
    Behind.OPENING: _l("Masih terbuka pada awal masa"),
    Behind.CLOSING: _l("Masih terbuka pada akhir masa"),
    Behind.MOVED_IN: _l("Semua laporan yang masuk"),
    Behind.REOPENED: _l("Dibuka lagi atau dikembalikan ke hitungan"),
    Behind.MOVED_SETTLED: _l("Langkah “selesai”"),
    Behind.MOVED_EXCLUDED: _l("Langkah “tidak dihitung”"),
}
CALCULATIONS = {
    Indicator.DOCUMENTS: "register_figures.documents",
    Indicator.IKM: "summary.survey_calculation",
    Indicator.WELFARE: "register_figures.activities",
    Indicator.SETTLEMENT: "summary.order_calculation",
    Indicator.SAKIP: "register_figures.reviews",
    Indicator.PROGRAMME: "register_figures.programme",
}


@dataclass(frozen=True)
class Row:
    """A row of the sheet as texts. `matter` must be known first, `words` say what the figure is made of; `link` leads
    to its calculation, `missing` to where what it lacks is written down.
    """

    number: int
    name: str
    goal: str
    unit: str
    target: str
    value: str
    achievement: str
    level: int | None
    predicate: str
    since_january: str
    matter: str
    words: str
    link: str
    missing: str
    trend: sparkline.Line | None
    trend_words: str
    months: Sequence[str]
    stage: NoteStage


@dataclass(frozen=True)
class Tab:
    """A way to another period; `is_here` is this one."""

    word: str
    period: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class Top:
    """`standing`: which version this is, in a sentence; `next_url` None while the next period has not begun."""

    title: str
    rows: Sequence[Row]
    months: Sequence[str]
    tally: str
    tabs: Sequence[Tab]
    previous: Tab
    next: Tab | None
    is_running: bool
    standing: str
    message: str


def top(
    place: Place,
    shown: Shown,
    states: Mapping[Indicator, NoteState],
    entries: Entries,
    locked: int,
    now: datetime,
) -> Top:
    """Everything the upper half prints; `locked`: how many months of a longer period are locked."""
    summary = shown.whole.summary
    standing = standing_words(place, shown, locked)
    here = url_for("summary.show", period=place.text, jangka="tahun" if place.is_to_date else None)
    address = current_app.config["SETTINGS"].base_url + here
    return Top(
        title=_("Ringkasan %(period)s", period=place.period.long),
        rows=[_row(line, place, shown, states[line.sheet.key], entries, now) for line in summary.lines],
        months=[month.month.short for month in summary.history],
        tally=_tally(summary.lines),
        tabs=_tabs(place, Month.of(now)),
        previous=_step(place, place.alone.previous()),
        next=_step(place, place.alone.next()) if place.alone.last < Month.of(now) else None,
        is_running=place.period.last >= Month.of(now),
        standing=standing,
        message=words.message(summary, standing, address),
    )


def standing_words(place: Place, shown: Shown, locked: int) -> str:
    """As in "Dikunci 3 November 2026 … oleh …, versi 1."."""
    if shown.lock is not None:
        return _locked_words(shown.lock)
    if shown.lock_then is not None:
        return _("Saat itu bulan ini sudah dikunci. %(locked)s", locked=_locked_words(shown.lock_then))
    if place.period.length > 1:
        return _(
            "Sementara: %(locked)s dari %(all)s bulannya sudah dikunci.",
            locked=printed(locked),
            all=printed(place.period.length),
        )
    return _("Sementara, versi %(number)s (belum dikunci).", number=shown.version.number)


def exclusion_word(exclusion: str | None) -> str:
    """Why a report is left out, or "–" for a valid one."""
    return EXCLUSION_LABELS[Exclusion(exclusion)] if exclusion else printed(None)


def _locked_words(lock: LockFacts) -> str:
    by_secretary = _(
        "Dikunci %(moment)s oleh %(name)s, versi %(number)s.",
        moment=long_moment(lock.locked_at),
        name=lock.locked_by,
        number=lock.number,
    )
    reason = _("Alasan versi ini: %(reason)s.", reason=lock.reason.rstrip(".")) if lock.reason else ""
    if lock.approved_at is None:
        approved = _("Belum disetujui Camat.")
    else:
        approved = _("Disetujui %(moment)s oleh %(name)s.", moment=long_moment(lock.approved_at), name=lock.approved_by)
    return " ".join(filter(None, (by_secretary, reason, approved)))


def _row(line: Line, place: Place, shown: Shown, state: NoteState, entries: Entries, now: datetime) -> Row:
    sheet, summary = line.sheet, shown.whole.summary
    values = [month.values[sheet.key] for month in summary.history]
    return Row(
        number=sheet.number,
        name=sheet.name,
        goal=sheet.goal,
        unit=sheet.unit_word,
        target=printed(line.aim),
        value=printed(line.result.value),
        achievement=printed(line.result.achievement),
        level=PREDICATE_STEPS.get(line.result.predicate) if line.result.predicate else None,
        predicate=line.result.predicate_word,
        since_january=_since_january(line, place),
        matter=words.matter(sheet.key, shown.whole),
        words=words.said(sheet.key, summary, entries, wib_day(summary.as_of or now)),
        link=place.url(CALCULATIONS[sheet.key]),
        missing=_missing(line, summary),
        trend=sparkline.line(values, line.target) if any(value is not None for value in values) else None,
        trend_words=_trend_words(values),
        months=[printed(value) for value in values],
        stage=state.stage,
    )


def _since_january(line: Line, place: Place) -> str:
    """The year so far; "" where there is nothing, or nothing else, to say of it."""
    found = line.year_to_date
    if place.is_to_date or found.value is None or found.value == line.result.value:
        return ""
    achieved = printed(found.achievement)
    beside = _(" (capaian %(achievement)s)", achievement=achieved) if found.achievement is not None else ""
    return _("Sejak Januari: %(value)s%(beside)s.", value=printed(found.value), beside=beside)


def _missing(line: Line, summary: Summary) -> str:
    """Where to write down the index of SUKMA-E that indicator 2 lacks, for those who may; "" of anything else."""
    is_lacking = line.sheet.key is Indicator.IKM and summary.is_outside and summary.registered.outside is None
    if not is_lacking or not entry_view.may_write_here(Register.OUTSIDE):
        return ""
    return url_for(f"register_{Register.OUTSIDE.key}.new", tahun=summary.period.last.year, masa=summary.period)


def _tally(lines: Sequence[Line]) -> str:
    """How many indicators have each predicate, the best first."""
    there = [line.result.predicate for line in lines]
    counts = [f"{there.count(each)} {each.label.lower()}" for each in Predicate if each in there]
    if None in there:
        counts.append(_("%(count)s belum ada predikatnya", count=there.count(None)))
    return _("Enam indikator: %(counts)s.", counts=", ".join(counts))


def _trend_words(values: Sequence[Decimal | None]) -> str:
    return _("Dua belas bulan terakhir: %(values)s", values="; ".join(printed(value) for value in values))


def _tabs(place: Place, this_month: Month) -> list[Tab]:
    last = last_begun(place.alone, this_month)
    rounds = [(str(word), Period.around(last, length)) for length, word in LENGTHS.items()]
    here = place.alone if not place.is_to_date else None
    tabs = [_tab(word, period, to_date=False, is_here=period == here) for word, period in rounds]
    to_date = _("s.d. %(month)s", month=last.long)
    return [*tabs, _tab(to_date, Period.of(last), to_date=True, is_here=place.is_to_date)]


def _tab(word: str, period: Period, *, to_date: bool, is_here: bool) -> Tab:
    url = url_for("summary.show", period=period, jangka="tahun" if to_date else None)
    return Tab(word, period.long, url, is_here)


def _step(place: Place, period: Period) -> Tab:
    return _tab(period.long, period, to_date=place.is_to_date, is_here=False)
