"""What the figures of a period mean, in sentences."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from core.calendar import long_date
from core.figures import printed
from core.periods import Period
from indicators.months.results import Line, Order, Summary, Survey
from indicators.months.whole import Whole
from indicators.registers import sentences
from indicators.registers.terms import Register
from indicators.registers.values import Entries
from indicators.sheet import Indicator
from survey.elements import ELEMENT_NAMES
from survey.figures.changes import Change, Direction
from survey.scores import weakest

REGISTERS: Mapping[Indicator, Register] = {
    Indicator.DOCUMENTS: Register.DOCUMENTS,
    Indicator.WELFARE: Register.ACTIVITIES,
    Indicator.SAKIP: Register.REVIEWS,
    Indicator.PROGRAMME: Register.PROGRAMME,
}


def matter(key: Indicator, found: Whole) -> str:
    """What one must know first of the two indicators that are a mean or a share of many; "" of the others."""
    change = found.summary.line(key).change
    moved = change_words(change, found.summary.period.earlier()) if change else ""
    late = late_words(found) if key is Indicator.SETTLEMENT else ""
    return " ".join(filter(None, (moved, late)))


def late_words(found: Whole) -> str:
    """As in "3 laporan lewat tenggat."; "" where none is."""
    late = found.breakdown.open.late
    return _("%(count)s laporan lewat tenggat.", count=printed(late)) if late else ""


def said(key: Indicator, summary: Summary, entries: Entries, today: date) -> str:
    """What the figure is made of, and what is missing."""
    if key is Indicator.IKM:
        return " ".join(filter(None, (outside_words(summary), survey_words(summary))))
    if key is Indicator.SETTLEMENT:
        return order_words(summary.order)
    return sentences.words(REGISTERS[key], entries, summary.period, today)


def change_words(change: Change, before: Period) -> str:
    """As in "Naik, terbukti (+1,20 dari September 2026)."."""
    proven = {
        Direction.UP: _("Naik, terbukti"),
        Direction.DOWN: _("Turun, terbukti"),
        Direction.UNPROVEN: _("Belum terbukti berubah"),
    }
    return _(
        "%(proven)s (%(difference)s dari %(before)s).",
        proven=proven[change.direction],
        difference=signed(change),
        before=before.long,
    )


def signed(change: Change) -> str:
    """The difference with its sign, as in "+1,20"."""
    sign = "+" if change.difference > 0 else ""
    return f"{sign}{printed(change.difference)}".replace("-", "−")


def outside_words(summary: Summary) -> str:
    """The province's index beside ours, and which of them is IKU 2; "" where there is none and it does not count."""
    outside = summary.registered.outside
    if summary.is_outside:
        ours = _ours(summary.survey)
        if outside is None:
            return _("IKU 2 memakai indeks SUKMA-E, yang belum dicatat. Survei kantor: %(ours)s.", ours=ours)
        seen = long_date(outside.seen_on)
        return _("IKU 2 memakai indeks SUKMA-E (dilihat %(day)s). Survei kantor: %(ours)s.", day=seen, ours=ours)
    if outside is None:
        return ""
    return _(
        "IKU 2 memakai survei kantor. SUKMA-E menampilkan %(value)s (dilihat %(day)s).",
        value=printed(outside.value),
        day=long_date(outside.seen_on),
    )


def _ours(survey: Survey) -> str:
    """Our index where SUKMA-E's counts, as in "77,71 (194 orang, sampel belum mencukupi)"; "–" where nobody rated."""
    if survey.index.value is None:
        return printed(None)
    people = ngettext("%(num)d orang", "%(num)d orang", survey.index.respondents)
    short = [_("sampel belum mencukupi")] if survey.is_sample_short else []
    return f"{printed(survey.index.value)} ({', '.join([people, *short])})"


def survey_words(summary: Summary) -> str:
    """Who answered, unless that is said beside SUKMA-E's index; what is weakest; what was taken out."""
    survey = summary.survey
    grade = survey.index.grade
    if grade is None:
        return "" if summary.is_outside else _("Belum ada penilaian.")
    people = ngettext("%(num)d orang menilai", "%(num)d orang menilai", survey.index.respondents)
    rated = _("%(people)s, mutu %(grade)s (%(word)s).", people=people, grade=grade.value, word=grade.label)
    lowest = _("Unsur terlemah: %(element)s.", element=ELEMENT_NAMES[weakest(survey.elements, 1)[0].key])
    beside = excluded_words(survey) if survey.excluded else ""
    short = _("Sampel belum mencukupi.") if survey.is_sample_short else ""
    told = [lowest, beside] if summary.is_outside else [rated, lowest, beside, short]
    return " ".join(filter(None, told))


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
        told = _("Tidak ada laporan sah yang diterima.")
    else:
        told = _(
            "%(settled)s dari %(received)s laporan selesai.",
            settled=printed(counts.settled),
            received=printed(counts.received),
        )
    left_out = _("%(count)s laporan tidak dihitung.", count=printed(out)) if out else ""
    held = printed(order.held)
    waits = _("%(count)s laporan masih ditahan untuk ditinjau, dan ikut dihitung.", count=held) if order.held else ""
    return " ".join(filter(None, [told, left_out, waits]))


def message(summary: Summary, standing: str, url: str) -> str:
    """The six indicators as text, to be sent on; a telephone shows what stands between stars in bold."""
    head = f"*{summary.office.name}*\n*{_('Ringkasan %(period)s', period=summary.period.long)}*"
    return "\n".join([head, "", *(_told(line, summary) for line in summary.lines), "", standing, url])


def named(line: Line, summary: Summary) -> str:
    """The indicator's number and name, and whose index it is where that is not ours."""
    name = f"{line.sheet.number}. {line.sheet.name}"
    if line.sheet.key is not Indicator.IKM or not summary.is_outside:
        return name
    if summary.registered.outside is None:
        return _("%(name)s, SUKMA-E (belum dicatat)", name=name)
    return _("%(name)s, SUKMA-E", name=name)


def _told(line: Line, summary: Summary) -> str:
    figures = _(
        "target %(target)s, capaian %(achievement)s",
        target=printed(line.aim),
        achievement=printed(line.result.achievement),
    )
    word = f", {line.result.predicate.label}" if line.result.predicate else ""
    return f"{named(line, summary)}: *{line.sheet.worth(line.result.value)}* ({figures}{word})"
