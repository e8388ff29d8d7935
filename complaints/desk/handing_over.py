"""Words that go with a report to another agency: what, where and when, and nobody's name."""

from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext as _

from complaints.desk.desk_queries import Surroundings
from complaints.models import Complaint
from complaints.queries import Step
from complaints.terms import Exclusion, Move
from core.calendar import long_date, long_moment


@dataclass(frozen=True)
class HandOver:
    """A text for a message to the agency, and a link that opens WhatsApp with it; nothing is sent by itself."""

    agency: str
    text: str
    link: str


def hand_over(report: Complaint, names: Surroundings, steps: list[Step], office: str) -> HandOver | None:
    """The words for a report that is another agency's; None for every other report."""
    if report.exclusion != Exclusion.OUT_OF_AUTHORITY.value:
        return None
    agency = next(
        step.words.handed_over_to
        for step in reversed(steps)
        if step.fact.move is Move.EXCLUDE  # the exclusion that stands is the last one
    )
    text = "\n".join(_lines(report, names, office, agency))
    return HandOver(agency, text, f"https://wa.me/?text={quote(text)}")


def _lines(report: Complaint, names: Surroundings, office: str, agency: str) -> list[str]:
    """Facts alone: the resident's own words and identity stay here."""
    lines = [
        _("Yth. %(agency)s", agency=agency or _("instansi yang berwenang")),
        _("%(office)s meneruskan laporan warga yang termasuk wewenang Anda:", office=office),
        _("Nomor: %(number)s", number=report.number),
        _("Jenis: %(category)s", category=names.category),
        _("Desa: %(village)s", village=names.village or _("belum diketahui")),
    ]
    if report.place:
        lines.append(_("Tempat: %(place)s", place=report.place))
    if report.lat is not None and report.lng is not None:
        lines.append(_("Posisi: %(lat)s, %(lng)s", lat=report.lat, lng=report.lng))
    if report.happened_at:
        lines.append(_("Kejadian: %(moment)s", moment=long_moment(report.happened_at)))
    lines.append(_("Diterima: %(day)s", day=long_date(report.received_on)))
    lines.append(_("Mohon ditindaklanjuti. Terima kasih."))
    return lines
