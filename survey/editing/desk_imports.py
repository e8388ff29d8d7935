"""Settings pages: sheets of ratings, from the file to the index, and back."""

from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.csv_files import csv_answer
from core.db import reader
from core.errors import Refused
from offices import queries as offices
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.imports import with_reasons
from offices.models import Import
from offices.readings import Reading
from offices.rights import Action
from survey import importing
from survey.editing import reading, uploads
from survey.editing.import_forms import MatchingForm, UploadForm, begun, matching_form
from survey.editing.reading import Layout, Matching
from survey.editing.uploads import Upload
from survey.elements import ELEMENTS, OFFICIAL_ORDER
from survey.sheets import Entry

desk = staff_blueprint("survey_imports", __name__, Action.IMPORT_RATINGS)


@desk.route("/pengaturan/impor", methods=["GET", "POST"])
def imports() -> ResponseReturnValue:
    """Send a sheet; and what was taken in before."""
    form = UploadForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for(".match", upload_id=_kept(form).id))
        except Refused as refusal:
            form.refuse(refusal)
    return render_template("survey/imports.html", form=form, imports=_imports(), people=_people()), form.status


@desk.route("/pengaturan/impor/<uuid:upload_id>", methods=["GET", "POST"])
def match(upload_id: UUID) -> ResponseReturnValue:
    """Say what each column stands for."""
    upload = _upload(upload_id)
    shown = _layout(upload)
    form = matching_form(shown)(data=begun(shown, upload.matching))
    form.offer([(row.code, row.name) for row in offices.services(reader(), signed_in().office_id)])
    if form.validate_on_submit() and form.accepted(lambda: _check(form)):
        uploads.note(upload, form.matching().kept())
        return redirect(url_for(".check", upload_id=upload_id))
    page = render_template("survey/import_match.html", upload=upload, layout=shown, form=form, button=ButtonForm())
    return page, form.status


@desk.get("/pengaturan/impor/<uuid:upload_id>/periksa")
def check(upload_id: UUID) -> ResponseReturnValue:
    """What will be taken in and what not, before anything is."""
    upload = _upload(upload_id)
    if not upload.matching:
        return redirect(url_for(".match", upload_id=upload_id))
    return _checked(upload, _read(upload), ButtonForm())


@desk.post("/pengaturan/impor/<uuid:upload_id>/masukkan")
def take_in(upload_id: UUID) -> ResponseReturnValue:
    """Take in what can be."""
    upload, button = _upload(upload_id), ButtonForm()
    if not upload.matching:
        flash(_("Belum ada yang dimasukkan: cocokkan dulu kolomnya."), "warning")
        return redirect(url_for(".match", upload_id=upload_id), HTTPStatus.SEE_OTHER)
    found = _read(upload)
    if not button.validate() or not button.accepted(lambda: flash(*_taken(found))):
        return _checked(upload, found, button)
    uploads.remove(upload)
    return redirect(url_for(".imports"))


@desk.get("/pengaturan/impor/<uuid:upload_id>/ditolak.csv")
def rejected(upload_id: UUID) -> Response:
    """The rows that can't be taken in, with the reasons, to be mended and sent alone."""
    upload = _upload(upload_id)
    found = _read(upload) if upload.matching else abort(404)
    if not found.rejected:
        abort(404)
    rows = with_reasons(found.rejected)
    return csv_answer(f"{Path(upload.file_name).stem}.ditolak.csv", rows[0], (row.values() for row in rows))


@desk.post("/pengaturan/impor/<uuid:upload_id>/buang")
def discard(upload_id: UUID) -> ResponseReturnValue:
    """Remove the sheet without taking anything in."""
    upload, button = _upload(upload_id), ButtonForm()
    if not button.validate():
        flash(_("Berkas belum dihapus: halaman ini terlalu lama terbuka. Tekan tombolnya sekali lagi."), "error")
        return redirect(url_for(".match", upload_id=upload_id))
    uploads.remove(upload)
    flash(_("Berkas %(name)s dihapus; tidak ada yang dimasukkan.", name=upload.file_name), "info")
    return redirect(url_for(".imports"))


@desk.route("/pengaturan/impor/riwayat/<uuid:import_id>/batal", methods=["GET", "POST"])
def undo(import_id: UUID) -> ResponseReturnValue:
    """Take an import back whole, after asking once."""
    found = next((each for each in _imports() if each.id == import_id), None) or abort(404)
    button = ButtonForm()
    if button.validate_on_submit() and button.accepted(lambda: importing.undo(import_id=import_id, **signature())):
        flash(_("Impor %(name)s dibatalkan. Penilaiannya tidak dihitung lagi.", name=found.file_name), "success")
        return redirect(url_for(".imports"))
    return render_template("survey/import_undo.html", found=found, button=button), button.status


def _kept(form: UploadForm) -> Upload:
    """The sheet that was sent, if it can be opened."""
    with closing(form.sheet.data) as sent:
        upload = uploads.keep(_data_dir(), signed_in().office_id, sent.stream, sent.filename or "")
    try:
        reading.layout(reader(), signed_in().office_id, upload, "", None)
    except Refused:
        uploads.remove(upload)
        raise
    return upload


def _layout(upload: Upload) -> Layout:
    """As asked for in the form or the address, else as it was matched before."""
    sheet = request.values.get("lembar", upload.matching.get("sheet", ""))
    heading = request.values.get("judul", upload.matching.get("heading"), type=str)
    number = int(heading) if heading and heading.isdecimal() and len(heading) < 4 else None
    return reading.layout(reader(), signed_in().office_id, upload, sheet, number)


def _read(upload: Upload) -> Reading[Entry]:
    matching = Matching.of(upload.matching)
    return reading.read(reader(), signed_in().office_id, upload, matching, now=clock.now())


def _check(form: MatchingForm) -> None:
    """Raise Refused where the service or the day can't be."""
    matching, today = form.matching(), wib_day(clock.now())
    importing.terms_of(reader(), signed_in().office_id, matching.service_code, matching.day, OFFICIAL_ORDER, today)


def _taken(found: Reading[Entry]) -> tuple[str, str]:
    """Take the rows in; what to say of it, and in which tone."""
    by = signature()
    count = importing.take_in(found, by["office_id"], by=by["by"], tick=_silent, now=by["now"])
    if count is None:
        return _("Berkas ini sudah diimpor dengan pilihan yang sama; tidak ada yang ditambahkan."), "info"
    return _("%(count)s penilaian dimasukkan, %(rejected)s baris tidak. Angkanya dihitung ulang malam ini.",
             count=count, rejected=len(found.rejected)), "success"  # fmt: skip


def _checked(upload: Upload, found: Reading[Entry], button: ButtonForm) -> ResponseReturnValue:
    page = render_template(
        "survey/import_check.html",
        upload=upload,
        found=found,
        rows=reading.first_rows(found),
        same=reading.same_file(reader(), signed_in().office_id, found),
        services={row.code: row.name for row in offices.services(reader(), signed_in().office_id)},
        people=_people(),
        elements=ELEMENTS,
        most=reading.MOST_FAULTS,
        button=button,
    )
    return page, button.status


def _imports() -> list[Import]:
    return [each for each in offices.imports(reader(), signed_in().office_id) if each.kind in importing.KINDS]


def _people() -> Mapping[str, str]:
    return offices.people(reader(), signed_in().office_id)


def _upload(upload_id: UUID) -> Upload:
    return uploads.find(_data_dir(), signed_in().office_id, upload_id)


def _data_dir() -> Path:
    found: Path = current_app.config["SETTINGS"].data_dir
    return found


def _silent(rows: int) -> None:
    """Nobody watches a bar here."""
