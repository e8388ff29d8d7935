"""Proof photos that come with a settling's form: kept first, so that nothing has to be chosen twice."""

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from complaints.desk.acting import acting_role
from complaints.desk.desk_forms import MoveForm
from complaints.fetching import for_staff
from complaints.models import Complaint
from complaints.pictures import photo_intake, proof_queries, proofs
from complaints.pictures.photo_intake import LONGEST_NAME
from complaints.pictures.proof_fields import Attached, attached
from complaints.terms import Status
from core import imaging
from core.db import read_afresh, reader
from core.errors import Busy, Missing, Refused
from core.forms import one_line
from offices.access import signed_in


def attach(number: str, form: MoveForm, *, now: datetime) -> None:
    """Keep the photos of a settling's form, each for itself; what was refused is said at the field.

    A form that came late is judged by the service alone: what it lacks now may have been there when it was sent.
    """
    report = for_staff(reader(), signed_in().office_id, number)
    form.is_late = report.version != form.seen()
    if not form.is_late or report.status == Status.IN_PROGRESS:
        _keep(number, form, now)
    report = for_staff(read_afresh(), signed_in().office_id, number)
    form.proofs = attached_to(reader(), report)


def _keep(number: str, form: MoveForm, now: datetime) -> None:
    files = photo_intake.chosen()
    if not form.is_fresh():
        if files:
            _say(form, _("Foto belum tersimpan. Pilih fotonya sekali lagi."))
        return
    for number_in_form, file in enumerate(files, 1):
        words = proofs.ENOUGH if number_in_form > imaging.MOST_PHOTOS else _kept(number, form, file, now)
        if words:
            _say(form, f"{one_line(file.filename)[:LONGEST_NAME]}: {words}")


def _say(form: MoveForm, words: str) -> None:
    form.photos.process_errors = (*form.photos.process_errors, words)


def attached_to(session: Session, report: Complaint) -> list[Attached]:
    """The proofs that wait for the report's settling."""
    photos = proof_queries.pending(session, report.office_id, report.id)
    found = proof_queries.findings(session, report.office_id, [photo.id for photo in photos]) if photos else []
    return attached(photos, found)


def _kept(number: str, form: MoveForm, file: FileStorage, now: datetime) -> str:
    """Keep one; what to say when it was not kept."""
    officer = signed_in()
    try:
        proofs.add(
            data_dir=current_app.config["SETTINGS"].data_dir,
            office_id=officer.office_id,
            number=number,
            version=form.seen(),
            role=acting_role(officer),
            actor_id=officer.id,
            source=file.stream,
            now=now,
        )
    except Missing:
        raise
    except Refused as refusal:
        return refusal.message
    except Busy:
        return _("Sedang terlalu banyak kiriman. Pilih foto ini sekali lagi sebentar lagi.")
    return ""
