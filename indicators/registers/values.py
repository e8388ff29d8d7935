"""What the registers say of a period, counted at its end (domain.md, the six main indicators; docs/adr/0027)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from core.periods import Period
from indicators.formulas import percent
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
)
from indicators.sheet import Indicator


class DocumentKind(StrEnum):
    """The documents of the organisation; stored by value."""

    LAKIP = "lakip"
    RB = "rb"
    ANJAB = "anjab"
    SERVICE = "pelayanan_publik"


class Better(StrEnum):
    """Which way a programme indicator should go; stored by value."""

    HIGHER = "higher"
    LOWER = "lower"


# The least score of each predicate but the last, which has none; above, not from (Permenpan RB 88/2021).
SAKIP_ABOVE = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30))
SAKIP_LEAST = "D"


@dataclass(frozen=True)
class Entries:
    """The entries that count, of every register, for all the periods that are looked at."""

    documents: Sequence[OrganisationDocument]
    activities: Sequence[EmpowermentActivity]
    reviews: Sequence[SakipReview]
    programme: Sequence[ProgrammeIndicator]
    realisations: Sequence[ProgrammeRealisation]
    outside: Sequence[OutsideIndex]


@dataclass(frozen=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """0–100, 2 decimals; None of nothing."""
        return percent(self.part, self.whole)


@dataclass(frozen=True)
class Reviewed:
    """The SAKIP review that counts; `predicate` follows from the score."""

    score: Decimal
    predicate: str
    reviewed_on: date


@dataclass(frozen=True)
class Outside:
    """The index that SUKMA-E showed."""

    value: Decimal
    respondents: int | None
    seen_on: date


@dataclass(frozen=True)
class Registered:
    """`documents`: how many of the four kinds are approved, None while the year has none at all. `activities`: held of
    planned. `programme`: achieved of all, None while nothing was measured.
    """

    documents: int | None
    activities: Share
    review: Reviewed | None
    programme: Share | None
    outside: Outside | None

    @property
    def values(self) -> Mapping[Indicator, Decimal | None]:
        """What the four indicators that come from registers are worth."""
        return {
            Indicator.DOCUMENTS: None if self.documents is None else Decimal(self.documents),
            Indicator.WELFARE: self.activities.percent,
            Indicator.SAKIP: self.review.score if self.review else None,
            Indicator.PROGRAMME: self.programme.percent if self.programme else None,
        }


def registered(entries: Entries, period: Period) -> Registered:
    """Everything at the end of the period; a register's year is that in which the period ends."""
    year, cut_off = period.last.year, period.last.last_day
    return Registered(
        documents=_documents([row for row in entries.documents if row.year == year], cut_off),
        activities=_activities(entries.activities, period),
        review=_review([row for row in entries.reviews if row.year == year], cut_off),
        programme=_programme([row for row in entries.programme if row.year == year], entries.realisations, cut_off),
        outside=_outside([row for row in entries.outside if row.period == str(period)]),
    )


def is_document_counted(row: OrganisationDocument, cut_off: date) -> bool:
    """Approved by then, with its file."""
    return row.file_id is not None and row.approved_on is not None and row.approved_on <= cut_off


def is_activity_counted(row: EmpowermentActivity, cut_off: date) -> bool:
    """Held by then, with its evidence."""
    return row.file_id is not None and row.held_on is not None and row.held_on <= cut_off


def is_achieved(row: ProgrammeIndicator, realisation: ProgrammeRealisation | None) -> bool:
    """Whether the target is met, with evidence; not without a realisation."""
    return realisation is not None and realisation.file_id is not None and is_met(row, realisation)


def is_met(row: ProgrammeIndicator, realisation: ProgrammeRealisation) -> bool:
    """Whether the value reaches the target, whatever proves it."""
    return realisation.value <= row.target if row.direction == Better.LOWER else realisation.value >= row.target


def sakip_predicate(score: Decimal) -> str:
    """AA to D."""
    return next((word for word, above in SAKIP_ABOVE if score > above), SAKIP_LEAST)


def measured(rows: Iterable[ProgrammeRealisation], cut_off: date) -> Mapping[UUID, ProgrammeRealisation]:
    """The newest realisation of each programme indicator, by the day it was measured, up to the cut-off."""
    known = [row for row in rows if row.measured_on <= cut_off]
    return {row.indicator_id: row for row in sorted(known, key=lambda row: (row.measured_on, row.recorded_at))}


def planned(rows: Iterable[EmpowermentActivity], period: Period) -> list[EmpowermentActivity]:
    """The activities that belong to the period."""
    return [row for row in rows if period.first.first_day <= row.planned_on <= period.last.last_day]


def newest_review(rows: Iterable[SakipReview], cut_off: date) -> SakipReview | None:
    """The review that counts, of a year's: the newest with its file."""
    known = [row for row in rows if row.file_id is not None and row.reviewed_on <= cut_off]
    return max(known, key=lambda row: (row.reviewed_on, row.recorded_at), default=None)


def _documents(rows: Sequence[OrganisationDocument], cut_off: date) -> int | None:
    return len({row.kind for row in rows if is_document_counted(row, cut_off)}) if rows else None


def _activities(rows: Iterable[EmpowermentActivity], period: Period) -> Share:
    found = planned(rows, period)
    return Share(sum(is_activity_counted(row, period.last.last_day) for row in found), len(found))


def _review(rows: Iterable[SakipReview], cut_off: date) -> Reviewed | None:
    newest = newest_review(rows, cut_off)
    return Reviewed(newest.score, sakip_predicate(newest.score), newest.reviewed_on) if newest else None


def _programme(
    rows: Sequence[ProgrammeIndicator], realisations: Iterable[ProgrammeRealisation], cut_off: date
) -> Share | None:
    found = measured(realisations, cut_off)
    if not any(row.entry_id in found for row in rows):
        return None
    return Share(sum(is_achieved(row, found.get(row.entry_id)) for row in rows), len(rows))


def _outside(rows: Sequence[OutsideIndex]) -> Outside | None:
    newest = max(rows, key=lambda row: row.recorded_at, default=None)
    return Outside(newest.value, newest.respondents, newest.seen_on) if newest else None
