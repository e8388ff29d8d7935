"""Makes of an uploaded photo a clean one: known type, upright, small, nothing in it but the picture."""

import hashlib
import logging
import math
import re
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO

import imagehash
import pillow_heif
from PIL import Image

from core.errors import Refused
from core.photo_facts import EXIF_ORIENTATION, place_of, taken_at
from core.turns import a_turn

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PHOTOS = 3
# A JPEG is read at a fraction of its size, so the largest that phones make passes.
MOST_PIXELS = 80_000_000
# Others, and JPEGs sent in several scans, are unfolded whole: up to 10 bytes for each pixel, 16 in a WebP.
MOST_PIXELS_UNFOLDED = 25_000_000
MOST_PIXELS_WEBP = 16_000_000
MOST_SCANS = 40  # each may be a few bytes long and costs a walk over the whole picture
LONGEST_SIDE = 2048
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
AT_ONCE = 2
PATIENCE_S = 20.0
TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # in a JPEG; not a stuffed zero, a restart or filling
SCAN, END, BARE = 0xDA, 0xD9, frozenset({0x01, 0xD8})

EMPTY = "Berkas foto ini kosong. Pilih fotonya sekali lagi."
TOO_HEAVY = "Foto ini lebih dari 10 MB. Kirim foto yang lebih kecil, misalnya tangkapan layar dari foto itu."
TOO_LARGE = (
    "Ukuran gambar ini terlalu besar (paling besar 80 megapiksel untuk JPEG biasa, 25 untuk JPEG progresif, PNG dan "
    "HEIC, 16 untuk WebP). Kirim foto yang lebih kecil."
)
NO_PHOTO = "Berkas ini bukan foto yang dapat kami baca. Kirim foto JPEG, PNG, WebP atau HEIC."
BROKEN = "Foto ini rusak atau terputus saat dikirim. Pilih fotonya sekali lagi, atau potret ulang."

pillow_heif.register_heif_opener(thumbnails=False)
_turn = threading.BoundedSemaphore(AT_ONCE)
log = logging.getLogger(__name__)


class Unreadable(Refused):
    """Not a photo that can be kept; the message says why and what to do."""


@dataclass(frozen=True)
class Clean:
    """A photo as it may be kept, and what the upload said of itself.

    `file_hash` is the SHA-256 of the bytes as uploaded, `look` is that of the upright picture (see `look_of`); time and
    place are None where the upload carried none.
    """

    jpeg: bytes
    width: int
    height: int
    file_hash: str
    look: str
    taken_at: datetime | None
    lat: Decimal | None
    lng: Decimal | None


def clean(source: bytes | IO[bytes]) -> Clean:
    """Clean an upload; raises Unreadable, and Busy when no turn to decode comes in time."""
    raw = taken(source)
    with _a_turn():
        return _cleaned(raw)


def taken(source: bytes | IO[bytes]) -> bytes:
    """An upload's bytes; raises Unreadable when there are none or too many."""
    raw = source if isinstance(source, bytes) else source.read(MOST_BYTES + 1)
    if not raw:
        raise Unreadable(EMPTY)
    if len(raw) > MOST_BYTES:
        raise Unreadable(TOO_HEAVY)
    return raw


def hash_of(raw: bytes) -> str:
    """What tells one upload from another."""
    return hashlib.sha256(raw).hexdigest()


def look_of(picture: Image.Image) -> str:
    """What tells that two pictures look alike, in 32 hex digits: the shapes of the whole (phash), then where it gets
    lighter or darker (dhash). A label stamped on a copy changes the first all over, the second only where it stands.
    """
    return f"{imagehash.phash(picture)}{imagehash.dhash(picture)}"


def _a_turn() -> AbstractContextManager[None]:
    """Few at a time: each unfolds a picture in memory."""
    return a_turn(_turn, PATIENCE_S)


def _cleaned(raw: bytes) -> Clean:
    opened = _opened(raw)
    try:
        exif = opened.getexif()
        moment, place = taken_at(exif), place_of(exif)
        picture = _upright(_small(opened), _orientation(opened, exif))
        jpeg, look = _encoded(picture), look_of(picture)
    except Exception as fault:  # whatever a decoder stumbles over: the photo is refused, never kept as it came
        log.info("a photo could not be read: %s", type(fault).__name__)
        raise Unreadable(BROKEN) from fault
    return Clean(jpeg, *picture.size, hash_of(raw), look, moment and moment.astimezone(UTC), *place)


def _opened(raw: bytes) -> Image.Image:
    """The picture, its headers read and nothing unfolded."""
    try:
        opened = Image.open(BytesIO(raw), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Unreadable(TOO_LARGE) from fault
    except Exception as fault:
        raise Unreadable(NO_PHOTO) from fault
    if math.prod(opened.size) > _most_pixels(opened, raw):
        raise Unreadable(TOO_LARGE)
    return opened


def _most_pixels(opened: Image.Image, raw: bytes) -> int:
    if opened.format not in {"JPEG", "MPO"}:
        return MOST_PIXELS_WEBP if opened.format == "WEBP" else MOST_PIXELS_UNFOLDED
    scans = _scans(raw)
    if scans > MOST_SCANS:
        raise Unreadable(BROKEN)
    return MOST_PIXELS if scans == 1 else MOST_PIXELS_UNFOLDED


def _scans(raw: bytes) -> int:
    """How many scans the first picture in a JPEG file has."""
    at, scans = 0, 0
    while found := MARKER.search(raw, at):
        kind, at = found[1][0], found.end()
        if kind == END:
            break
        scans += kind == SCAN
        if kind not in BARE:
            at += int.from_bytes(raw[at : at + 2], "big")
    return scans


def _small(opened: Image.Image) -> Image.Image:
    """Within the longest side; a JPEG is unfolded no larger than needed."""
    times = max(1.0, max(opened.size) / LONGEST_SIDE)
    opened.draft(None, (max(1, int(opened.width / times)), max(1, int(opened.height / times))))
    opened.load()
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    return _flat(opened)


def _flat(picture: Image.Image) -> Image.Image:
    """Nothing but pixels: a new picture on white, which has none of the old one's metadata."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    flat = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        flat.paste(seen, mask=seen)
    else:
        flat.paste(picture.convert("RGB"))
    return flat


def _orientation(opened: Image.Image, exif: Image.Exif) -> object:
    """A HEIC is turned by its own format while it is read; what its EXIF says of that is out of date."""
    return 1 if opened.format == "HEIF" else exif.get(EXIF_ORIENTATION)


def _upright(picture: Image.Image, orientation: object) -> Image.Image:
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return picture if turn is None else picture.transpose(turn)


def _encoded(picture: Image.Image) -> bytes:
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()
