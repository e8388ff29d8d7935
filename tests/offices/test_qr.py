from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from offices import qr

ADDRESSES = [
    "http://192.168.1.10:8000/t/MBS-7K2Q9D",
    "https://sukma.kecamatan-mumbulsari.jemberkab.go.id/t/MBS-7K2Q9D",
]
PRINTED_2_CM = 236  # pixels at 300 dots an inch
Maker = Callable[[str], bytes]
addresses = pytest.mark.parametrize("address", ADDRESSES)
makers = pytest.mark.parametrize("maker", [qr.poster_png, qr.sticker_png])


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("L")


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


@addresses
@makers
def test_a_code_reads_back(address: str, maker: Maker) -> None:
    assert read(opened(maker(address))) == [address]


@addresses
@makers
def test_a_code_reads_back_from_a_blurred_print_of_2_cm(address: str, maker: Maker) -> None:
    small = opened(maker(address)).resize((PRINTED_2_CM, PRINTED_2_CM), Image.Resampling.BILINEAR)
    assert read(small.filter(ImageFilter.GaussianBlur(1.2))) == [address]


@addresses
def test_a_poster_code_reads_back_with_a_stain(address: str) -> None:
    image = opened(qr.poster_png(address))
    middle, stain = image.width // 2, image.width // 12
    image.paste(0, (middle - stain, middle - stain, middle + stain, middle + stain))
    assert read(image) == [address]


def test_a_poster_code_is_large_and_a_sticker_says_it_is_2_cm() -> None:
    assert opened(qr.poster_png(ADDRESSES[0])).width >= 1600
    sticker = Image.open(BytesIO(qr.sticker_png(ADDRESSES[0])))
    assert sticker.width / sticker.info["dpi"][0] * 2.54 == pytest.approx(2.0, abs=0.01)


@makers
def test_white_surrounds_a_code(maker: Maker) -> None:
    image = opened(maker(ADDRESSES[0]))
    first_dark = image.point(lambda light: 255 - light).getbbox()
    assert first_dark is not None
    assert first_dark[0] >= 4 * image.width // 57


def test_the_drawing_is_one_path_on_white() -> None:
    drawing = qr.svg(ADDRESSES[0]).decode()
    assert drawing.count("<path") == 1
    assert 'fill="white"' in drawing


def test_a_terminal_shows_a_code_that_reads_back() -> None:
    rows = qr.terminal(ADDRESSES[0]).splitlines()
    light = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0), "\xa0": (0, 0)}
    image = Image.new("L", (len(rows[0]), 2 * len(rows)), 255)
    for y, row in enumerate(rows):
        for x, block in enumerate(row):
            for half in (0, 1):
                image.putpixel((x, 2 * y + half), 255 * light[block][half])
    assert read(image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST)) == [ADDRESSES[0]]
