"""Settings pages: holidays and collective leave, by year."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.db import reader
from offices import queries, service
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm, LeaveForm
from offices.rights import Action

desk = staff_blueprint("offices_holidays", __name__, Action.MANAGE_MASTER_DATA)
YEARS = range(2000, 2101)


@desk.route("/pengaturan/hari-libur", methods=["GET", "POST"])
def holidays() -> ResponseReturnValue:
    """The days of a year, and a form to add collective leave."""
    form = LeaveForm()
    if form.validate_on_submit() and form.accepted(lambda: service.add_leave(**form.values(), **signature())):
        flash(_("Cuti bersama ditambahkan."), "success")
        return redirect(url_for(".holidays", tahun=form.day.data.year))
    return _page(_year(), form, ButtonForm())


@desk.post("/pengaturan/hari-libur/<int:year>")
def fill_year(year: int) -> ResponseReturnValue:
    """Put in a year's national holidays."""
    if year not in YEARS:
        abort(404)
    button = ButtonForm()
    if button.validate() and button.accepted(lambda: service.fill_year(year=year, **signature())):
        flash(_("Hari libur nasional diisi. Periksa tanggalnya dengan keputusan pemerintah."), "success")
        return redirect(url_for(".holidays", tahun=year))
    return _page(year, LeaveForm(formdata=None), button)


@desk.post("/pengaturan/hari-libur/<day>/batal")
def take_back(day: str) -> ResponseReturnValue:
    """The office works that day after all."""
    return _set_off(day, is_off=False)


@desk.post("/pengaturan/hari-libur/<day>/pulihkan")
def restore(day: str) -> ResponseReturnValue:
    """The office is closed that day again."""
    return _set_off(day, is_off=True)


def _set_off(text: str, *, is_off: bool) -> ResponseReturnValue:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    button = ButtonForm()
    if button.validate() and button.accepted(lambda: service.set_off(day=day, is_off=is_off, **signature())):
        return redirect(url_for(".holidays", tahun=day.year, _anchor=f"hari-{day.isoformat()}"))
    return _page(day.year, LeaveForm(formdata=None), button)


def _page(year: int, form: LeaveForm, button: ButtonForm) -> ResponseReturnValue:
    found = queries.holidays_of(reader(), signed_in().office_id, year)
    page = render_template("offices/holidays.html", year=year, holidays=found, form=form, button=button)
    return page, max(form.status, button.status)


def _year() -> int:
    """The year asked for, else this one."""
    asked = request.args.get("tahun", type=int)
    return asked if asked and asked in YEARS else wib_day(clock.now()).year
