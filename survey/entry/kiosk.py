"""Pages for a screen at the desk: one visitor after the other, and nothing of the last one left for the next."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict
from offices.public import unknown_point
from survey.entry.receiving import blank_form, filled_form, make_another, place_here, take
from survey.forms import RatingForm
from survey.places import Place
from survey.service import Source

public = Blueprint("survey_kiosk", __name__)
THANKS_S = 10  # as in static/kios.js


@public.get("/survei/<point>/kios")
def start(point: str) -> ResponseReturnValue:
    """Where each visitor begins, and to which the screen returns by itself."""
    place = place_here(point)
    if place is None:
        return unknown_point(point)  # whoever sets the screen up needs to know which points there are
    return render_template("survey/kiosk.html", place=place, state="start")


@public.get("/survei/<point>/kios/isi")
def blank(point: str) -> ResponseReturnValue:
    """The whole questionnaire, to be filled in."""
    place = place_here(point)
    return _page(place, blank_form(place), HTTPStatus.OK) if place else _closed(point)


@public.post("/survei/<point>/kios/isi")
def send(point: str) -> ResponseReturnValue:
    """Keep the rating; whatever goes wrong, the page comes back as it was filled in."""
    place = place_here(point)
    if place is None:
        return _closed(point)
    form = filled_form(place)
    if not form.validate():
        return _page(place, form, form.status)
    try:
        take(place, form, Source.KIOSK)
    except Conflict:
        make_another(form)
        return _page(place, form, HTTPStatus.CONFLICT)
    return redirect(url_for(".thanks", point=place.point_code), HTTPStatus.SEE_OTHER)


@public.get("/survei/<point>/kios/terima-kasih")
def thanks(point: str) -> ResponseReturnValue:
    """Shown for some seconds; knows nothing of the rating, for the next visitor may be looking already."""
    place = place_here(point)
    if place is None:
        return _closed(point)
    home = {"Refresh": f"{THANKS_S}; url=/survei/{place.point_code}/kios"}  # for a screen without JavaScript
    return render_template("survey/kiosk.html", place=place, state="thanks"), home


def _closed(point: str) -> ResponseReturnValue:
    """The point was closed while the screen stood there."""
    page = render_template("survey/kiosk.html", place=None, point=point, state="closed")
    return page, HTTPStatus.NOT_FOUND


def _page(place: Place, form: RatingForm, status: HTTPStatus) -> ResponseReturnValue:
    return render_template("survey/kiosk_form.html", place=place, form=form, others=(), status=status), status
