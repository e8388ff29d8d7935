"""QR codes of service points as one PDF for the printer: posters, table tents to fold, stickers."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import pdf
from offices import qr
from offices.addresses import point_address
from offices.models import Office, Point
from offices.points import Purpose

TEMPLATE = "titik"


class Sheet(StrEnum):
    """What is printed; the value stands in the address."""

    POSTER = "poster"
    TENT = "tenda"
    STICKER = "stiker"


SHEETS: Mapping[Sheet, object] = {
    Sheet.POSTER: _l("Poster dinding A4"),
    Sheet.TENT: _l("Tenda meja A4, dilipat"),
    Sheet.STICKER: _l("Stiker A5"),
}
QUESTIONS: Mapping[str, object] = {
    Purpose.RATE: _l("Bagaimana pelayanan kami?"),
    Purpose.REPORT: _l("Ada gangguan ketertiban?"),
    Purpose.BOTH: _l("Sampaikan suara Anda"),
}
LAST_STEPS: Mapping[str, object] = {
    Purpose.RATE: _l("Ketuk tautannya, beri nilai."),
    Purpose.REPORT: _l("Ketuk tautannya, tulis laporan."),
    Purpose.BOTH: _l("Ketuk tautannya, nilai atau lapor."),
}


def printed(sheet: Sheet, office: Office, points: Sequence[Point], base_url: str) -> bytes:
    """One PDF with a page for each point, in their order."""
    drawings = {f"{point.code}.svg": qr.svg(point_address(base_url, point.code)) for point in points}
    data = {
        "kind": sheet.value,
        "title": f"{SHEETS[sheet]}, {office.name}",
        "office": office.name,
        "regency": office.regency,
        "fold_words": _("Lipat di garis titik-titik. Lem bagian ini di bawah bagian yang satu lagi."),
        "glue_words": _("Bagian bawah tenda."),
        "points": [_page(point, base_url) for point in points],
    }
    return pdf.compile(TEMPLATE, data, drawings)


def _page(point: Point, base_url: str) -> Mapping[str, object]:
    address = point_address(base_url, point.code)
    whole, modules = qr.poster_size(address)
    shown = address.partition("://")[2]
    calm = _("Tanpa nama, tanpa akun, sebentar saja.")
    return {
        "file": f"{point.code}.svg",
        "whole": whole,
        "modules": modules,
        "alt": _("Kode QR menuju %(address)s", address=shown),
        "question": str(QUESTIONS[point.purpose]),
        "steps": [_("Buka kamera HP."), _("Arahkan ke kode ini."), str(LAST_STEPS[point.purpose])],
        "calm": calm if point.purpose == Purpose.RATE else _("Boleh tanpa nama, tanpa akun."),
        "name": point.name,
        "code": point.code,
        "address": shown,
    }
