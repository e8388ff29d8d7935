"""Which entries of a register count at the end of a period, which do not, and why (docs/adr/0027)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from flask_babel import gettext as _

from core.calendar import long_date
from core.periods import Period
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
    Version,
)
from indicators.registers.naming import trimmed
from indicators.registers.terms import Register
from indicators.registers.values import (
    Entries,
    is_achieved,
    is_activity_counted,
    is_document_counted,
    is_met,
    measured,
    newest_review,
    planned,
)

Entry = TypeVar("Entry", bound=Version)


@dataclass(frozen=True)
class Standing(Generic[Entry]):
    """An entry at a cut-off; `why` it does not count, empty where it does. `reached`: of a programme indicator."""

    row: Entry
    is_counted: bool
    why: str = ""
    reached: ProgrammeRealisation | None = None

    @property
    def file_id(self) -> UUID | None:
        """What proves it: of a programme indicator that was measured, the measure's evidence."""
        return self.reached.file_id if self.reached else self.row.file_id


def documents(entries: Entries, period: Period, today: date) -> list[Standing[OrganisationDocument]]:
    """The year's documents; of each kind only the one that was approved first counts, as a kind counts once."""
    cut_off = period.last.last_day
    first: dict[str, UUID] = {}
    rows = [row for row in entries.documents if row.year == period.last.year]
    for row in sorted(rows, key=lambda row: (row.approved_on or date.max, row.recorded_at)):
        if is_document_counted(row, cut_off):
            first.setdefault(row.kind, row.entry_id)
    return [_document(row, cut_off, is_first=first.get(row.kind) == row.entry_id) for row in rows]


def _document(row: OrganisationDocument, cut_off: date, *, is_first: bool) -> Standing[OrganisationDocument]:
    if is_document_counted(row, cut_off):
        why = "" if is_first else _("Jenis ini sudah terhitung dari dokumen lain.")
        return Standing(row, is_first, why)
    why = _("Belum disetujui.") if row.approved_on is None else _late(row.approved_on, cut_off)
    return Standing(row, False, _joined(why, _no_file(row)))


def activities(entries: Entries, period: Period, today: date) -> list[Standing[EmpowermentActivity]]:
    """The activities that were planned in the period."""
    return [_activity(row, period.last.last_day, today) for row in planned(entries.activities, period)]


def _activity(row: EmpowermentActivity, cut_off: date, today: date) -> Standing[EmpowermentActivity]:
    if is_activity_counted(row, cut_off):
        return Standing(row, True)
    if row.held_on is None:
        return Standing(row, False, _("Belum tiba harinya.") if row.planned_on > today else _("Belum dilaksanakan."))
    return Standing(row, False, _joined(_late(row.held_on, cut_off), _no_file(row)))


def reviews(entries: Entries, period: Period, today: date) -> list[Standing[SakipReview]]:
    """The year's reviews; the newest counts."""
    cut_off = period.last.last_day
    rows = [row for row in entries.reviews if row.year == period.last.year]
    newest = newest_review(rows, cut_off)
    return [
        Standing(row, True)
        if row is newest
        else Standing(row, False, _joined(_late(row.reviewed_on, cut_off), _no_file(row)) or _("Ada yang lebih baru."))
        for row in rows
    ]


def programme(entries: Entries, period: Period, today: date) -> list[Standing[ProgrammeIndicator]]:
    """The year's indicators, each with what it had reached by the end of the period."""
    found = measured(entries.realisations, period.last.last_day)
    return [_indicator(row, found.get(row.entry_id)) for row in entries.programme if row.year == period.last.year]


def _indicator(row: ProgrammeIndicator, reached: ProgrammeRealisation | None) -> Standing[ProgrammeIndicator]:
    if is_achieved(row, reached):
        return Standing(row, True, reached=reached)
    if reached is None:
        return Standing(row, False, _("Belum diukur."))
    if is_met(row, reached):
        return Standing(row, False, _no_file(reached), reached)
    values = {"value": trimmed(reached.value), "target": trimmed(row.target)}
    return Standing(row, False, _("Belum tercapai: %(value)s, target %(target)s.", **values), reached)


def realisations(entries: Entries, period: Period, today: date) -> list[Standing[ProgrammeRealisation]]:
    """What the year's indicators reached; of each the newest counts."""
    cut_off = period.last.last_day
    newest = measured(entries.realisations, cut_off)
    known = {row.entry_id for row in entries.programme if row.year == period.last.year}
    return [
        Standing(row, row.file_id is not None, _no_file(row))
        if newest.get(row.indicator_id) is row
        else Standing(row, False, _late(row.measured_on, cut_off) or _("Ada yang lebih baru."))
        for row in entries.realisations
        if row.indicator_id in known
    ]


def outside(entries: Entries, period: Period, today: date) -> list[Standing[OutsideIndex]]:
    """What SUKMA-E showed for periods of the year, by period; each is of its own period."""
    rows = [row for row in entries.outside if row.year == period.last.year]
    return [Standing(row, True) for row in sorted(rows, key=lambda row: (len(row.period), row.period))]


_STANDINGS: Mapping[Register, Callable[[Entries, Period, date], Sequence[Standing[Any]]]] = {
    Register.DOCUMENTS: documents,
    Register.ACTIVITIES: activities,
    Register.REVIEWS: reviews,
    Register.PROGRAMME: programme,
    Register.REALISATIONS: realisations,
    Register.OUTSIDE: outside,
}


def of(register: Register, entries: Entries, period: Period, today: date) -> Sequence[Standing[Any]]:
    """The entries of any register, by its own rule."""
    return _STANDINGS[register](entries, period, today)


def _late(day: date, cut_off: date) -> str:
    return _("Baru %(day)s, sesudah akhir masa.", day=long_date(day)) if day > cut_off else ""


def _no_file(row: Version) -> str:
    return "" if row.file_id else _("Belum ada berkasnya.")


def _joined(*reasons: str) -> str:
    """One sentence of several, as in "Belum disetujui, belum ada berkasnya."."""
    first, *others = [each.rstrip(".") for each in reasons if each] or [""]
    return ", ".join([first, *(each[:1].lower() + each[1:] for each in others)]) + "." * bool(first)


def counted(standings: Iterable[Standing[Any]]) -> int:
    """How many of them count."""
    return sum(each.is_counted for each in standings)
