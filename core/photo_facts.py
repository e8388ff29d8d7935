"""When and where a photo says it was taken."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from core.calendar import WIB

EXIF_ORIENTATION = Base.Orientation.value
EARLIEST_YEAR = 2000  # a camera whose clock was never set says 1970 or 1980
DEGREE = Decimal("0.000001")
TIMES = (
    (Base.DateTimeOriginal, Base.OffsetTimeOriginal),
    (Base.DateTimeDigitized, Base.OffsetTimeDigitized),
)
Place = tuple[Decimal, Decimal] | tuple[None, None]


def taken_at(exif: Image.Exif) -> datetime | None:
    """When it was taken, in WIB where the photo names no zone; None when it doesn't say."""
    said = exif.get_ifd(IFD.Exif)
    return next((moment for time, offset in TIMES if (moment := _moment(said.get(time), said.get(offset)))), None)


def place_of(exif: Image.Exif) -> Place:
    """Latitude and longitude, both None when it doesn't say."""
    said = exif.get_ifd(IFD.GPSInfo)
    lat = _degrees(said, GPS.GPSLatitude, GPS.GPSLatitudeRef, "S", 90)
    lng = _degrees(said, GPS.GPSLongitude, GPS.GPSLongitudeRef, "W", 180)
    if lat is None or lng is None or not (lat or lng):  # a phone without a fix says 0, 0
        return None, None
    return lat, lng


def _moment(time: object, offset: object) -> datetime | None:
    zone = str(offset or "").strip("\0 ")
    try:
        moment = datetime.strptime(str(time).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=WIB)
        if zone:
            moment = datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{zone}")
    except ValueError:
        return None
    return moment if moment.tzinfo and moment.year >= EARLIEST_YEAR else None


def _degrees(said: Mapping[int, object], name: int, ref: int, negative: str, most: int) -> Decimal | None:
    """Degrees, minutes and seconds as one number."""
    parts = said.get(name)
    if not isinstance(parts, Sequence) or len(parts) != 3:
        return None
    try:
        value = sum(float(part) / 60**place for place, part in enumerate(parts))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not (math.isfinite(value) and 0 <= value <= most):
        return None
    return Decimal(-value if str(said.get(ref, "")).startswith(negative) else value).quantize(DEGREE)
