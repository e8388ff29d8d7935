"""What a report's printed documents say: its case file, and the Berita Acara. Never who reported."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from complaints.desk.desk_page import CasePage
from complaints.desk.small_maps import SmallMap
from complaints.terms import Move
from core import pdf
from core.calendar import long_date, long_moment, wib_day
from core.spelling import spelled_day
from offices.letterheads import Letterhead
from offices.models import Office

CASE_FILE, MINUTES = "berkas", "berita-acara"


@dataclass(frozen=True)
class Shown:
    """A photo with its words."""

    content: bytes
    caption: str


@dataclass(frozen=True)
class Photos:
    """Photos to print, and how many there are besides."""

    shown: Sequence[Shown]
    more: int


@dataclass(frozen=True)
class MinutesWords:
    """What an officer wrote down of a visit; blank: room is left to write by hand. `officers`: one a line."""

    record_number: str
    day: date
    place: str
    officers: tuple[str, ...]
    found: str
    done: str


def case_file(page: CasePage, heading: Letterhead, photos: Photos, small_map: SmallMap | None, now: datetime) -> bytes:
    """The case file as a PDF."""
    data = {
        "office": asdict(heading),
        "number": page.report.number,
        "printed_at": long_moment(now),
        "facts": _facts(page),
        "description": page.report.description,
        "joined": [(long_moment(one.joined_at), one.said) for one in page.joined],
        "history": [
            {"what": line.what, "who": line.who or "", "at": long_moment(line.at), "words": line.words}
            for line in page.history
        ],
        "tasks": [_task(page, place) for place in range(len(page.tasks))],
        **_pictures(photos, small_map),
    }
    return pdf.compile(CASE_FILE, data, _files(photos))


def _files(photos: Photos) -> dict[str, bytes]:
    return {f"foto-{place}.jpg": photo.content for place, photo in enumerate(photos.shown, 1)}


def _pictures(photos: Photos, small_map: SmallMap | None) -> dict[str, Any]:
    """What both documents show of the place and of the photos."""
    captions = [photo.caption for photo in photos.shown]
    return {
        "map": asdict(small_map) if small_map else None,
        "photos": [{"file": name, "caption": caption} for name, caption in zip(_files(photos), captions, strict=True)],
        "more_photos": _("%(count)s foto lagi ada di sistem.", count=photos.more) if photos.more else "",
    }


def _facts(page: CasePage) -> list[tuple[str, str]]:
    report = page.report
    where = ", ".join(part for part in (page.names.village or _("Desa belum diketahui"), report.place) if part)
    facts = [
        (_("Keadaan"), page.status),
        (_("Jenis"), page.names.category),
        (_("Tempat"), where),
        (_("Posisi"), f"{report.lat}, {report.lng}" if report.lat is not None else "–"),
        (_("Kejadian"), long_moment(report.happened_at) if report.happened_at else "–"),
        (_("Masuk"), long_moment(report.received_at)),
        (_("Lewat"), page.names.point or page.source),
        (_("Petugas"), page.names.assignee or _("Belum ada")),
        (_("Tenggat penyelesaian"), "\n".join([long_date(page.settle_due), *page.due_changes])),
    ]
    if report.first_report:
        facts.append((_("Sama dengan laporan"), report.first_report))
    return facts


def _task(page: CasePage, place: int) -> str:
    task = page.tasks[place]
    done = _("selesai %(moment)s", moment=long_moment(task.done_at)) if task.done_at else _("belum selesai")
    return f"{task.title} ({done})"


def begun_minutes(page: CasePage, now: datetime) -> MinutesWords:
    """What the office knows already: the words of the settling that stands, and who was there."""
    settlings = (step for step in reversed(page.events) if step.fact.move is Move.SETTLE)
    settled = next(settlings, None) if page.report.settled_at else None
    return MinutesWords(
        record_number=settled.words.record_number if settled else "",
        day=wib_day(settled.fact.at if settled else now),
        place=", ".join(part for part in (page.report.place, _desa(page)) if part),
        officers=_officers(page, settled.fact.actor if settled else None),
        found="",
        done=settled.words.action if settled else "",
    )


def _desa(page: CasePage) -> str:
    return _("Desa %(village)s", village=page.names.village) if page.names.village else ""


def _officers(page: CasePage, settler: UUID | None) -> tuple[str, ...]:
    ids = dict.fromkeys(who for who in (page.report.assignee_id, settler) if who)
    return tuple(page.people[who] for who in ids)


def minutes(
    page: CasePage,
    office: Office,
    heading: Letterhead,
    words: MinutesWords,
    head: Mapping[str, str],
    photos: Photos,
    small_map: SmallMap | None,
) -> bytes:
    """The Berita Acara as a PDF, the map and the photos annexed; `head` has the title and the name ("" unknown) of
    who takes note of it.
    """
    facts = [
        (_("Nomor laporan"), page.report.number),
        (_("Perihal"), page.names.category),
        (_("Tempat"), words.place or "–"),
        (_("Laporan diterima"), long_moment(page.report.received_at)),
    ]
    data = {
        "office": asdict(heading),
        "number": page.report.number,
        "record_number": words.record_number,
        "opening": _("Pada hari ini, %(day)s, kami yang bertanda tangan di bawah ini:", day=spelled_day(words.day)),
        "officers": list(words.officers) or [""],
        "basis": _("petugas %(office)s, telah memeriksa di lapangan laporan berikut:", office=office.name),
        "facts": facts,
        "found": words.found,
        "done": words.done,
        "place_and_day": f"{_seat(office)}, {long_date(words.day)}",
        "head_title": head["title"],
        "head_name": head["name"],
        **_pictures(photos, small_map),
    }
    return pdf.compile(MINUTES, data, _files(photos))


def _seat(office: Office) -> str:
    """Where the office sits: its own name without its kind."""
    return office.name.removeprefix("Kecamatan ")
