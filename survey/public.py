"""Pages for residents: the rating form of a service point, and thanks."""

from http import HTTPStatus

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
from survey import thanking
from survey.entry.receiving import blank_form, filled_form, make_another, place_here, take
from survey.forms import RatingForm
from survey.places import Place, place_of
from survey.review.queries import published
from survey.service import Source
from survey.visits.using import once_if_any

public = Blueprint("survey_public", __name__)
TOLD_MOST = 3  # improvements that one reads about after rating


@public.get("/survei/<point>")
def blank(point: str) -> ResponseReturnValue:
    """The whole questionnaire, to be filled in."""
    place = place_here(point)
    if place is None:
        return unknown_point(point)
    return _page(place, blank_form(place), HTTPStatus.OK)


@public.post("/survei/<point>")
def send(point: str) -> ResponseReturnValue:
    """Keep the rating; whatever goes wrong, the page comes back as it was filled in."""
    place = place_here(point)
    if place is None:
        return _elsewhere(point)
    form = filled_form(place)
    if not form.validate():
        return _page(place, form, form.status)
    try:
        take(place, form, Source.WEB, once_if_any(reader(), form, clock.now()))
    except Conflict:
        make_another(form)
        return _page(place, form, HTTPStatus.CONFLICT)
    mark = thanking.mark(place.office_id, form.submission_id.data, now=clock.now())
    return redirect(url_for(".thanks", point=place.point_code, penilaian=mark), HTTPStatus.SEE_OTHER)


@public.get("/survei/<point>/terima-kasih")
def thanks(point: str) -> ResponseReturnValue:
    """Where a sent rating leads; the next person on the same phone begins here."""
    office = office_of_code(point)
    found = offices.open_point(reader(), office.id, point) if office else None
    if found is None:
        return unknown_point(point)
    mark = request.args.get("penilaian", "")
    return render_template(
        "survey/thanks.html",
        point=found,
        report=report_path(found.code) if found.purpose == Purpose.BOTH else url_for("complaints_public.report"),
        improved=published(reader(), found.office_id, TOLD_MOST),
        disappointed=thanking.low_words(reader(), found.office_id, mark, now=clock.now()) if mark else None,
    )


def _elsewhere(point: str) -> ResponseReturnValue:
    """The point was closed meanwhile: what is filled in can be sent by way of another."""
    office = office_of_code(point) or current_office()
    place = place_of(reader(), office, None, wib_day(clock.now()))
    if place is None:
        return unknown_point(point)
    form = filled_form(place)
    form.refuse(Refused(_("Tempat ini tidak lagi menerima penilaian. Isian Anda masih ada: kirim lewat tempat lain.")))
    return _page(place, form, HTTPStatus.NOT_FOUND)


def _page(place: Place, form: RatingForm, status: HTTPStatus) -> ResponseReturnValue:
    others = offices.rated_points(reader(), place.office_id) if place.point_code is None else ()
    page = render_template("survey/form.html", place=place, form=form, others=others, status=status)
    return page, status
