"""Which of the reports open at a cut-off a figure speaks of, and what it is called."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from indicators.months.open_cases import OpenReport
from indicators.rows import Only


class OpenFigure(StrEnum):
    """Which figure; the value stands in the address."""

    ALL = "terbuka"
    LATE = "lewat-tenggat"
    UNANSWERED = "belum-dijawab"
    WAITING = "menunggu-warga"


TITLES = {
    OpenFigure.ALL: _l("Laporan yang masih terbuka"),
    OpenFigure.LATE: _l("Laporan yang lewat tenggat"),
    OpenFigure.UNANSWERED: _l("Laporan yang terlambat dijawab"),
    OpenFigure.WAITING: _l("Laporan yang menunggu jawaban pelapor"),
}
# What a filter is called that names nothing known.
UNKNOWN: Mapping[str, object] = {
    "sebab": _l("sebab tidak dikenal"),
    "kategori": _l("jenis tidak dikenal"),
    "desa": _l("desa tidak diketahui"),
    "petugas": _l("belum ditugaskan, atau dari buku"),
}


def narrowed(found: Iterable[OpenReport], figure: OpenFigure, only: Only) -> list[OpenReport]:
    """Those of the figure, of one category, desa or officer; in the order given."""
    return [each for each in found if _is_of(each, figure) and _is_chosen(each, only)]


def _is_of(report: OpenReport, figure: OpenFigure) -> bool:
    match figure:
        case OpenFigure.LATE:
            return report.is_late
        case OpenFigure.UNANSWERED:
            return report.is_unanswered
        case OpenFigure.WAITING:
            return report.is_waiting
    return True


def _is_chosen(report: OpenReport, only: Only) -> bool:
    chosen = ((only.category, report.category), (only.village, report.village), (only.settler, report.officer))
    return all(wanted is None or wanted == there for wanted, there in chosen)
