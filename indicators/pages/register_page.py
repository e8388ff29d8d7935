"""Gathers how a figure that comes from a register was calculated: its formula, and the entries behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.calendar import wib_day
from core.figures import NO_FIGURE, printed
from indicators.locks.shown import Shown
from indicators.months.results import Line
from indicators.pages.place import Place
from indicators.registers import page, sentences, standings
from indicators.registers import queries as registers
from indicators.registers.books import BOOKS, Book
from indicators.registers.columns import Names
from indicators.registers.page import Files
from indicators.registers.standings import Standing
from indicators.registers.terms import INDICATORS, Register
from indicators.registers.values import DocumentKind, Registered
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
    """A figure as the summary has it, and the entries behind it as recorded by `as_of`; None: as they are now."""

    book: Book
    line: Line
    as_of: datetime | None
    worth: str
    formula: str
    how: object
    rows: Sequence[Standing[Any]]
    names: Names
    files: Files


def gathered(
    session: Session, office: Office, register: Register, place: Place, shown: Shown, now: datetime
) -> RegisterFigure:
    """The figure of the place; of a locked month what was locked, with the entries that were counted then."""
    as_of, summary = shown.lock.as_of if shown.lock else place.as_of, shown.whole.summary
    entries = registers.entries(session, office.id, place.period, as_of)
    rows = standings.of(register, entries, place.period, wib_day(as_of or now))
    line = summary.line(INDICATORS[register])
    return RegisterFigure(
        book=BOOKS[register],
        line=line,
        as_of=as_of,
        worth=sentences.worth(register, summary.registered),
        formula=NO_FIGURE if line.result.value is None else _formula(register, summary.registered),
        how=HOW[register],
        rows=rows,
        names=page.names(session, office.id, entries),
        files=page.files_of(session, office.id, rows),
    )


def _formula(register: Register, found: Registered) -> str:
    """The formula with its numbers, where there is a figure."""
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
