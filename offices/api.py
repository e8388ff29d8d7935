"""Master data for programs: what a form needs to be filled in."""

from flask import Blueprint, Response, jsonify
from flask_babel import gettext as _

from core.db import reader
from core.errors import Missing
from offices import queries
from offices.current import current_office, office_of_code

api = Blueprint("offices_api", __name__)


@api.get("/api/v1/services")
def services() -> Response:
    """The services that can be rated now."""
    rows = queries.open_services(reader(), current_office().id)
    return jsonify([{"code": row.code, "name": row.name} for row in rows])


@api.get("/api/v1/villages")
def villages() -> Response:
    """All desa."""
    rows = queries.villages(reader(), current_office().id)
    return jsonify([{"code": row.code, "name": row.name, "bps_code": row.bps_code} for row in rows])


@api.get("/api/v1/points/<code>")
def points(code: str) -> Response:
    """The open point with this code, as a list of one; `service` and `village` are codes, null where it is for all."""
    office = office_of_code(code)
    found = queries.open_point(reader(), office.id, code) if office else None
    if found is None:
        raise Missing(_("Titik ini tidak dikenal atau sudah ditutup."))
    point = {
        "code": found.code,
        "name": found.name,
        "purpose": found.purpose,
        "service": found.service_code,
        "village": found.village_code,
        "place": found.place,
    }
    return jsonify([point])
