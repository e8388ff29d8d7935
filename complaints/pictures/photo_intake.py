"""Photos that come with a form: each is taken or refused by itself, and no form is lost for one."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID, uuid5

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from complaints.pictures import photo_pace, photo_queries
from complaints.pictures.photo_pace import PutOff
from complaints.queries import Opened
from complaints.reporting.intake import Handed
from core import imaging
from core.db import read_afresh
from core.errors import Busy, Refused
from core.forms import one_line
from core.imaging import MOST_PHOTOS
from offices.current import current_office

FIELD = "photos"
MOST_READ = 2 * MOST_PHOTOS  # of one form: each costs time, whether it is taken or not
LONGEST_NAME = 60
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RefusedPhoto:
    """A photo that was not taken, by its file's name, and why."""

    name: str
    words: str
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True)
class Brought:
    """What became of the photos in a form."""

    taken: int
    refused: tuple[RefusedPhoto, ...]

    @property
    def status(self) -> HTTPStatus:
        """Of an answer that is about photos alone: what can be sent again comes before what is at fault."""
        return max((photo.status for photo in self.refused), default=HTTPStatus.OK)


NONE = Brought(0, ())


def chosen() -> list[FileStorage]:
    """The photos in this request's form; a field left empty sends a nameless nothing."""
    return [file for file in request.files.getlist(FIELD) if file.filename]


def take(opened: Opened, submission_id: UUID, files: Iterable[FileStorage], *, now: datetime) -> Brought:
    """Take the photos of a form, again without harm. Raises nothing: what came before them is safe and must be said."""
    taken, refused = 0, list[RefusedPhoto]()
    for number, file in enumerate(files, 1):
        enough = taken == MOST_PHOTOS or number > MOST_READ
        fault = _enough(file) if enough else _taken(opened, submission_id, file, now)
        if fault:
            refused.append(fault)
        else:
            taken += 1
    return Brought(taken, tuple(refused))


def take_with(handed: Handed, submission_id: UUID, *, now: datetime) -> Brought:
    """Take the photos that came with a report; it stands without them. A receipt that opens nothing adds nothing."""
    files = chosen() if handed.code else []
    opened = photo_queries.handed_in(read_afresh(), current_office().id, submission_id) if files else None
    return take(opened, submission_id, files, now=now) if opened else NONE


def _taken(opened: Opened, submission_id: UUID, file: FileStorage, now: datetime) -> RefusedPhoto | None:
    """Take one, unless it is kept: who comes back for one that was refused often picks the others again, too. What to
    say when it was not taken.
    """
    name = _name(file)
    try:
        raw = imaging.taken(file.stream)
        file_hash = imaging.hash_of(raw)
        if file_hash not in {photo.file_hash for photo in photo_queries.own(read_afresh(), opened)}:
            photo_pace.add(opened=opened, upload_id=uuid5(submission_id, file_hash), source=raw, now=now)
    except Refused as refusal:
        return RefusedPhoto(name, refusal.message)
    except PutOff as put_off:
        return RefusedPhoto(name, put_off.message, put_off.status)
    except Busy:
        words = _("Sedang terlalu banyak kiriman. Tambahkan foto ini sebentar lagi.")
        return RefusedPhoto(name, words, HTTPStatus.SERVICE_UNAVAILABLE)
    except Exception:  # a full disk, say: the receipt must be shown all the same
        log.exception("a photo could not be kept")
        words = _("Foto ini belum tersimpan karena gangguan di sistem kami. Tambahkan lagi nanti.")
        return RefusedPhoto(name, words, HTTPStatus.SERVICE_UNAVAILABLE)
    return None


def _enough(file: FileStorage) -> RefusedPhoto:
    return RefusedPhoto(_name(file), _("Paling banyak %(most)s foto.", most=MOST_PHOTOS))


def _name(file: FileStorage) -> str:
    return one_line(file.filename)[:LONGEST_NAME]
