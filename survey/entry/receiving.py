"""What the pages on which a service is rated share: the place, its form, and taking in what was sent."""

from uuid import uuid4

from flask import request
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.db import reader
from core.errors import Refused
from offices.current import office_of_code
from survey import queries, service
from survey.editions import CODE
from survey.forms import RatingForm, form_for
from survey.opened import fill_s
from survey.places import Place, place_of
from survey.service import Once, Source


def place_here(point: str) -> Place | None:
    """The place of the address's point, whose office becomes the request's; None when nothing is rated there."""
    office = office_of_code(point)
    return place_of(reader(), office, point, wib_day(clock.now())) if office else None


def blank_form(place: Place) -> RatingForm:
    """The questionnaire to be filled in, with the service chosen where the point or the address names one."""
    asked_for = place.fixed_service or request.args.get("service")
    form = form_for(place.questionnaire)(None, service=asked_for, edition=place.questionnaire.code)
    form.offer(place.services)
    return form


def filled_form(place: Place) -> RatingForm:
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


def take(place: Place, form: RatingForm, source: Source, once: Once | None = None) -> None:
    """Keep the checked form's rating; raises Conflict when its submission came before with other content, AlreadyRated
    when another one has rated what may be rated once.
    """
    now = clock.now()
    service.rate(
        office_id=place.office_id,
        point_code=place.point_code,
        questionnaire=place.questionnaire,
        source=source,
        once=once,
        fill_s=fill_s(form.opened.data, now),
        now=now,
        **form.values(),
    )


def make_another(form: RatingForm) -> None:
    """Someone rated from this very page before: what is filled in now can go as a rating of its own."""
    form.submission_id.data = uuid4()
    form.visit.data = ""
    words = _("Dari halaman ini sudah kami terima satu penilaian. Yang di bawah ini lain: kirim kalau memang baru.")
    form.refuse(Refused(words))
