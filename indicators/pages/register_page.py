"""Gathers how a figure that comes from a register was calculated: its formula, and the entries behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.figures import NO_FIGURE, printed
from core.periods import Period
from indicators import queries, targets
from indicators.formulas import Predicate, Thresholds, achievement, predicate
from indicators.registers import page, sentences, standings
from indicators.registers import queries as registers
from indicators.registers.books import BOOKS, Book
from indicators.registers.columns import Names
from indicators.registers.page import Files
from indicators.registers.standings import Standing
from indicators.registers.terms import INDICATORS, Register
from indicators.registers.values import DocumentKind, Registered, registered
from indicators.sheet import SHEET, SheetRow
from offices import queries as offices
from offices import settings
from offices.models import Office

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
        "Indikator program tahun itu yang ukuran terakhirnya sampai akhir masa mencapai target, dibagi semua indikator "
        "program tahun itu, dikali 100. Yang belum diukur dihitung belum tercapai."
    ),
}


@dataclass(frozen=True)
class RegisterFigure:
    """A figure and what stands behind it; `target`, `achieved` and `predicate` None where there is none."""

    book: Book
    sheet: SheetRow
    period: Period
    as_of: datetime | None
    value: Decimal | None
    shown: str
    formula: str
    how: object
    target: Decimal | None
    achieved: Decimal | None
    predicate: Predicate | None
    rows: Sequence[Standing[Any]]
    names: Names
    files: Files


def gathered(
    session: Session, office: Office, register: Register, period: Period, today: date, as_of: datetime | None
) -> RegisterFigure:
    """The figure of a period, now or as recorded by a moment."""
    entries = registers.entries(session, office.id, period, as_of)
    found = registered(entries, period)
    rows = standings.READ[register](entries, period, today)
    sheet = next(row for row in SHEET if row.key == INDICATORS[register])
    value = value_of(register, found)
    known = queries.targets(session, office.id, period.last.year, as_of)
    target = targets.target_of(known, sheet.key, period)
    achieved = achievement(value, target)
    return RegisterFigure(
        book=BOOKS[register],
        sheet=sheet,
        period=period,
        as_of=as_of,
        value=value,
        shown=sentences.value(register, entries, period),
        formula=_formula(register, found),
        how=HOW[register],
        target=target,
        achieved=achieved,
        predicate=predicate(achieved, _thresholds(session, office, period, as_of)),
        rows=rows,
        names=page.names(session, office.id, entries),
        files=page.files_of(session, office.id, rows),
    )


def value_of(register: Register, found: Registered) -> Decimal | None:
    """The printed value of the register's indicator."""
    match register:
        case Register.DOCUMENTS:
            return None if found.documents is None else Decimal(found.documents)
        case Register.ACTIVITIES:
            return found.activities.percent
        case Register.REVIEWS:
            return found.review.score if found.review else None
    return found.programme.percent if found.programme else None


def _thresholds(session: Session, office: Office, period: Period, as_of: datetime | None) -> Thresholds:
    in_force = settings.on(offices.setting_rows(session, office.id, as_of), period.last.last_day)
    return Thresholds(*settings.thresholds(in_force["predicate_thresholds"]))


def _formula(register: Register, found: Registered) -> str:
    """The formula with its numbers; "–" where there is no figure."""
    if value_of(register, found) is None:
        return NO_FIGURE
    if register is Register.DOCUMENTS:
        return _("%(count)s dari %(all)s jenis dokumen", count=found.documents, all=len(DocumentKind))
    if register is Register.REVIEWS and found.review:
        return _("nilai evaluasi %(score)s", score=printed(found.review.score))
    share = found.activities if register is Register.ACTIVITIES else found.programme
    if share is None:
        return NO_FIGURE
    return _(
        "%(part)s ÷ %(whole)s × 100 = %(percent)s", part=share.part, whole=share.whole, percent=printed(share.percent)
    )
