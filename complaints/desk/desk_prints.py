"""A report on paper: its case file, and the Berita Acara of a visit."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from flask import Response, current_app, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired

from complaints.case_models import Photo
from complaints.desk import case_queries, prints
from complaints.desk.acting import acting_role
from complaints.desk.desk_page import CasePage, case_page
from complaints.desk.prints import MinutesWords, Photos, Shown
from complaints.desk.small_maps import SmallMap, small_map
from complaints.pictures import photo_queries
from complaints.terms import PhotoKind
from core import clock, media
from core.calendar import long_moment
from core.db import reader
from core.forms import HouseForm, Words, line, tidy
from offices import queries as office_queries
from offices.access import signed_in, staff_blueprint
from offices.current import current_office
from offices.letterheads import letterhead
from offices.rights import Action

desk = staff_blueprint("desk_prints", __name__, Action.READ_CASES)
MOST_PRINTED = 12  # photos
CAPTIONS = {PhotoKind.RESIDENT: _l("Foto laporan"), PhotoKind.PROOF: _l("Bukti petugas")}


class MinutesForm(HouseForm):
    """What goes into a Berita Acara."""

    record_number = line(_l("Nomor berita acara"), 60)
    day = DateField(_l("Hari pemeriksaan"), validators=[InputRequired(_l("belum diisi."))])
    place = line(_l("Tempat"), 300)
    officers = TextAreaField(_l("Petugas"), filters=[tidy], validators=[Words(600)])
    found = TextAreaField(_l("Yang ditemukan"), filters=[tidy], validators=[Words(4000)])
    done = TextAreaField(_l("Yang dilakukan"), filters=[tidy], validators=[Words(4000)])

    def words(self) -> MinutesWords:
        """As the document takes them; only after `validate`."""
        day: date = self.day.data
        officers = tuple(name.strip() for name in (self.officers.data or "").split("\n") if name.strip())
        place, found, done = (field.data or "" for field in (self.place, self.found, self.done))
        return MinutesWords(self.record_number.data or "", day, place, officers, found, done)


@desk.get("/petugas/laporan/<number>.pdf")
def case_file(number: str) -> Response:
    """The case file."""
    page, now = _page(number), clock.now()
    heading = letterhead(reader(), current_office(), now)
    made = prints.case_file(page, heading, _photos(page), _map(page), now)
    return _as_file(made, f"{page.report.number}.pdf")


@desk.get("/petugas/laporan/<number>/berita-acara.pdf")
def minutes(number: str) -> Response:
    """The Berita Acara with what is known already, and room to write the rest by hand."""
    page = _page(number)
    return _minutes(page, prints.begun_minutes(page, clock.now()))


@desk.route("/petugas/laporan/<number>/berita-acara", methods=["GET", "POST"])
def write_minutes(number: str) -> ResponseReturnValue:
    """Where the Berita Acara is filled in before it is printed; nothing of it is kept."""
    page = _page(number)
    begun = prints.begun_minutes(page, clock.now())
    form = MinutesForm(
        record_number=begun.record_number,
        day=begun.day,
        place=begun.place,
        officers="\n".join(begun.officers),
        done=begun.done,
    )
    if form.validate_on_submit():
        return _minutes(page, form.words())
    return render_template("complaints/desk/minutes.html", form=form, report=page.report), form.status


def _page(number: str) -> CasePage:
    return case_page(reader(), current_office(), number, acting_role(signed_in()), now=clock.now())


def _minutes(page: CasePage, words: MinutesWords) -> Response:
    office = current_office()
    head = {"title": _("Kepala Seksi Trantib"), "name": case_queries.section_head(reader(), office.id)}
    heading = letterhead(reader(), office, clock.now())
    made = prints.minutes(page, office, heading, words, head, _photos(page), _map(page))
    return _as_file(made, f"berita-acara-{page.report.number}.pdf")


def _photos(page: CasePage) -> Photos:
    """Those that are printed, and how many more there are."""
    office_id, data_dir = current_office().id, current_app.config["SETTINGS"].data_dir
    rows: Sequence[Photo] = photo_queries.of_case(reader(), office_id, page.report.id)
    found = ((row, media.read(data_dir, office_id, row.id)) for row in rows[:MOST_PRINTED])
    shown = [Shown(content, _caption(row)) for row, content in found if content]
    return Photos(shown, len(rows[MOST_PRINTED:]))


def _caption(photo: Photo) -> str:
    return f"{CAPTIONS[PhotoKind(photo.kind)]}, {long_moment(photo.added_at)}"


def _map(page: CasePage) -> SmallMap | None:
    where = page.names.village or f"{page.report.lat}, {page.report.lng}"
    outlines = office_queries.outlines(reader(), current_office().id)
    return small_map(outlines, page.report, _("Letak laporan di peta: %(where)s", where=where))


def _as_file(content: bytes, name: str) -> Response:
    return send_file(BytesIO(content), "application/pdf", download_name=name)
