"""The page of a month's notes: what the responsible say of each indicator, and what the Sekcam has checked."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import Month
from core.db import read_afresh, reader
from indicators.asked import asked_month
from indicators.pages import notes_page
from indicators.registers import notes, responsible
from indicators.registers.note_forms import NoteForm, SeenForm
from indicators.sheet import Indicator
from offices.access import asks_for, require, signature, signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("month_notes", __name__, Action.READ_SUMMARY)
checking = staff_blueprint("note_checks", __name__, Action.CHECK_NOTES)


@desk.get("/ringkasan/<month>/catatan")
def show(month: str) -> ResponseReturnValue:
    """The six notes, and who is late."""
    return _page(asked_month(month), {})


@desk.post("/ringkasan/<month>/catatan/<indicator>")
@asks_for(Action.FILL_FOR_ALL, *responsible.ANSWERING.values())
def write(month: str, indicator: str) -> ResponseReturnValue:
    """Say something of an indicator."""
    key = _indicator(indicator)
    require(*responsible.writing(key))
    asked = asked_month(month)
    form = notes_page.named(NoteForm(), key)
    added: list[bool] = []
    if form.validate() and form.accepted(
        lambda: added.append(notes.write(month=asked, indicator=key, **form.values(), **signature()))
    ):
        flash(_("Catatan disimpan.") if added[0] else _("Tidak ada yang berubah."), "success")
        return redirect(url_for("month_notes.show", month=asked, _anchor=key.value))
    form.show(notes_page.newest(read_afresh(), signed_in().office_id, asked, key))
    return _page(asked, {key: form}, form)


@checking.post("/ringkasan/<month>/catatan/<indicator>/periksa")
def check(month: str, indicator: str) -> ResponseReturnValue:
    """The Sekcam has checked the note that was shown."""
    asked, key, account = asked_month(month), _indicator(indicator), signed_in()
    form = SeenForm()
    if form.validate() and form.accepted(
        lambda: notes.check(month=asked, indicator=key, seen=form.seen_note(), **signature())
    ):
        flash(_("Catatan ditandai sudah diperiksa."), "success")
        return redirect(url_for("month_notes.show", month=asked, _anchor=key.value))
    form.show(notes_page.newest(read_afresh(), account.office_id, asked, key))
    return _page(asked, {key: form}, form)


def _page(month: Month, sent: notes_page.Sent, form: NoteForm | SeenForm | None = None) -> ResponseReturnValue:
    found = notes_page.notes_page(reader(), current_office(), month, signed_in(), sent, clock.now())
    page = render_template("indicators/notes.html", page=found, stages=notes_page.STAGES)
    return page, form.status if form else 200


def _indicator(text: str) -> Indicator:
    if text not in set(Indicator):
        abort(404)
    return Indicator(text)
