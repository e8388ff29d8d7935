"""The rows behind each figure of the monthly pages: reports, open reports, ratings."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from flask import abort, render_template, request

from complaints import queries as complaints
from complaints.desk import desk_queries
from complaints.terms import Exclusion
from core.db import reader
from core.ids import read_id
from indicators import rows
from indicators.months import open_cases
from indicators.pages import open_page, page
from indicators.pages.below_page import is_overseer
from indicators.pages.open_page import OpenFigure
from indicators.pages.place import Place, asked_place
from indicators.rows import PAGE, Behind, Only
from offices import queries as offices
from offices.access import signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action
from survey.figures import behind
from survey.figures.behind import Chosen, RatingRow

desk = staff_blueprint("summary_rows", __name__, Action.READ_SUMMARY)
LAST_SEQ = 2**63 - 1
FILTERS = ("sebab", "kategori", "desa", "petugas")


@desk.get("/ringkasan/<period>/ikm/penilaian")
def ratings(period: str) -> str:
    """The ratings behind indicator 2, a hundred a page; `layanan` or `seksi` for those of one."""
    place, office_id = asked_place(period), current_office().id
    counted = place.counted(reader(), office_id)
    filters = {name: value for name in ("layanan", "seksi") if (value := request.args.get(name)) is not None}
    chosen, after = _chosen(filters), _uuid(request.args.get("sesudah"))
    found: Sequence[RatingRow] = []
    if counted is not None:
        found = behind.ratings(reader(), office_id, place.period, chosen, counted.recorded_by, PAGE, after)
    return render_template(
        "indicators/ratings.html",
        place=place,
        ratings=found,
        services={row.code: row.name for row in offices.services(reader(), office_id)},
        counted=counted,
        filters=filters,
        page=page,
        full=PAGE,
    )


@desk.get("/ringkasan/<period>/penyelesaian/<figure>")
def reports(period: str, figure: str) -> str:
    """The reports behind a figure of indicator 4, a hundred a page; FILTERS choose among them."""
    place = asked_place(period)
    filters = {name: value for name in FILTERS if (value := request.args.get(name)) is not None}
    if "petugas" in filters and not is_overseer(signed_in()):
        abort(HTTPStatus.FORBIDDEN)
    if figure in set(OpenFigure):
        return _open(place, OpenFigure(figure), filters)
    if figure not in set(Behind):
        abort(HTTPStatus.NOT_FOUND)
    return _listed(place, Behind(figure), filters)


def _listed(place: Place, figure: Behind, filters: dict[str, str]) -> str:
    only, after = _only(filters), _seq(request.args.get("sesudah"))
    counted = place.counted(reader(), current_office().id)
    found = rows.behind(reader(), counted, place.period, figure, only, after) if counted else []
    return render_template(
        "indicators/reports.html",
        place=place,
        figure=figure,
        filters=filters,
        chosen=_named(filters),
        reports=found,
        counted=counted,
        page=page,
        full=PAGE,
    )


def _open(place: Place, figure: OpenFigure, filters: dict[str, str]) -> str:
    counted, only = place.counted(reader(), current_office().id), _only(filters)
    found = open_cases.open_reports(reader(), counted, place.period) if counted else []
    return render_template(
        "indicators/month_open.html",
        place=place,
        title=open_page.TITLES[figure],
        chosen=_named(filters),
        reports=open_page.narrowed(found, figure, only),
        categories={row.code: row.name for row in complaints.categories(reader(), current_office().id)},
        villages={row.code: row.name for row in offices.villages(reader(), current_office().id)},
        counted=counted,
    )


def _named(filters: dict[str, str]) -> list[str]:
    """What the reports were chosen by, in words."""
    office_id = current_office().id
    known: dict[str, dict[str, str]] = {
        "sebab": {kind.value: page.exclusion_word(kind) for kind in Exclusion},
        "kategori": {row.code: row.name for row in complaints.categories(reader(), office_id)},
        "desa": {row.code: row.name for row in offices.villages(reader(), office_id)},
        "petugas": {str(key): name for key, name in desk_queries.staff_names(reader(), office_id).items()},
    }
    return [known[name].get(value) or str(open_page.UNKNOWN[name]) for name, value in filters.items()]


def _only(filters: dict[str, str]) -> Only:
    officer = filters.get("petugas")
    if officer and read_id(officer) is None:
        abort(HTTPStatus.NOT_FOUND)
    return Only(_kind(filters.get("sebab")), filters.get("kategori"), filters.get("desa"), officer)


def _chosen(filters: dict[str, str]) -> Chosen:
    if "seksi" in filters:
        services = offices.services(reader(), current_office().id)
        return Chosen(services=frozenset(row.code for row in services if row.section_key == filters["seksi"]))
    return Chosen(services=frozenset({filters["layanan"]}) if "layanan" in filters else None)


def _uuid(text: str | None) -> UUID | None:
    found = read_id(text) if text else None
    if text and found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _seq(text: str | None) -> int:
    """Where a page of events goes on; 404 for what no event can be numbered."""
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or int(text) > LAST_SEQ:
        abort(HTTPStatus.NOT_FOUND)
    return int(text)


def _kind(text: str | None) -> Exclusion | None:
    if text is not None and text not in set(Exclusion):
        abort(HTTPStatus.NOT_FOUND)
    return Exclusion(text) if text else None
