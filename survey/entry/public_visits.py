"""Pages for residents who were given a code: from the code to the questionnaire of the service they came for."""

from dataclasses import replace
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
from offices.current import current_office
from offices.points import service_ways
from survey import thanking
from survey.entry.receiving import blank_form, filled_form, make_another, take
from survey.forms import RatingForm
from survey.places import Place, place_of
from survey.service import AlreadyRated, Source
from survey.visits import codes, using
from survey.visits.models import VisitCode

public = Blueprint("survey_visits", __name__)


@public.get("/k/")
def ask() -> ResponseReturnValue:
    """Where a code is typed, and the way from there to its own address."""
    typed = request.args.get("kode", "").strip()
    if not typed:
        return render_template("survey/visit_code.html", state="ask", typed="", way="")
    code = codes.parse(typed, current_office().prefix)
    return redirect(url_for(".blank", code=code)) if code else _unknown(typed)


@public.get("/k/<code>")
def blank(code: str) -> ResponseReturnValue:
    """The questionnaire of the visit's service, or why it can't be rated with this code."""
    visit = using.found(reader(), code)
    place = _place(visit)
    if visit.is_used or visit.valid_until < wib_day(clock.now()) or place is None:
        return _over(visit)
    form = blank_form(place)
    form.visit.data, form.opened.data = code, using.stamp(visit)
    return _page(place, form, HTTPStatus.OK)


@public.post("/k/<code>")
def send(code: str) -> ResponseReturnValue:
    """Keep the rating. When the code is no good any more, what was filled in can go without it."""
    visit = using.found(reader(), code)
    place = _place(visit)
    if place is None:
        return _over(visit)
    form = filled_form(place)
    form.service.data = visit.service_code
    if not form.validate():
        return _page(place, form, form.status)
    try:
        once = using.once(visit, form.opened.data, clock.now()) if form.visit.data else None
        take(place, form, Source.WEB, once)
    except (Conflict, using.Expired) as refusal:
        return _again(place, form, refusal)
    return _thanks(visit, form)


@public.errorhandler(using.NoSuchCode)
def unknown(_refusal: using.NoSuchCode) -> ResponseReturnValue:
    """Nobody was given this code, or it was typed wrong."""
    return _unknown((request.view_args or {}).get("code", ""))


def _unknown(typed: str) -> ResponseReturnValue:
    return render_template("survey/visit_code.html", state="unknown", typed=typed[:40], way=""), HTTPStatus.NOT_FOUND


def _over(visit: VisitCode) -> ResponseReturnValue:
    """Used, past its last day, or for a service that was closed since."""
    today = wib_day(clock.now())
    state = "used" if visit.is_used else "over" if visit.valid_until < today else "closed"
    page = render_template("survey/visit_code.html", state=state, typed="", way=_way(visit), until=visit.valid_until)
    return page, HTTPStatus.GONE


def _way(visit: VisitCode) -> str:
    """Where the same service is rated without a code."""
    points = [(point.code, point.service_code) for point in offices.rated_points(reader(), visit.office_id)]
    services = [row.code for row in offices.open_services(reader(), visit.office_id)]
    return service_ways(points, services).get(visit.service_code, "")


def _place(visit: VisitCode) -> Place | None:
    place = place_of(reader(), current_office(), None, wib_day(clock.now()))
    if place is None or visit.service_code not in dict(place.services):
        return None
    return replace(place, fixed_service=visit.service_code)


def _again(place: Place, form: RatingForm, refusal: Refused) -> ResponseReturnValue:
    if isinstance(refusal, AlreadyRated | using.Expired):
        form.visit.data, form.submission_id.data = "", uuid4()
        words = _("Isian Anda masih ada: kirim saja tanpa kode.")
        form.refuse(Refused(f"{refusal.message} {words}"))
    else:
        make_another(form)
    return _page(place, form, HTTPStatus.CONFLICT)


def _page(place: Place, form: RatingForm, status: HTTPStatus) -> ResponseReturnValue:
    return render_template("survey/form.html", place=place, form=form, others=(), status=status), status


def _thanks(visit: VisitCode, form: RatingForm) -> ResponseReturnValue:
    """Where every sent rating leads; an office without a point thanks here."""
    points = offices.rated_points(reader(), visit.office_id)
    point = next((each for each in points if each.service_code == visit.service_code), next(iter(points), None))
    if point is None:
        return render_template("survey/visit_code.html", state="thanks", typed="", way="")
    mark = thanking.mark(visit.office_id, form.submission_id.data, now=clock.now())
    address = url_for("survey_public.thanks", point=point.code, penilaian=mark)
    return redirect(address, HTTPStatus.SEE_OTHER)
