"""Similar reports for programs: what a resident may join before sending a report of their own."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from complaints.reporting import entrance, nearby
from complaints.reporting.forms import ReportForm
from complaints.reporting.nearby import Offer
from complaints.reporting.similar import Place
from core.problems import problem

ASKED = ("category", "village", "lat", "lng")
api = Blueprint("complaints_api_similar", __name__)


@api.get("/api/v1/complaints/similar")
def similar() -> Response:
    """Up to five open reports like one of `category` at `village` or `lat`, `lng`: each with the `token` that joins
    it when it is sent as `join` with the report. Always empty for categories that the office does not show to all.
    """
    form = entrance.report_form(formdata=request.args, meta={"csrf": False})
    form.validate()
    errors = {name: words for name, words in form.field_errors.items() if name in ASKED}
    if errors:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Jenis dan tempatnya belum lengkap atau keliru."), errors)
    return jsonify([_told(offer, form) for offer in nearby.offers(form.category.data, _place(form), now=form.now)])


def _place(form: ReportForm) -> Place:
    values = form.values()
    return Place(values["village"], values["lat"], values["lng"])


def _told(offer: Offer, form: ReportForm) -> dict[str, str | None]:
    return {
        "token": offer.token,
        "category": form.category.data,
        "village": offer.village,
        "received_on": offer.received_on.isoformat(),
    }
