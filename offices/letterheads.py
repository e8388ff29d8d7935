"""The office as it heads its letters, forms and reports."""

from dataclasses import dataclass

from flask_babel import gettext as _

from offices.models import Office


@dataclass(frozen=True)
class Letterhead:
    """Who writes; `demo` says that all of it is invented, "" where it is not."""

    government: str
    name: str
    address: str
    demo: str


def letterhead(office: Office) -> Letterhead:
    """The office as it heads its letters."""
    address = _("Provinsi %(province)s · Kode Pos %(postcode)s", province=office.province, postcode=office.postcode)
    demo = _("Data contoh: semua isinya karangan.") if office.invented else ""
    return Letterhead(_("Pemerintah %(regency)s", regency=office.regency), office.name, address, demo)
