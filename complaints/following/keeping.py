"""A receipt to keep: as a picture with a QR code, and as a text for oneself."""

from io import BytesIO
from urllib.parse import quote

from flask_babel import gettext as _
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage
from qrcode.main import QRCode

WIDTH, HEIGHT = 1080, 1350  # fills a phone's screen
MARGIN = 60
INK, PAPER, SOFT = "#211d18", "#ffffff", "#5c5449"
WHATSAPP = "https://wa.me/?text="


def whatsapp_link(number: str, code: str, url: str) -> str:
    """Opens WhatsApp with the text filled in; the resident chooses whom to send it to, or nobody."""
    text = _("Laporan %(number)s\nKode tanda terima: %(code)s\nLacak: %(url)s", number=number, code=code, url=url)
    return WHATSAPP + quote(text)


def picture(office: str, number: str, code: str, url: str) -> bytes:
    """A PNG with the code in large letters, the public number, and a QR code of the tracking address."""
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(page)
    top = MARGIN
    for text, size, colour in (
        (office, 44, SOFT),
        (_("Tanda terima laporan"), 56, INK),
        (code, 92, INK),
        (_("Nomor laporan: %(number)s", number=number), 44, INK),
    ):
        top = _line(draw, text, size, colour, top)
    code_image = _qr(url)
    page.paste(code_image, ((WIDTH - code_image.width) // 2, top))
    top += code_image.height
    for text in (_("Pindai, atau ketik kodenya di halaman Lacak laporan."), _("Hanya untuk Anda. Jangan dibagikan.")):
        top = _line(draw, text, 36, SOFT, top)
    target = BytesIO()
    page.save(target, format="PNG", optimize=True)
    return target.getvalue()


def _line(draw: ImageDraw.ImageDraw, text: str, size: int, colour: str, top: int) -> int:
    """Write a line in the middle, smaller where it would not fit; where the next one begins."""
    font = ImageFont.load_default(size)
    while draw.textlength(text, font) > WIDTH - 2 * MARGIN and size > 20:
        size -= 2
        font = ImageFont.load_default(size)
    draw.text((WIDTH / 2, top), text, colour, font, anchor="ma")
    return top + int(size * 1.6)


def _qr(url: str) -> Image.Image:
    code: QRCode[PilImage] = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(url)
    code.make()
    code.box_size = (WIDTH - 5 * MARGIN) // (int(code.modules_count) + 8)
    image: Image.Image = code.make_image(image_factory=PilImage).get_image().convert("RGB")
    return image
