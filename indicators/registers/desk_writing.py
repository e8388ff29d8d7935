"""Writing in the registers: a blueprint for each, open to those who may write there."""

from functools import partial
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from core import clock
from core.db import reader
from core.errors import Refused
from indicators.registers import entry_view, keeping, page, programme
from indicators.registers.books import BOOKS, evidence_words
from indicators.registers.forms import EntryForm, RealisationForm, RemoveForm
from indicators.registers.models import ProgrammeIndicator
from indicators.registers.terms import Register, writing
from indicators.registers.years import asked_year
from offices import attachments
from offices.access import signature, signed_in, staff_blueprint
from offices.attachments import Kept
from offices.current import current_office


def new(register: Register) -> ResponseReturnValue:
    """One more entry."""
    return _added(register, entry_view.sent(register, asked_year()), None)


def measure(indicator_id: UUID) -> ResponseReturnValue:
    """What a programme indicator has reached."""
    of = programme.indicator(reader(), current_office().id, indicator_id)
    form = entry_view.sent(Register.REALISATIONS, of.year)
    if isinstance(form, RealisationForm):
        form.indicator_id.data = str(indicator_id)
    return _added(Register.REALISATIONS, form, of)


def _added(register: Register, form: EntryForm, of: ProgrammeIndicator | None) -> ResponseReturnValue:
    book = BOOKS[register]
    if form.validate_on_submit() and form.accepted(
        lambda: book.add(entry_id=form.entry.data, filed=_filed(form.evidence.data), **form.values(), **signature())
    ):
        return _saved(register, form.entry.data, of)
    shown = {"form": form, "book": book, "of": of, "year": asked_year(), "words": evidence_words}
    return render_template("indicators/registers/new.html", **shown), form.status


def edit(register: Register, entry_id: UUID) -> ResponseReturnValue:
    """Say an entry otherwise."""
    found = page.entry_page(reader(), current_office().id, register, entry_id)
    form = entry_view.sent(register, page.year_of(found.row))
    if found.of and isinstance(form, RealisationForm):
        form.indicator_id.data = str(found.of.entry_id)
    if form.validate() and form.accepted(
        lambda: found.book.edit(
            entry_id=entry_id, seen=form.seen_id, filed=_filed(form.evidence.data), **form.values(), **signature()
        )
    ):
        return _saved(register, entry_id, None)
    return entry_view.shown(register, entry_id, form=form), form.status


def remove(register: Register, entry_id: UUID) -> ResponseReturnValue:
    """Take an entry out, with a reason."""
    found = page.entry_page(reader(), current_office().id, register, entry_id)
    form = RemoveForm()
    if form.validate() and form.accepted(
        lambda: keeping.remove(
            register=register, entry_id=entry_id, seen=form.seen_id, reason=form.reason.data or "", **signature()
        )
    ):
        flash(_("Isian dihapus dari register. Riwayatnya tetap tersimpan."), "success")
        return redirect(_list(register, found.of, page.year_of(found.row)), HTTPStatus.SEE_OTHER)
    return entry_view.shown(register, entry_id, remove=form), form.status


def _filed(file: FileStorage | None) -> Kept | None:
    """The file that was sent, cleaned and kept; None where none was. A refusal stands at its field."""
    if not file or not file.filename:
        return None
    data_dir = current_app.config["SETTINGS"].data_dir
    try:
        return attachments.kept(data_dir, signed_in().office_id, file.stream, file.filename, now=clock.now())
    except Refused as refusal:
        raise Refused(refusal.message, "evidence") from refusal


def _saved(register: Register, entry_id: UUID, of: ProgrammeIndicator | None) -> ResponseReturnValue:
    flash(_("Isian tersimpan."), "success")
    shown, shown_id = (Register.PROGRAMME, of.entry_id) if of else (register, entry_id)
    return redirect(url_for(f"registers.{shown.key}_entry", entry_id=shown_id), HTTPStatus.SEE_OTHER)


def _list(register: Register, of: ProgrammeIndicator | None, year: int) -> str:
    if of:
        return url_for("registers.programme_entry", entry_id=of.entry_id)
    return url_for(f"registers.{register.key}", tahun=year)


def _desk(register: Register) -> Blueprint:
    """The pages that write in one register."""
    desk = staff_blueprint(f"register_{register.key}", __name__, *writing(register))
    here = f"/register/{register.value}"
    if register is Register.REALISATIONS:
        desk.add_url_rule("/register/program/<uuid:indicator_id>/realisasi", "new", measure, methods=["GET", "POST"])
    else:
        desk.add_url_rule(f"{here}/baru", "new", partial(new, register), methods=["GET", "POST"])
    desk.add_url_rule(f"{here}/<uuid:entry_id>/ubah", "edit", partial(edit, register), methods=["POST"])
    desk.add_url_rule(f"{here}/<uuid:entry_id>/hapus", "remove", partial(remove, register), methods=["POST"])
    return desk


DESKS = tuple(_desk(register) for register in Register)
