"""Photos from programs, and from the page's own script: each under an id of its own."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from complaints.pictures import photo_pace
from complaints.pictures.photo_pace import PutOff
from complaints.pictures.photos import Added
from complaints.queries import Opened
from complaints.reporting import entrance
from core import clock, imaging
from core.errors import Conflict, Refused
from core.imaging import MOST_BYTES
from core.problems import problem

api = Blueprint("photos_api", __name__)


@api.post("/api/v1/complaints/<code>/photos")
def add(code: str) -> Response:
    """Take one photo in, as multipart `photo` and `upload_id`: 201, or 200 when the same upload had come before."""
    opened = entrance.opened(code)
    upload_id, photo = _upload_id(), request.files.get("photo")
    if upload_id is None or photo is None:
        return _incomplete(upload_id, has_photo=photo is not None)
    try:
        raw = imaging.taken(photo.stream)
        return _answer(code, _added(opened, upload_id, raw))
    except PutOff as put_off:
        return _later(put_off)
    except Refused as refusal:
        return _refused(refusal)


def _added(opened: Opened, upload_id: UUID, raw: bytes) -> Added:
    return photo_pace.add(opened=opened, upload_id=upload_id, source=raw, now=clock.now())


def _answer(code: str, added: Added) -> Response:
    answer = jsonify(id=str(added.id), url=url_for("photos.show", code=code, photo_id=added.id))
    answer.status_code = HTTPStatus.CREATED if added.created else HTTPStatus.OK
    return answer


def _upload_id() -> UUID | None:
    try:
        return UUID(request.form.get("upload_id", ""))
    except ValueError:
        return None


def _incomplete(upload_id: UUID | None, *, has_photo: bool) -> Response:
    errors = {}
    if upload_id is None:
        errors["upload_id"] = [_("Harus berupa UUID, satu untuk setiap foto.")]
    if not has_photo:
        most = MOST_BYTES // imaging.MEGABYTE
        words = _("Sertakan satu berkas foto, paling besar %(most)s MB.", most=most)
        errors["photo"] = [words]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Kiriman belum lengkap."), errors)


def _refused(refusal: Refused) -> Response:
    status = HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
    if refusal.message == imaging.TOO_HEAVY:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return problem(status, refusal.message, {"photo": [refusal.message]})


def _later(put_off: PutOff) -> Response:
    answer = problem(put_off.status, put_off.message)
    answer.headers["Retry-After"] = str(photo_pace.RETRY_AFTER_S)
    return answer
