"""Pages for residents: the rating form of a service point, and thanks."""

from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.db import reader
from core.errors import Conflict, Refused
from offices import queries as offices
from offices.current import current_office, office_of_code
from offices.points import Purpose, report_path
from offices.public import unknown_point
from survey import queries, service
from survey.editions import CODE
from survey.forms import RatingForm, form_for
from survey.places import Place, place_of
from survey.service import Source

public = Blueprint("survey_public", __name__)


@public.get("/survei/<point>")
def blank(point: str) -> ResponseReturnValue:
    """The whole questionnaire, to be filled in."""
    place = _place(point)
    if place is None:
        return unknown_point(point)
    asked_for = place.fixed_service or request.args.get("service")
    form = form_for(place.questionnaire)(None, service=asked_for, edition=place.questionnaire.code)
    form.offer(place.services)
    return _page(place, form, HTTPStatus.OK)


@public.post("/survei/<point>")
def send(point: str) -> ResponseReturnValue:
    """Keep the rating; whatever goes wrong, the page comes back as it was filled in."""
    place = _place(point)
    if place is None:
        return _elsewhere(point)
    form = _filled(place)
    if not form.validate():
        return _page(place, form, form.status)
    try:
        _rate(place, form)
    except Conflict:
        return _as_another(place, form)
    return redirect(url_for(".thanks", point=place.point_code), HTTPStatus.SEE_OTHER)


@public.get("/survei/<point>/terima-kasih")
def thanks(point: str) -> ResponseReturnValue:
    """Where a sent rating leads; the next person on the same phone begins here."""
    office = office_of_code(point)
    found = offices.open_point(reader(), office.id, point) if office else None
    if found is None:
        return unknown_point(point)
    report = report_path(found.code) if found.purpose == Purpose.BOTH else "/lapor"
    return render_template("survey/thanks.html", point=found, report=report)


def _place(point: str) -> Place | None:
    office = office_of_code(point)
    return place_of(reader(), office, point, wib_day(clock.now())) if office else None


def _filled(place: Place) -> RatingForm:
    """The form as it was sent, without the answers to questions that are now asked in other words."""
    data = request.form.copy()
    code = data.get("edition", "")
    if code != place.questionnaire.code and CODE.fullmatch(code):
        earlier = queries.questionnaire(reader(), place.office_id, code)
        for key in place.questionnaire.reworded_since(earlier) if earlier else ():
            data.poplist(key)
    form = form_for(place.questionnaire)(data)
    form.offer(place.services)
    return form


def _rate(place: Place, form: RatingForm) -> None:
    service.rate(
        office_id=place.office_id,
        point_code=place.point_code,
        questionnaire=place.questionnaire,
        source=Source.WEB,
        now=clock.now(),
        **form.values(),
    )


def _as_another(place: Place, form: RatingForm) -> ResponseReturnValue:
    """Someone rated from this very page before: what is filled in now can go as a rating of its own."""
    form.submission_id.data = uuid4()
    words = _("Dari halaman ini sudah kami terima satu penilaian. Yang di bawah ini lain: kirim kalau memang baru.")
    form.refuse(Refused(words))
    return _page(place, form, HTTPStatus.CONFLICT)


def _elsewhere(point: str) -> ResponseReturnValue:
    """The point was closed meanwhile: what is filled in can be sent by way of another."""
    office = office_of_code(point) or current_office()
    place = place_of(reader(), office, None, wib_day(clock.now()))
    if place is None:
        return unknown_point(point)
    form = _filled(place)
    form.refuse(Refused(_("Tempat ini tidak lagi menerima penilaian. Isian Anda masih ada: kirim lewat tempat lain.")))
    return _page(place, form, HTTPStatus.NOT_FOUND)


def _page(place: Place, form: RatingForm, status: HTTPStatus) -> ResponseReturnValue:
    others = offices.rated_points(reader(), place.office_id) if place.point_code is None else ()
    page = render_template("survey/form.html", place=place, form=form, others=others, status=status)
    return page, status
