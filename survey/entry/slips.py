"""Visit codes on paper: small slips for a receipt printer, or many on a sheet to be cut."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import pdf
from core.calendar import long_date
from offices import qr
from offices.models import Office

PAPERS: Mapping[str, object] = {"58": _l("Gulungan 58 mm"), "80": _l("Gulungan 80 mm"), "a4": _l("Lembar A4")}


def pdf_name(number: int) -> str:
    """The file that a slip's QR code is in."""
    return f"qr{number}.svg"


def pdf_of(office: Office, service: str, until: date, slips: Sequence[tuple[str, str]], paper: str) -> bytes:
    """A PDF of the slips, each with a code and the address that its QR code holds. `paper` is one of PAPERS."""
    data = {
        "paper": paper,
        "title": _("Karcis kode kunjungan"),
        "author": office.name,
        "office": office.name,
        "demo": _("CONTOH – bukan data sebenarnya") if office.invented else "",
        "heading": _("Bagaimana pelayanan kami?"),
        "service": service,
        "how": _("Pindai dengan kamera HP, lalu beri nilai."),
        "calm": _("Tanpa nama, tanpa akun."),
        "until": _("Berlaku sampai %(day)s, satu kali.", day=long_date(until)),
        "slips": [
            {
                "code": code,
                "file": pdf_name(number),
                "address": address.partition("://")[2],
                "alt": _("Kode QR menuju %(address)s", address=address),
            }
            for number, (code, address) in enumerate(slips)
        ],
    }
    drawings = {pdf_name(number): qr.svg(address) for number, (_code, address) in enumerate(slips)}
    return pdf.compile("karcis", data, drawings)
