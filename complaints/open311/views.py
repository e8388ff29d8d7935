"""The addresses of Open311 GeoReport v2: services, their questions, requests read and created, tokens."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from complaints.open311 import answers, forms, queries
from complaints.open311.queries import Listed
from complaints.open311.trees import Tree, as_json, as_xml
from complaints.pictures import photo_intake
from complaints.questions import Question, questions
from complaints.reporting import entrance
from complaints.reporting.intake import Handed
from complaints.terms import Source
from core import clock
from core.calendar import wib_day
from core.db import read_afresh, reader
from core.errors import Conflict, Missing, Refused
from offices import queries as office_queries
from offices.current import current_office, office_of_jurisdiction

JSON, XML = "json", "xml"
FORMAT = "<any(json, xml):form>"
V2 = "/open311/v2"
api = Blueprint("open311", __name__)


@api.before_request
def _find_jurisdiction() -> None:
    """The office that `jurisdiction_id` names, else the installation's."""
    wanted = request.values.get("jurisdiction_id", "")
    if wanted and office_of_jurisdiction(wanted) is None:
        raise Missing(_("jurisdiction_id tidak dikenal."))


@api.get(f"/open311/discovery.{FORMAT}")
def discovery(form: str) -> Response:
    """Where the service is, and how it speaks."""
    base = current_app.config["SETTINGS"].base_url
    return _answer(form, "discovery", answers.discovery(base, current_office()))


@api.get(f"{V2}/services.{FORMAT}")
def services(form: str) -> Response:
    """The kinds of disorder that may be reported here and listed to everybody."""
    found = queries.public_categories(reader(), current_office().id)
    return _answer(form, "services", [answers.service(row) for row in found])


@api.get(f"{V2}/services/<code>.{FORMAT}")
def definition(code: str, form: str) -> Response:
    """What the office would like to know of one kind; no answer is required."""
    return _answer(form, "service_definition", answers.definition(code, _questions(code, missing=True)))


@api.get(f"{V2}/requests.{FORMAT}")
def listed(form: str) -> Response:
    """Requests of public kinds, the newest first, neither words nor identity."""
    numbers = forms.numbers(request.args)
    if numbers:
        found = queries.by_numbers(reader(), current_office().id, numbers)
    else:
        found = queries.listed(reader(), current_office().id, forms.asked(request.args, now=clock.now()))
    return _answer(form, "service_requests", _requests(found))


@api.get(f"{V2}/requests/<number>.{FORMAT}")
def one(number: str, form: str) -> Response:
    """One request, if it is of a public kind."""
    found = queries.by_numbers(reader(), current_office().id, [number.upper()])
    if not found:
        raise Missing(_("Laporan ini tidak ada, atau tidak untuk umum."))
    return _answer(form, "service_requests", _requests(found))


@api.post(f"{V2}/requests.{FORMAT}")
def create(form: str) -> Response:
    """Take a request in: its public number, and as token the receipt that only the sender knows."""
    fields = forms.as_report(request.form, _questions(request.form.get("service_code", "")))
    report = entrance.report_form(formdata=fields, meta={"csrf": False})
    if not report.validate():
        named = report.field_errors.items()
        return _faults(form, [(forms.theirs(name), text) for name, texts in named for text in texts])
    handed = entrance.take(report, None, Source.API)
    notices = [*_media(handed, report.submission_id.data), *_ignored()]
    return _answer(form, "service_requests", [answers.created(handed, notices)], HTTPStatus.CREATED)


@api.get(f"{V2}/tokens/<token>.{FORMAT}")
def token(token: str, form: str) -> Response:
    """The public number of the request that was given this token."""
    found = entrance.opened(token)
    number = queries.number_of(reader(), found.office_id, found.complaint_id)
    return _answer(form, "service_requests", [{"service_request_id": number, "token": token}])


@api.errorhandler(Refused)
def _on_refused(refusal: Refused) -> Response:
    status = {Missing: HTTPStatus.NOT_FOUND, Conflict: HTTPStatus.CONFLICT}.get(type(refusal), HTTPStatus.BAD_REQUEST)
    return _faults(_wanted(), [(refusal.field or "", refusal.message)], status)


@api.errorhandler(HTTPException)
def _on_http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    answer = _faults(_wanted(), [("", status.phrase)], status)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"})
    return answer


def _requests(found: Sequence[Listed]) -> list[Tree]:
    """As everybody may see them now; days off count only where a resident is waited for."""
    office, waiting = current_office(), [wib_day(one.received_at) for one in found if one.waiting_since]
    days_off = office_queries.days_off(reader(), office.id, since=min(waiting)) if waiting else frozenset[date]()
    return [answers.request(one, office, days_off, now=clock.now()) for one in found]


def _questions(code: str, *, missing: bool = False) -> tuple[Question, ...]:
    """Those of a public kind; raises Missing for another one where it must be there."""
    rows = {row.code: row for row in queries.public_categories(reader(), current_office().id)}
    if missing and code not in rows:
        raise Missing(_("service_code tidak dikenal."))
    return questions(rows[code].questions) if code in rows else ()


def _media(handed: Handed, submission_id: UUID) -> list[str]:
    """Add what was sent as `media`; what becomes of a photo that can't be used. A replay adds nothing twice."""
    files = [file for file in request.files.getlist("media") if file.filename]
    if handed.code is None or not files:
        return []
    read_afresh()  # what this request has read so far is older than its report
    brought = photo_intake.take(entrance.opened(handed.code), submission_id, files, now=clock.now())
    return [f"{photo.name}: {photo.words}" for photo in brought.refused]


def _ignored() -> list[str]:
    """Addresses of pictures elsewhere are not fetched: said, not passed over."""
    if not request.form.get("media_url"):
        return []
    return [_("media_url tidak diambil; kirim fotonya sebagai berkas “media”.")]


def _answer(form: str, root: str, found: Tree | Sequence[Tree], status: int = HTTPStatus.OK) -> Response:
    if form == JSON:
        answer = Response(as_json(found), status, mimetype="application/json")
    else:
        answer = Response(as_xml(root, found), status, content_type="text/xml; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"  # open data, no cookie is read here
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _faults(form: str, faults: Sequence[tuple[str, str]], status: int = HTTPStatus.BAD_REQUEST) -> Response:
    return _answer(form, "errors", [answers.fault(status, field, words) for field, words in faults], status)


def _wanted() -> str:
    return JSON if request.path.endswith(JSON) else XML
