"""Rates the handling of one matter, once, by a signed link that another room gave the resident."""

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock, links
from core.calendar import wib_day
from core.db import reader
from core.errors import Conflict, Missing, Refused
from offices.current import current_office
from survey import queries, service
from survey.forms import RatingForm, RatingValues, form_for
from survey.opened import fill_s
from survey.places import Place, place_of
from survey.service import AlreadyRated, Once, Source, Visit

public = Blueprint("survey_linked", __name__)


@dataclass(frozen=True)
class Link:
    """What a link holds: whose service is rated, what may be rated once, and until which WIB day."""

    office: int
    service: str
    once: str
    until: date


@public.get("/survei/penanganan/<token>")
def blank(token: str) -> ResponseReturnValue:
    """The questionnaire, or why it is over."""
    link = _read(token)
    if ended := _ended(link):
        return ended
    place = _place(link)
    form = form_for(place.questionnaire)(None, service=link.service, edition=place.questionnaire.code)
    form.offer(place.services)
    return _page(place, form, HTTPStatus.OK)


@public.post("/survei/penanganan/<token>")
def send(token: str) -> ResponseReturnValue:
    """Keep the rating; the same one again is thanked again, another one is told kindly that one was given."""
    link = _read(token)
    place = _place(link)
    form = form_for(place.questionnaire)(request.form)
    form.offer(place.services)
    if link.until < wib_day(clock.now()):
        return _over(link)
    if not form.validate():
        return _page(place, form, form.status)
    try:
        service.rate(
            office_id=place.office_id,
            point_code=None,
            questionnaire=place.questionnaire,
            source=Source.WEB,
            once=Once(link.once, Visit.REPORT),
            fill_s=fill_s(form.opened.data, clock.now()),
            now=clock.now(),
            **_values(form, link),
        )
    except AlreadyRated:
        return _rated()
    except Conflict as refusal:
        form.submission_id.data = uuid4()
        form.refuse(Refused(_(refusal.message)))
        return _page(place, form, HTTPStatus.CONFLICT)
    return render_template("survey/handled.html", state="thanks")


def _values(form: RatingForm, link: Link) -> RatingValues:
    """What was filled in; the service is the link's, whatever the form says."""
    values = form.values()
    values["service_code"] = link.service
    return values


def _read(token: str) -> Link:
    """Raises Missing when nobody here made the link."""
    data = links.read(current_app.config["SECRET_KEY"], links.Purpose.RATING, token)
    if data is None:
        raise Missing(_("Tautan penilaian ini tidak kami kenal. Buka lagi dari halaman laporan Anda."))
    link = Link(data["office"], data["service"], data["once"], date.fromisoformat(data["until"]))
    if link.office != current_office().id:
        raise Missing(_("Tautan penilaian ini milik kantor lain."))
    return link


def _ended(link: Link) -> ResponseReturnValue | None:
    if queries.is_rated(reader(), link.office, link.once):
        return _rated()
    return _over(link) if link.until < wib_day(clock.now()) else None


def _rated() -> ResponseReturnValue:
    return render_template("survey/handled.html", state="rated")


def _over(link: Link) -> ResponseReturnValue:
    return render_template("survey/handled.html", state="over", until=link.until), HTTPStatus.GONE


def _place(link: Link) -> Place:
    place = place_of(reader(), current_office(), None, wib_day(clock.now()))
    if place is None or link.service not in dict(place.services):
        raise Missing(_("Layanan ini sekarang tidak dapat dinilai."))
    return replace(place, point_name=_("Penanganan laporan Anda"), fixed_service=link.service)


def _page(place: Place, form: RatingForm, status: HTTPStatus) -> ResponseReturnValue:
    return render_template("survey/form.html", place=place, form=form, others=(), status=status), status
