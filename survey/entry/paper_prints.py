"""The questionnaire on paper: the words of one edition, for a pen and for old eyes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core import pdf
from core.errors import Missing
from offices import qr
from offices import queries as offices
from offices.letterheads import Letterhead
from offices.models import Office
from survey import queries
from survey.entry.paper_terms import SERVICE_KEYS
from survey.forms import RESPONDENT
from survey.questionnaire import Questionnaire

TEMPLATE, DRAWING = "kuesioner", "edisi.svg"


@dataclass(frozen=True)
class Wanted:
    """What is to be printed. `services`: key and name of each to tick, where the paper is not for one of them only."""

    questionnaire: Questionnaire
    name: str
    service: tuple[str, str] | None
    point: tuple[str, str] | None
    services: Sequence[tuple[str, str]]

    @classmethod
    def of(
        cls, session: Session, office_id: int, edition: str | None, service: str | None, point: str | None, today: date
    ) -> Self:
        """By their codes, the edition in force where none is named; raises Missing."""
        found = (
            queries.questionnaire(session, office_id, edition)
            if edition
            else queries.questionnaire_on(session, office_id, today)
        )
        if found is None:
            raise Missing(_("Edisi kuesioner ini tidak ada."))
        known = offices.services(session, office_id)
        return cls(
            questionnaire=found,
            name=queries.edition_names(session, office_id)[found.code][0],
            service=_chosen([(row.code, row.name) for row in known], service),
            point=_chosen([(row.code, row.name) for row in offices.points(session, office_id)], point),
            services=[(key, row.name) for key, row in zip(SERVICE_KEYS, known, strict=False) if row.is_open],
        )


def address(base_url: str, wanted: Wanted) -> str:
    """What the code on the paper holds: the edition, and the service and point that it was printed for."""
    named = {"service": wanted.service, "point": wanted.point}
    asked = urlencode({name: pair[0] for name, pair in named.items() if pair})
    whole = f"{base_url}/petugas/survei/kertas/edisi/{wanted.questionnaire.code}"
    return f"{whole}?{asked}" if asked else whole


def questionnaire(office: Office, heading: Letterhead, wanted: Wanted, base_url: str) -> bytes:
    """The PDF: two pages for the official nine questions, more for a long edition."""
    code = address(base_url, wanted)
    data = {
        "office": asdict(heading),
        **_words(office, wanted),
        "edition": _("Edisi %(name)s (%(code)s)", name=wanted.name, code=wanted.questionnaire.code),
        "service": wanted.service[1] if wanted.service else "",
        "point": wanted.point[1] if wanted.point else "",
        "services": [] if wanted.service else list(wanted.services),
        "questions": [{"text": each.text, "labels": list(each.labels)} for each in wanted.questionnaire.questions],
        "about": [
            {"name": str(label), "choices": [str(each.label) for each in codes]} for label, codes in RESPONDENT.values()
        ],
        "code": {"file": DRAWING, "alt": _("Kode QR menuju %(address)s", address=code)},
    }
    return pdf.compile(TEMPLATE, data, {DRAWING: qr.svg(code)})


def _words(office: Office, wanted: Wanted) -> Mapping[str, Any]:
    return {
        "title": _("Survei Kepuasan Masyarakat"),
        "intro": _("Bagaimana pelayanan kami? Jawaban Anda kami pakai untuk memperbaiki pelayanan."),
        "calm": _("Tanpa nama. Jangan tulis nama, NIK, atau nomor HP, juga pada saran."),
        "how": _("Beri tanda silang (X) pada satu kotak di setiap pertanyaan. Salah? Lingkari jawaban yang benar."),
        "number": _("Nomor (diisi petugas)"),
        "day": _("Tanggal"),
        "service_words": _("Layanan yang Anda terima"),
        "point_words": _("Tempat"),
        "questions_words": _("Penilaian Anda"),
        "about_words": _("Tentang Anda (boleh dikosongkan)"),
        "suggestion_words": _("Saran atau masukan (boleh dikosongkan)"),
        "thanks": _("Terima kasih. Masukkan kertas ini ke kotak survei %(office)s.", office=office.name),
        "page": _("Halaman"),
        "code_words": _("Untuk petugas"),
        "subject": wanted.service[1] if wanted.service else _("semua layanan"),
    }


def _chosen(known: Sequence[tuple[str, str]], code: str | None) -> tuple[str, str] | None:
    """The pair with this code; raises Missing for one that is not known."""
    if code is None:
        return None
    found = next((pair for pair in known if pair[0] == code), None)
    if found is None:
        raise Missing(_("Layanan atau titik ini tidak ada."))
    return found
