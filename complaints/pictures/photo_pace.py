"""Residents' photos that are put off until later: the last room on the disk is for words, and nobody's alone."""

import logging
from datetime import datetime
from uuid import UUID

from flask import current_app, request

from complaints.pictures import photos
from complaints.pictures.photos import Added
from complaints.queries import Opened
from complaints.reporting.arrivals import arrivals
from core import media
from core.errors import Busy, NoRoom

# Bytes kept for one household in an hour, over the pace of a launch day: 300 phones behind one address send some 1,400
# photos in the ten minutes of `make load`, each of a megabyte at most but for pictures of pure noise. Each process
# counts for itself unless there is a shared store.
MOST_AN_HOUR = 10_000_000_000
log = logging.getLogger(__name__)


def add(*, opened: Opened, upload_id: UUID, source: bytes, now: datetime) -> Added:
    """As `photos.add`, for whoever asks in this request; also raises NoRoom while room is short, Busy while theirs is
    used up. Phones send it again by themselves, and the report stands without it.
    """
    data_dir, address = current_app.config["SETTINGS"].data_dir, request.remote_addr or ""
    if media.is_short(data_dir):
        log.error("photos are put off: little room is left on the disk")
        raise NoRoom
    if arrivals().photo_bytes_before(address) >= MOST_AN_HOUR:
        log.warning("photos of one household are put off")
        raise Busy
    added = photos.add(data_dir=data_dir, opened=opened, upload_id=upload_id, source=source, now=now)
    if added.created:
        kept = media.path_of(data_dir, opened.office_id, added.id, media.PHOTOS)
        arrivals().photo_came(address, kept.stat().st_size)
    return added
