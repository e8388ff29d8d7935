"""Gathers what a calculation's spreadsheet holds."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import long_moment
from core.figures import printed
from offices import queries as offices
from offices.models import Office
from survey import queries as survey
from survey.figures import behind
from survey.figures.calculation import Calculation
from survey.figures.results import Figures
from survey.figures.workbook import MOST_ROWS, Answered, Book, means_of, workbook


def of(session: Session, office: Office, figures: Figures, calculation: Calculation) -> bytes:
    """The file, with the ratings where they may be listed and are not too many."""
    rows = _rows(session, office.id, figures, calculation)
    counted = _(" Dihitung %(moment)s.", moment=long_moment(figures.as_of)) if figures.as_of else ""
    return workbook(
        Book(
            title=_("Perhitungan %(what)s", what=calculation.title),
            subtitle=f"{office.name}, {figures.period.long}.{counted}",
            scored=calculation.scored,
            weight=calculation.weight,
            users=calculation.users,
            rows=rows,
            note=_note(calculation, rows is not None),
        )
    )


def _note(calculation: Calculation, is_listed: bool) -> str:  # noqa: FBT001 (a fact, not a switch)
    if is_listed:
        return _("Semua angka di bawah ini rumus yang hidup; penilaiannya ada di lembar kedua, tanpa data responden.")
    if calculation.chosen is None:
        return _(
            "Jumlah nilai adalah angka masukan: penilaian kelompok ini tidak didaftar, untuk melindungi responden."
        )
    return _(
        "Jumlah nilai adalah angka masukan: lebih dari %(most)s penilaian tidak didaftar di sini, tetapi ada di "
        "halaman perhitungan.",
        most=printed(MOST_ROWS),
    )


def _rows(session: Session, office_id: int, figures: Figures, calculation: Calculation) -> Sequence[Answered] | None:
    if calculation.chosen is None or figures.as_of is None or calculation.scored.respondents > MOST_ROWS:
        return None
    items = survey.items_per_element(session, office_id)
    names = {row.code: row.name for row in offices.services(session, office_id)}
    found = behind.ratings(session, office_id, figures.period, calculation.chosen, figures.as_of, MOST_ROWS, None)
    return [
        Answered(names.get(row.service_code, row.service_code), means_of(row.sums, items[row.edition_code]))
        for row in found
    ]
