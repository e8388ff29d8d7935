"""Photos of every kind, made in code: honest ones from phones, and what must never be kept."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from PIL.ExifTags import GPS, IFD, Base

ZIP_TEXT = b"isi arsip rahasia"
SECRETS = (
    b"Exif\0",
    b"http://ns.adobe.com",
    b"Photoshop 3.0",
    b"ICC_PROFILE",
    b"Rahasia",
    ZIP_TEXT,
    b"<script",
    b"PK\x03",
)
SENSES = {"taken": "2026:10:01 09:30:00", "offset": "+08:00", "lat": (8, 15, 36.0), "lng": (113, 44, 24.0)}


def scene(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Red, green, blue and yellow corners, so that any turn shows."""
    picture = Image.new("RGB", (width, height), "gray")
    draw = ImageDraw.Draw(picture)
    half = (width // 2, height // 2)
    for colour, corner in (("red", (0, 0)), ("lime", (half[0], 0)), ("blue", (0, half[1])), ("yellow", half)):
        draw.rectangle((*corner, corner[0] + half[0], corner[1] + half[1]), fill=colour)
    draw.text((20, 20), "Mumbulsari", fill="black", font=ImageFont.load_default(24))
    return picture.convert(mode)


def corners(picture: Image.Image) -> list[str]:
    """The colours of the four corners, clockwise from the upper left."""
    names: dict[tuple[int, ...], str] = {(1, 0, 0): "red", (0, 1, 0): "lime", (0, 0, 1): "blue", (1, 1, 0): "yellow"}
    right, low = picture.width - 9, picture.height - 9
    seen: list[Any] = [picture.convert("RGB").getpixel(at) for at in ((8, 8), (right, 8), (right, low), (8, low))]
    return [names.get((r > 128, g > 128, b > 128), str((r, g, b))) for r, g, b in seen]


def exif(**senses: Any) -> Image.Exif:
    """Camera, owner, time, place and a thumbnail's worth of words."""
    said, made = SENSES | senses, Image.Exif()
    made[Base.Make], made[Base.Artist], made[Base.ImageDescription] = "Kamera", "Rahasia Bu Siti", "Rahasia rumah"
    if said.get("orientation"):
        made[Base.Orientation] = said["orientation"]
    details = {Base.DateTimeOriginal: said["taken"], Base.OffsetTimeOriginal: said["offset"]}
    made.get_ifd(IFD.Exif).update({key: value for key, value in details.items() if value})
    if said["lat"]:
        place: dict[int, Any] = {GPS.GPSLatitudeRef: "S", GPS.GPSLatitude: said["lat"], GPS.GPSLongitudeRef: "E"}
        made.get_ifd(IFD.GPSInfo).update(place | {GPS.GPSLongitude: said["lng"]})
    return made


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def jpeg(picture: Image.Image | None = None, **options: Any) -> bytes:
    return encoded(picture or scene(), quality=90, **options)


def laden() -> bytes:
    """A JPEG with everything in it that can tell on somebody: EXIF, XMP, IPTC, a profile, a comment."""
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Rahasia</x:xmpmeta>"
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10Rahasia         "
    raw = jpeg(exif=exif(), icc_profile=b"Rahasia" * 40, comment=b"Rahasia di komentar")
    return raw[:2] + _segment(0xE1, xmp) + _segment(0xED, iptc) + raw[2:]


def turned(orientation: int) -> bytes:
    return jpeg(exif=exif(orientation=orientation))


def heic(**options: Any) -> bytes:
    if "exif" in options:
        options["exif"] = options["exif"].tobytes()  # only then its turn is written as the format's own
    return encoded(scene(), "HEIF", quality=80, **options)


def polyglot_zip() -> bytes:
    """A JPEG that is an archive as well."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("isi.txt", ZIP_TEXT)
    return jpeg() + file.getvalue()


def polyglot_html() -> bytes:
    """A JPEG with a page in its comment and another behind its end."""
    page = b"<html><script>alert(1)</script></html>"
    return jpeg(comment=page) + page


def png_bomb(side: int = 30_000) -> bytes:
    """A few kilobytes that unfold to gigabytes."""
    line = zlib.compress(b"\0" * 1_000_000, 9)
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", line) + _chunk(b"IEND", b"")


def many_scans(how_many: int = 2000) -> bytes:
    """A JPEG whose last scan comes again and again, each costing a walk over the picture."""
    raw = encoded(scene(), progressive=True)
    last = raw.rindex(b"\xff\xda")
    return raw[:-2] + raw[last:-2] * how_many + raw[-2:]


def motion_photo() -> bytes:
    """A JPEG with a film behind it, as phones make; the film happens to hold many marks of JPEGs."""
    return jpeg() + b"\0\0\0\x18ftypmp42" + b"\xff\xda\0\0" * 5000


def several_frames(kind: str) -> bytes:
    return encoded(scene(), kind, save_all=True, append_images=[Image.new("RGB", (400, 300), "black")])


def segments(raw: bytes) -> list[int]:
    """The markers of a JPEG's segments, up to its first scan."""
    at, found = 2, []
    while raw[at] == 0xFF:
        found.append(raw[at + 1])
        if raw[at + 1] == 0xDA:
            break
        at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return found


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
