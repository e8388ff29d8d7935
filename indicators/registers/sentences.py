"""What a register says of a period in one sentence: its figure, how that is counted, and what is still missing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.calendar import long_date
from core.figures import NO_FIGURE, printed
from core.periods import Period
from indicators.registers import standings
from indicators.registers.naming import period_name
from indicators.registers.terms import KIND_NAMES, Register
from indicators.registers.values import DocumentKind, Entries, Registered, is_met, registered

HOW: Mapping[Register, object] = {
    Register.DOCUMENTS: _l(
        "Dihitung: jenis dokumen (LAKIP, RB, ANJAB, Pelayanan Publik) tahun itu yang ada berkasnya dan disetujui "
        "paling lambat pada akhir masa. Satu jenis dihitung sekali."
    ),
    Register.ACTIVITIES: _l(
        "Kegiatan yang direncanakan pada masa ini, dilaksanakan paling lambat pada akhir masa dan ada buktinya, dibagi "
        "semua kegiatan yang direncanakan pada masa ini, dikali 100."
    ),
    Register.REVIEWS: _l(
        "Nilai evaluasi terbaru untuk tahun itu, yang ada berkasnya dan tanggalnya paling lambat akhir masa. Predikat: "
        "AA di atas 90, A di atas 80, BB di atas 70, B di atas 60, CC di atas 50, C di atas 30, selebihnya D."
    ),
    Register.PROGRAMME: _l(
        "Indikator program tahun itu yang ukuran terakhirnya sampai akhir masa mencapai target dan ada buktinya, "
        "dibagi semua indikator program tahun itu, dikali 100. Yang belum diukur atau tanpa bukti belum tercapai."
    ),
}


def value(register: Register, entries: Entries, period: Period) -> str:
    """What the register's figure is worth at the end of the period, with its unit; "–" where there is none."""
    if register is not Register.OUTSIDE:
        return worth(register, registered(entries, period))
    last = _last_outside(entries, period)
    return f"{printed(last[1])} ({period_name(last[0])})" if last else NO_FIGURE


def worth(register: Register, found: Registered) -> str:
    """The same of what was counted; SUKMA-E's index is not."""
    match register:
        case Register.DOCUMENTS:
            return _("%(count)s dokumen", count=found.documents) if found.documents is not None else NO_FIGURE
        case Register.ACTIVITIES:
            return _percent(found.activities.percent)
        case Register.REVIEWS:
            return f"{printed(found.review.score)} ({found.review.predicate})" if found.review else NO_FIGURE
    return _percent(found.programme.percent) if found.programme else NO_FIGURE


def calculation(register: Register, found: Registered) -> str:
    """The figure as numbers behind it come to it, as in "14 ÷ 17 × 100 = 82,35"; "–" where there is none."""
    if register is Register.DOCUMENTS:
        return _kinds(found.documents)
    if register is Register.REVIEWS:
        return _("nilai evaluasi %(score)s", score=printed(found.review.score)) if found.review else NO_FIGURE
    share = found.activities if register is Register.ACTIVITIES else found.programme
    return ratio(share.part, share.whole, share.percent) if share else NO_FIGURE


def ratio(part: int, whole: int, percent: Decimal | None) -> str:
    """A percentage as numbers come to it; "–" of nothing."""
    if percent is None:
        return NO_FIGURE
    return _(
        "%(part)s ÷ %(whole)s × 100 = %(percent)s", part=printed(part), whole=printed(whole), percent=printed(percent)
    )


def words(register: Register, entries: Entries, period: Period, today: date) -> str:
    """How far it is, and what is missing."""
    return SAID[register](entries, period, today)


def _kinds(count: int | None) -> str:
    if count is None:
        return NO_FIGURE
    return _("%(count)s dari %(all)s jenis dokumen", count=count, all=len(DocumentKind))


def _documents(entries: Entries, period: Period, today: date) -> str:
    rows = standings.documents(entries, period, today)
    counted = {DocumentKind(each.row.kind) for each in rows if each.is_counted}
    begun = {DocumentKind(each.row.kind): each.why for each in rows if not each.is_counted}
    said = [_("%(count)s dari %(all)s dokumen disetujui dan ada berkasnya.", count=len(counted), all=len(DocumentKind))]
    absent = [KIND_NAMES[kind] for kind in DocumentKind if kind not in counted and kind not in begun]
    if absent:
        said.append(_("Belum ada: %(kinds)s.", kinds=", ".join(absent)))
    said += [f"{KIND_NAMES[kind]}: {_lowered(why)}" for kind, why in begun.items() if kind not in counted]
    return " ".join(said)


def _activities(entries: Entries, period: Period, today: date) -> str:
    rows = standings.activities(entries, period, today)
    if not rows:
        return _("Belum ada kegiatan yang direncanakan.")
    said = _(
        "%(count)s dari %(all)s kegiatan terlaksana dan ada buktinya.", count=standings.counted(rows), all=len(rows)
    )
    return " ".join([said, *_tallied([each.why for each in rows if not each.is_counted])])


def _reviews(entries: Entries, period: Period, today: date) -> str:
    found = registered(entries, period).review
    if found is None:
        return _("Belum ada hasil evaluasi.")
    return _("Nilai dari evaluasi %(day)s.", day=long_date(found.reviewed_on))


def _programme(entries: Entries, period: Period, today: date) -> str:
    rows = standings.programme(entries, period, today)
    if not rows:
        return _("Belum ada indikator program.")
    said = [
        _("%(count)s dari %(all)s indikator tercapai dan ada buktinya.", count=standings.counted(rows), all=len(rows))
    ]
    unproved = sum(each.reached is not None and is_met(each.row, each.reached) and not each.is_counted for each in rows)
    behind = sum(each.reached is not None and not each.is_counted for each in rows) - unproved
    unknown = sum(each.reached is None for each in rows)
    said += [_("%(count)s belum tercapai.", count=behind)] if behind else []
    said += [_("%(count)s belum ada buktinya.", count=unproved)] if unproved else []
    return " ".join(said + ([_("%(count)s belum diukur.", count=unknown)] if unknown else []))


def _outside(entries: Entries, period: Period, today: date) -> str:
    """Which of the ended months were not written down."""
    known = {row.period for row in entries.outside}
    missing = [month.long for month in period.months if str(month) not in known and month.last_day < today]
    if not missing:
        return _("Semua bulan yang sudah berakhir tercatat.")
    return _("Belum dicatat: %(months)s.", months=", ".join(missing))


SAID: Mapping[Register, Callable[[Entries, Period, date], str]] = {
    Register.DOCUMENTS: _documents,
    Register.ACTIVITIES: _activities,
    Register.REVIEWS: _reviews,
    Register.PROGRAMME: _programme,
    Register.REALISATIONS: _programme,
    Register.OUTSIDE: _outside,
}


def _last_outside(entries: Entries, period: Period) -> tuple[str, Decimal] | None:
    rows = [row for row in entries.outside if row.year == period.last.year]
    newest = max(rows, key=lambda row: (Period.parse(row.period).last, row.recorded_at), default=None)
    return (newest.period, newest.value) if newest else None


def _tallied(reasons: Sequence[str]) -> list[str]:
    """Reasons with how often each, as in "2 belum dilaksanakan."."""
    return [f"{reasons.count(why)} {_lowered(why)}" for why in dict.fromkeys(reasons)]


def _percent(value: Decimal | None) -> str:
    return NO_FIGURE if value is None else f"{printed(value)} %"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
