"""Uploads become clean photos: upright, small, without metadata; everything else is refused before it costs much."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from unittest.mock import Mock

import pytest
from PIL import Image, ImageFile

from core import imaging
from core.errors import Busy
from core.imaging import BROKEN, EMPTY, NO_PHOTO, TOO_HEAVY, TOO_LARGE, Clean, Unreadable
from tests.complaints import photo_suite as suite

# What a picture needs to be unfolded, and the plain header: nothing that speaks (APP1 to APP15, COM).
NEEDED = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA}


def seen(clean: Clean) -> Image.Image:
    """The kept photo, after asserting that there is nothing in it but the picture."""
    assert set(suite.segments(clean.jpeg)) <= NEEDED
    assert clean.jpeg.endswith(b"\xff\xd9")
    assert [secret for secret in suite.SECRETS if secret in clean.jpeg] == []
    picture = Image.open(BytesIO(clean.jpeg), formats=["JPEG"])
    assert not picture.getexif()
    assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert picture.size == (clean.width, clean.height)
    return picture


KINDS: dict[str, Callable[[], bytes]] = {
    "laden": suite.laden,
    "heic": suite.heic,
    "png": lambda: suite.encoded(suite.scene(), "PNG", exif=suite.exif(), pnginfo=None),
    "webp": lambda: suite.encoded(suite.scene(), "WEBP", exif=suite.exif(), quality=90),
    "animated webp": lambda: suite.several_frames("WEBP"),
    "mpo": lambda: suite.several_frames("MPO"),
    "apng": lambda: suite.several_frames("PNG"),
    "polyglot zip": suite.polyglot_zip,
    "polyglot html": suite.polyglot_html,
    "motion photo": suite.motion_photo,
    "cmyk": lambda: suite.jpeg(suite.scene(mode="CMYK")),
    "progressive": lambda: suite.jpeg(progressive=True),
    "palette": lambda: suite.encoded(suite.scene(mode="P"), "PNG"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_remains_but_the_picture(kind: str) -> None:
    clean = imaging.clean(KINDS[kind]())
    assert suite.corners(seen(clean)) == ["red", "lime", "yellow", "blue"]


def test_an_html_page_named_jpg_is_no_photo() -> None:
    assert_refused(b"<!DOCTYPE html><html><script>alert(1)</script></html>", NO_PHOTO)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO"])
def test_other_formats_are_no_photos_of_ours(kind: str) -> None:
    assert_refused(suite.encoded(suite.scene(), kind), NO_PHOTO)


def assert_refused(raw: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        imaging.clean(raw)
    assert refusal.value.message == words


def test_an_empty_file_is_refused() -> None:
    assert_refused(b"", EMPTY)


def test_more_than_ten_megabytes_are_refused_unread() -> None:
    assert_refused(b"\xff\xd8" + b"\0" * imaging.MOST_BYTES, TOO_HEAVY)


def test_no_more_of_a_stream_is_read_than_may_come() -> None:
    stream = BytesIO(b"\0" * (imaging.MOST_BYTES + 1000))
    with pytest.raises(Unreadable):
        imaging.clean(stream)
    assert stream.tell() == imaging.MOST_BYTES + 1


def test_a_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    raw, unfolded = suite.png_bomb(), Mock()
    monkeypatch.setattr(ImageFile.ImageFile, "load", unfolded)
    assert len(raw) < 5000
    assert_refused(raw, TOO_LARGE)
    unfolded.assert_not_called()


@pytest.mark.parametrize(("kind", "side"), [("PNG", 5001), ("WEBP", 4001)])
def test_what_must_be_unfolded_whole_has_a_lower_limit(kind: str, side: int) -> None:
    assert_refused(suite.encoded(Image.new("RGB", (side, side)), kind), TOO_LARGE)


def test_a_jpeg_in_several_scans_has_the_lower_limit() -> None:
    assert_refused(suite.encoded(Image.new("L", (5001, 5001)), progressive=True), TOO_LARGE)


def test_a_jpeg_in_endless_scans_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    unfolded = Mock()
    monkeypatch.setattr(ImageFile.ImageFile, "load", unfolded)
    assert_refused(suite.many_scans(), BROKEN)
    unfolded.assert_not_called()


def test_a_phones_fifty_megapixels_pass() -> None:
    clean = imaging.clean(suite.jpeg(suite.scene(8160, 6144)))
    assert suite.corners(seen(clean)) == ["red", "lime", "yellow", "blue"]
    assert (clean.width, clean.height) == (2048, 1542)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("part", [0.01, 0.3, 0.9])
def test_what_was_cut_off_on_the_way_is_refused(kind: str, part: float) -> None:
    raw = suite.encoded(suite.scene(), kind)
    with pytest.raises(Unreadable):
        imaging.clean(raw[: int(len(raw) * part)])


UPRIGHT = {
    1: ["red", "lime", "yellow", "blue"],
    2: ["lime", "red", "blue", "yellow"],
    3: ["yellow", "blue", "red", "lime"],
    4: ["blue", "yellow", "lime", "red"],
    5: ["red", "blue", "yellow", "lime"],
    6: ["blue", "red", "lime", "yellow"],
    7: ["yellow", "lime", "red", "blue"],
    8: ["lime", "yellow", "blue", "red"],
}


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_it_stands_upright(orientation: int) -> None:
    clean = imaging.clean(suite.turned(orientation))
    assert suite.corners(seen(clean)) == UPRIGHT[orientation]
    assert (clean.width > clean.height) == (orientation < 5)


def test_a_turned_heic_stands_upright_once() -> None:
    clean = imaging.clean(suite.heic(exif=suite.exif(orientation=6)))
    assert suite.corners(seen(clean)) == UPRIGHT[6]


def test_glass_is_laid_on_white() -> None:
    clean = imaging.clean(suite.encoded(Image.new("RGBA", (60, 40), (255, 0, 0, 0)), "PNG"))
    assert seen(clean).getpixel((30, 20)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_their_shade() -> None:
    clean = imaging.clean(suite.encoded(Image.new("I;16", (60, 40), 0x8000), "PNG"))
    assert seen(clean).convert("L").getpixel((30, 20)) == pytest.approx(128, abs=3)


def test_time_and_place_are_read_before_they_go() -> None:
    clean = imaging.clean(suite.laden())
    assert clean.taken_at == datetime(2026, 10, 1, 1, 30, tzinfo=UTC)
    assert (clean.lat, clean.lng) == (Decimal("-8.260000"), Decimal("113.740000"))


def test_a_camera_without_a_zone_stands_in_wib() -> None:
    clean = imaging.clean(suite.jpeg(exif=suite.exif(offset="")))
    assert clean.taken_at == datetime(2026, 10, 1, 2, 30, tzinfo=UTC)


def test_heic_tells_its_time_and_place_too() -> None:
    clean = imaging.clean(suite.heic(exif=suite.exif()))
    assert clean.taken_at == datetime(2026, 10, 1, 1, 30, tzinfo=UTC)
    assert clean.lat == Decimal("-8.260000")


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "1970:01:01 00:00:00", "kemarin", "2026:13:45 99:00:00"])
def test_a_time_that_cannot_be_is_none(taken: str) -> None:
    assert imaging.clean(suite.jpeg(exif=suite.exif(taken=taken))).taken_at is None


@pytest.mark.parametrize("lat", [None, (200, 0, 0), (8,)])
def test_a_place_that_cannot_be_is_none(lat: object) -> None:
    clean = imaging.clean(suite.jpeg(exif=suite.exif(lat=lat)))
    assert (clean.lat, clean.lng) == (None, None)


def test_a_phone_without_a_fix_says_nothing() -> None:
    clean = imaging.clean(suite.jpeg(exif=suite.exif(lat=(0, 0, 0), lng=(0, 0, 0))))
    assert (clean.lat, clean.lng) == (None, None)


def test_the_hash_is_of_the_upload_and_the_look_of_the_upright_picture() -> None:
    raw = suite.jpeg()
    clean, turned = (
        imaging.clean(raw),
        imaging.clean(suite.jpeg(suite.scene().rotate(90, expand=True), exif=suite.exif(orientation=6))),
    )
    assert clean.file_hash == imaging.hash_of(raw)
    assert len(clean.look) == 32
    assert (int(clean.look, 16) ^ int(turned.look, 16)).bit_count() <= 8


def test_only_two_are_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most, lock = [0], [0], threading.Lock()
    original = imaging._cleaned

    def counted(raw: bytes) -> Clean:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        try:
            return original(raw)
        finally:
            with lock:
                inside[0] -= 1

    monkeypatch.setattr(imaging, "_cleaned", counted)
    threads = [threading.Thread(target=imaging.clean, args=[suite.jpeg()]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == imaging.AT_ONCE


def test_who_gets_no_turn_may_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imaging, "PATIENCE_S", 0.01)
    with imaging._a_turn(), imaging._a_turn(), pytest.raises(Busy):
        imaging.clean(suite.jpeg())
    assert imaging.clean(suite.jpeg())
