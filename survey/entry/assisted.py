"""An officer reads the questions to a visitor and enters the answers."""

from dataclasses import replace
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.db import reader
from core.errors import Conflict, Missing, Refused
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action
from survey.entry.receiving import blank_form, filled_form, make_another, take
from survey.forms import RatingForm
from survey.places import Place, place_of
from survey.service import AlreadyRated, Once, Source
from survey.visits import using

desk = staff_blueprint("survey_assisted", __name__, Action.ENTER_RATINGS)


@desk.get("/petugas/survei/isi")
def blank() -> ResponseReturnValue:
    """The questionnaire, to be read aloud."""
    place = _place()
    return _page(place, blank_form(place), HTTPStatus.OK)


@desk.post("/petugas/survei/isi")
def send() -> ResponseReturnValue:
    """Keep the visitor's answers, and show a blank form for the next. Who entered them is not kept."""
    place = _place()
    form = filled_form(place)
    if not form.validate():
        return _page(place, form, form.status)
    try:
        take(place, form, Source.ASSISTED, _once(form))
    except Refused as refusal:
        _told(form, refusal)
        return _page(place, form, HTTPStatus.CONFLICT)
    flash(_("Penilaian tersimpan. Formulir kosong siap untuk pengunjung berikutnya."), "success")
    return redirect(url_for(".blank"), HTTPStatus.SEE_OTHER)


def _told(form: RatingForm, refusal: Refused) -> None:
    if isinstance(refusal, Conflict) and not isinstance(refusal, AlreadyRated):
        make_another(form)
    else:
        form.refuse(refusal)


def _once(form: RatingForm) -> Once | None:
    """What the visit's code does, if one was entered; Refused at its field where it is no good."""
    if not form.visit.data:
        return None
    try:
        visit = using.found(reader(), form.visit.data)
    except using.NoSuchCode as refusal:
        raise Refused(refusal.message, "visit") from None
    if visit.service_code != form.service.data:
        raise Refused(_("Kode ini untuk layanan lain. Periksa layanannya, atau kosongkan kodenya."), "visit")
    return using.once(visit, form.opened.data, clock.now())


def _place() -> Place:
    place = place_of(reader(), current_office(), None, wib_day(clock.now()))
    if place is None:
        raise Missing(_("Kantor ini belum punya pertanyaan survei."))
    return replace(place, point_name=None)


def _page(place: Place, form: RatingForm, status: HTTPStatus) -> ResponseReturnValue:
    return render_template("survey/assisted.html", place=place, form=form, status=status), status
