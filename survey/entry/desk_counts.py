"""The desk of visits: how many people came, and whether enough of them answered."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import Month, wib_day
from core.db import reader
from core.errors import or_none
from offices import queries
from offices.access import signature, signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action
from survey.entry.visit_forms import BEGINNING, SHOWN, CodeForm, DayForm, day_form
from survey.entry.visits_page import visits_page
from survey.visits import queries as visits
from survey.visits import service

desk = staff_blueprint("survey_visits_desk", __name__, Action.ENTER_RATINGS)


@desk.get("/petugas/survei/kunjungan")
def show() -> ResponseReturnValue:
    """Buttons that give out codes, the month's figures, and what was entered."""
    return page()


@desk.post("/petugas/survei/kunjungan")
def enter() -> ResponseReturnValue:
    """Write down a day's visits."""
    form = _blank()
    added: list[str] = []
    if form.validate() and form.accepted(
        lambda: added.extend(service.count(day=form.day.data, visits=form.visits(), **signature()))
    ):
        words = _("Kunjungan dicatat.") if added else _("Tidak ada yang berubah.")
        flash(words, "success")
        month = Month.of_day(form.day.data)
        return redirect(url_for(".show", bulan=month, hari=form.day.data))
    return page(entering=form), form.status


def page(giving: CodeForm | None = None, entering: DayForm | None = None) -> str:
    """The desk; a form that was sent and can't be done comes back as it was filled in."""
    month, day = _asked(entering)
    found = visits_page(reader(), current_office(), month, day, Month.of(clock.now()))
    forms = {"giving": giving or CodeForm(formdata=None), "entering": entering or _blank(day)}
    return render_template("survey/visits.html", page=found, beginning=BEGINNING, **forms)


def _asked(entering: DayForm | None) -> tuple[Month, date]:
    """The month and the day in it that the address asks for; today's where it asks for none that has come."""
    today = wib_day(clock.now())
    asked = entering.day.data if entering and entering.day.data else _day(request.args.get("hari", ""))
    month = or_none(Month.parse, request.args.get("bulan", "")) or Month.of_day(asked or today)
    month = min(month, Month.of_day(today))
    if asked and asked <= today and Month.of_day(asked) == month:
        return month, asked
    return month, min(today, month.last_day)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _blank(day: date | None = None) -> DayForm:
    """The form for a day (None: as it was sent), with what was entered before."""
    office_id = signed_in().office_id
    services = [(row.code, row.name) for row in queries.open_services(reader(), office_id)]
    if day is None:
        return day_form(services)()
    before = visits.counts_between(reader(), office_id, day, day + date.resolution)
    numbers = {start + code: number for (code, _day), number in before.items() for start in (BEGINNING, SHOWN)}
    return day_form(services)(formdata=None, data={"day": day, **numbers})
