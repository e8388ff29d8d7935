"""Residents' photos that are put off until later: the last room on the disk is for words, and nobody's alone."""

import logging
from datetime import datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext as _

from complaints.pictures import photos
from complaints.pictures.photos import Added
from complaints.queries import Opened
from complaints.reporting.arrivals import arrivals
from core import media
from core.errors import Busy

# Bytes kept for one household in an hour. In the ten minutes of `make load` 300 phones behind one address send some
# 1,400 photos of 1.5 MB: 2 GB, which must pass. An hour at that pace, of the 0.5 MB that photos have as phones take
# them: 4 GB. Each process counts for itself unless there is a shared store.
MOST_AN_HOUR = 5_000_000_000
RETRY_AFTER_S = 3600  # no sooner is there room again, or another hour
log = logging.getLogger(__name__)


class PutOff(Busy):
    """The photo must wait, and what it belongs to stands without it. `message` is for the person, `status` for
    programs.
    """

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def add(*, opened: Opened, upload_id: UUID, source: bytes, now: datetime) -> Added:
    """As `photos.add`, for whoever asks in this request; also raises PutOff while room is short, or theirs is used up,
    but never of a photo that is kept already. Phones send it again by themselves.
    """
    data_dir, address = current_app.config["SETTINGS"].data_dir, request.remote_addr or ""
    admit = partial(_put_off, data_dir, address)
    added = photos.add(data_dir=data_dir, opened=opened, upload_id=upload_id, source=source, now=now, admit=admit)
    if added.created:
        arrivals().photo_came(address, added.size)
    return added


def _put_off(data_dir: Path, address: str) -> None:
    if media.is_short(data_dir):
        log.error("photos are put off: little room is left on the disk")
        raise _no_room()
    if arrivals().photo_bytes_before(address) >= MOST_AN_HOUR:
        log.warning("photos of one household are put off")
        raise _too_many()


def _no_room() -> PutOff:
    words = _(
        "Tempat penyimpanan kantor hampir penuh, jadi foto ini belum dapat diterima. Laporannya tetap kami terima "
        "tanpa foto. Tambahkan foto ini besok lewat kode tanda terimanya."
    )
    return PutOff(HTTPStatus.SERVICE_UNAVAILABLE, words)


def _too_many() -> PutOff:
    words = _(
        "Dari jaringan yang Anda pakai sudah sangat banyak foto masuk, jadi foto ini belum dapat diterima. Laporannya "
        "tetap kami terima tanpa foto. Tambahkan foto ini satu jam lagi lewat kode tanda terimanya."
    )
    return PutOff(HTTPStatus.TOO_MANY_REQUESTS, words)
