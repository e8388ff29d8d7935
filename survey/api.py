"""Ratings from programs: the same rules as the page, through the same form."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, abort, jsonify, request
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.db import reader
from core.errors import Missing, Refused
from core.jsonform import Errors, FormData, JsonObject, as_form, merged, read_object
from core.openapi import Codes
from core.problems import problem
from offices import queries
from offices.current import current_office, office_of_code
from survey import queries as survey
from survey import service
from survey.forms import RESPONDENT, RatingForm, form_for
from survey.opened import age, fill_s
from survey.places import Place, place_of
from survey.service import AlreadyRated, Once, Source
from survey.visits import using

api = Blueprint("survey_api", __name__)
NO_GOOD: Mapping[type[Refused], HTTPStatus] = {
    using.NoSuchCode: HTTPStatus.NOT_FOUND,
    using.Expired: HTTPStatus.GONE,
    AlreadyRated: HTTPStatus.CONFLICT,
}


@api.post("/api/v1/ratings")
def add() -> Response:
    """Keep one rating: 201, or 200 when the same submission had come before."""
    data = read_object(request)
    place, errors = _place(data.get("point"))
    place = _of_edition(place, data.get("edition"))
    form, type_errors = _form(data, place)
    form.validate()
    errors = form.field_errors | type_errors | errors
    if errors:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Penilaian belum lengkap atau keliru."), errors)
    created = _rate(place, form)
    answer = jsonify(status="received")
    answer.status_code = HTTPStatus.CREATED if created else HTTPStatus.OK
    return answer


def codes() -> Codes:
    """The codes that a rating may have now."""
    office_id = current_office().id
    services = [row.code for row in queries.open_services(reader(), office_id)]
    points = queries.rated_points(reader(), office_id)
    return {
        ("Rating", "service"): [*services, None],
        ("Rating", "point"): [*(point.code for point in points), None],
        ("AtItsPoint", "point"): [point.code for point in points if point.service_code in services],
    }


def _place(point: object) -> tuple[Place, Errors]:
    """The place of the point, or of no point with what is wrong about the one given."""
    day = wib_day(clock.now())
    fault = None
    if isinstance(point, str):
        office = office_of_code(point)
        place = place_of(reader(), office, point, day) if office else None
        if place is not None:
            return place, {}
        fault = _("Titik ini tidak dikenal, atau tidak menerima penilaian.")
    elif point is not None:
        fault = _("Harus berupa teks.")
    place = place_of(reader(), current_office(), None, day)
    if place is None:
        raise Missing(_("Kantor ini belum punya pertanyaan survei."))
    return place, {"point": [fault]} if fault else {}


def _of_edition(place: Place, code: object) -> Place:
    """The place with the questions that were asked: an earlier edition's, where a phone had kept the form."""
    if not isinstance(code, str) or code == place.questionnaire.code:
        return place
    asked = survey.begun_questionnaire(reader(), place.office_id, code, wib_day(clock.now()))
    return replace(place, questionnaire=asked) if asked else place


def _form(data: JsonObject, place: Place) -> tuple[RatingForm, Errors]:
    fields, errors = _flat(data, place.questionnaire.keys)
    if place.fixed_service:
        fields.setdefault("service", place.fixed_service)
    form = form_for(place.questionnaire)(fields, meta={"csrf": False})
    form.offer(place.services)
    return form, errors


def _flat(data: JsonObject, keys: tuple[str, ...]) -> tuple[FormData, Errors]:
    return merged(
        [
            as_form(data, texts=("submission_id", "service", "suggestion", "visit", "opened")),
            as_form(data, numbers=keys, group="answers"),
            as_form(data, texts=RESPONDENT, group="respondent"),
        ]
    )


def _rate(place: Place, form: RatingForm) -> bool:
    return service.rate(
        office_id=place.office_id,
        point_code=place.point_code,
        questionnaire=place.questionnaire,
        source=_source(form),
        once=_once(form),
        fill_s=fill_s(form.opened.data, clock.now()),
        now=clock.now(),
        **form.values(),
    ).created


def _once(form: RatingForm) -> Once | None:
    """What a visit's code does to the rating. A program can say that the code is no good, so it is told."""
    if not form.visit.data:
        return None
    visit = using.found(reader(), form.visit.data)
    if visit.service_code != form.service.data:
        words = _("Kode kunjungan ini untuk layanan lain.")
        abort(problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, {"visit": [words]}))
    return using.once(visit, form.opened.data, clock.now())


@api.errorhandler(using.NoSuchCode)
@api.errorhandler(using.Expired)
@api.errorhandler(AlreadyRated)
def no_good(refusal: Refused) -> Response:
    """The visit's code was never given out, its last day is over, or it has been used."""
    return problem(NO_GOOD[type(refusal)], refusal.message, {"visit": [refusal.message]})


def _source(form: RatingForm) -> Source:
    """The queue on a resident's phone sends what was filled in on the page (static/nilai.js), with the page's stamp."""
    is_queue = request.headers.get("X-Requested-With") == "antrean" and age(form.opened.data, clock.now()) is not None
    return Source.WEB if is_queue else Source.API
