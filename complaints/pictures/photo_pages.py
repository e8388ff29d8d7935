"""Photos seen and added: by whoever holds the receipt, and by staff who may read the case."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from complaints.pictures import photo_intake, photo_queries, photos
from complaints.pictures.photo_intake import Brought
from complaints.queries import Opened
from complaints.reporting import entrance
from core import clock, media
from core.db import read_afresh, reader
from core.forms import HouseForm, SubmissionField
from core.imaging import MOST_PHOTOS
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

public = Blueprint("photos", __name__)
desk = staff_blueprint("desk_photos", __name__, Action.READ_CASES)


class PhotoForm(HouseForm):
    """The photos themselves are read beside it: a browser never fills them in again."""

    submission_id = SubmissionField()


@public.get("/lacak/<code>/foto")
def blank(code: str) -> str:
    """The photos sent so far, and a form for more."""
    return _page(entrance.opened(code), code, PhotoForm(formdata=None))


@public.post("/lacak/<code>/foto")
def add(code: str) -> ResponseReturnValue:
    """Add photos; the page says of each that was refused why."""
    opened, form, files = entrance.opened(code), PhotoForm(), photo_intake.chosen()
    if not form.validate():
        return _page(opened, code, form), form.status
    if not files:
        form.form_errors.append(_("Pilih fotonya dulu."))
        return _page(opened, code, form), form.status
    brought = photo_intake.take(opened, form.submission_id.data, files, now=clock.now())
    return _page(opened, code, PhotoForm(formdata=None), brought), brought.status


@public.get("/lacak/<code>/foto/<uuid:photo_id>")
def show(code: str, photo_id: UUID) -> Response:
    """One photo, for whoever may see it by this receipt."""
    opened = entrance.opened(code)
    return _image(opened.office_id, photo_id, known=photo_queries.may_see(reader(), opened, photo_id))


@desk.get("/petugas/laporan/<number>/foto/<uuid:photo_id>")
def show_staff(number: str, photo_id: UUID) -> Response:
    """One photo of a report."""
    office_id = current_office().id
    return _image(office_id, photo_id, known=photo_queries.is_of_case(reader(), office_id, number, photo_id))


def _page(opened: Opened, code: str, form: PhotoForm, brought: Brought = photo_intake.NONE) -> str:
    session = read_afresh()
    return render_template(
        "complaints/add_photos.html",
        form=form,
        code=code,
        brought=brought,
        photos=photo_queries.own(session, opened),
        most=MOST_PHOTOS,
        room=photos.room(session, opened, now=clock.now()),
    )


def _image(office_id: int, photo_id: UUID, *, known: bool) -> Response:
    """As what it is and nothing else, whatever was uploaded; 404 when it is not there, erased, or not for them."""
    jpeg = media.read(current_app.config["SETTINGS"].data_dir, office_id, photo_id) if known else None
    if jpeg is None:
        abort(HTTPStatus.NOT_FOUND)
    answer = make_response(jpeg)
    answer.headers["Content-Type"] = "image/jpeg"
    answer.headers["Content-Disposition"] = "inline; filename=foto.jpg"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
