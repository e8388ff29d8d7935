"""Reports from programs: the same rules as the page, through the same form."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from complaints import queries
from complaints.following.case_view import CaseView, Deadline, case_view
from complaints.following.tracking import Entry
from complaints.reporting import entrance, nearby
from complaints.reporting.forms import ReportForm
from complaints.reporting.intake import Handed
from complaints.terms import Source
from core import clock
from core.db import reader
from core.jsonform import Errors, JsonObject, as_form, merged, read_object
from core.openapi import Codes
from core.problems import problem
from offices import queries as office_queries
from offices.current import current_office
from offices.models import Point

api = Blueprint("complaints_api", __name__)


@api.post("/api/v1/complaints")
def add() -> Response:
    """Take one report in: 201, or 202 when it is held for review; both with the same body, as is the 200 for a
    submission that had come before.
    """
    data = read_object(request)
    point, errors = _point(data.get("point"))
    form, type_errors = _form(data)
    form.validate()
    errors = form.field_errors | type_errors | errors | _token_errors(form)
    if errors:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Laporan belum lengkap atau keliru."), errors)
    handed = entrance.take(form, point, _source())
    answer = jsonify(_handed(handed))
    answer.status_code = _status(handed)
    return answer


@api.get("/api/v1/complaints/<code>")
def track(code: str) -> Response:
    """The report that this receipt opens: status, the day it is to be settled (null once closed), timeline.

    `question` waits for an answer (else null), `can` names what may be said, until `answer_by` of a settled report.
    """
    view = case_view(reader(), entrance.opened(code), now=clock.now())
    return jsonify(_tracked(view) | _deadline(view.deadline))


@api.get("/api/v1/categories")
def categories() -> Response:
    """The kinds of disorder that can be reported; an `urgent` one shows the emergency numbers first."""
    rows = queries.open_categories(reader(), current_office().id)
    return jsonify([{"code": row.code, "name": row.name, "urgent": row.is_urgent} for row in rows])


def codes() -> Codes:
    """The codes that a report may have now."""
    office_id = current_office().id
    kinds = [row.code for row in queries.open_categories(reader(), office_id)]
    villages = [row.code for row in office_queries.villages(reader(), office_id)]
    points = [row.code for row in office_queries.points(reader(), office_id) if row.is_open]
    return {
        ("CategoryCode", ""): kinds,
        ("VillageCode", ""): villages,
        ("Report", "point"): [*points, None],
    }


def _point(code: object) -> tuple[Point | None, Errors]:
    if code is None:
        return None, {}
    if not isinstance(code, str):
        return None, {"point": [_("Harus berupa teks.")]}
    point = entrance.point_of(code)
    return point, {} if point else {"point": [_("Titik ini tidak dikenal atau sudah ditutup.")]}


def _form(data: JsonObject) -> tuple[ReportForm, Errors]:
    texts = ("submission_id", "category", "description", "village", "place", "happened_at", "join")
    fields, errors = merged(
        [
            as_form(data, texts=texts, numbers=("lat", "lng"), flags=("confidential",)),
            as_form(data, texts=("name", "phone", "email"), group="contact"),
        ]
    )
    return entrance.report_form(formdata=fields, meta={"csrf": False}), errors


def _token_errors(form: ReportForm) -> Errors:
    if form.join.data and nearby.chosen_case(form) is None:
        return {"join": [_("Daftar laporan yang mirip sudah lama diambil. Ambil lagi, atau kirim tanpa ini.")]}
    return {}


def _source() -> Source:
    """The queue on a resident's phone sends what was typed on the page (static/antrean.js)."""
    return Source.WEB if request.headers.get("X-Requested-With") == "antrean" else Source.API


def _status(handed: Handed) -> HTTPStatus:
    if handed.is_held:
        return HTTPStatus.ACCEPTED
    return HTTPStatus.CREATED if handed.created else HTTPStatus.OK


def _handed(handed: Handed) -> dict[str, str]:
    """The receipt is left out once the office has issued another."""
    if handed.code is None:
        return {"number": handed.number}
    return {"number": handed.number, "receipt": handed.code, "track_url": entrance.track_url(handed.code)}


def _tracked(view: CaseView) -> dict[str, object]:
    found = view.report
    return {
        "number": found.number,
        "status": found.status.value,
        "status_text": found.status_word,
        "category": found.category,
        "received_at": found.received_at.isoformat(),
        "due_on": _day(found.due_on),
        "question": view.question or None,
        "answer_by": _day(view.answer_by),
        "can": [move.value for move in view.can],
        "timeline": [_entry(entry) for entry in found.entries],
    }


def _deadline(deadline: Deadline | None) -> dict[str, object]:
    """How it stands with the due day; nothing once the report is closed."""
    if deadline is None:
        return {"working_days_left": None, "waits_until": None, "due_changes": []}
    return {
        "working_days_left": deadline.days_left,
        "waits_until": _day(deadline.stands_until),
        "due_changes": list(deadline.slips),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _entry(entry: Entry) -> dict[str, object]:
    return {"at": entry.at.isoformat(), "text": entry.text, "notes": list(entry.notes)}
