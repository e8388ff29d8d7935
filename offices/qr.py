"""QR codes of service points: for print (SVG, PNG), for a 2 cm sticker, and for a terminal."""

from base64 import b64encode
from io import BytesIO, StringIO

from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from core.web import inline_drawing

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks
POSTER_PIXELS = 1600  # at least; 13 cm at 300 dots an inch
STICKER_CM = 2.0
STICKER_MODULE = 12  # pixels: whole ones, so that no module is blurred before it reaches the printer
CM_AN_INCH = 2.54


def svg(text: str) -> bytes:
    """For any size. A quarter of the code may be soiled (level Q)."""
    target = BytesIO()
    _code(text, ERROR_CORRECT_Q).make_image(image_factory=SvgPathFillImage).save(target)  # type: ignore[type-abstract]  # it is not
    return target.getvalue()


def svg_inline(text: str) -> str:
    """The same as part of a page; the page says how large."""
    return inline_drawing(svg(text))


def svg_address(text: str) -> str:
    """The same as an address that holds it all, for what must not be asked for twice."""
    return f"data:image/svg+xml;base64,{b64encode(svg(text)).decode()}"


def poster_size(text: str) -> tuple[int, int]:
    """How many modules wide the drawing is, and the code itself within its quiet zone."""
    code = _code(text, ERROR_CORRECT_Q)
    return _width(code), int(code.modules_count)


def poster_png(text: str) -> bytes:
    """Large enough for a poster. A quarter of the code may be soiled (level Q)."""
    code = _code(text, ERROR_CORRECT_Q)
    code.box_size = -(-POSTER_PIXELS // _width(code))
    return _png(code, 300)


def sticker_png(text: str) -> bytes:
    """Says that it is 2 cm wide. Level M: fewer modules, so that each is larger."""
    code = _code(text, ERROR_CORRECT_M)
    code.box_size = STICKER_MODULE
    return _png(code, _width(code) * STICKER_MODULE / STICKER_CM * CM_AN_INCH)


def terminal(text: str) -> str:
    """Rows of half blocks, light on dark."""
    target = StringIO()
    _code(text, ERROR_CORRECT_M).print_ascii(out=target, invert=True)
    return target.getvalue()


def _code(text: str, correction: int) -> QRCode[PilImage]:
    code: QRCode[PilImage] = QRCode(error_correction=correction, border=QUIET_ZONE)
    code.add_data(text)
    code.make()
    return code


def _width(code: QRCode[PilImage]) -> int:
    """Modules from edge to edge, the quiet zone included."""
    return int(code.modules_count) + 2 * QUIET_ZONE


def _png(code: QRCode[PilImage], dots_an_inch: float) -> bytes:
    target = BytesIO()
    code.make_image(image_factory=PilImage).save(target, format="PNG", dpi=(dots_an_inch, dots_an_inch))
    return target.getvalue()
