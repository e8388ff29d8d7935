"""The desk of paper: questionnaires to print, and piles of those that were filled in."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import wib_day
from core.db import read_afresh, reader
from core.errors import Missing
from core.forms import HouseForm
from core.ids import read_id
from offices import attachments
from offices.access import signature, signed_in, staff_blueprint
from offices.current import current_office
from offices.forms import ButtonForm
from offices.letterheads import letterhead
from offices.rights import Action
from survey import queries
from survey.entry import paper, paper_import, paper_page, paper_prints, paper_queries, paper_scans
from survey.entry.paper_forms import BeginForm, DiscardForm
from survey.entry.paper_terms import Turn

desk = staff_blueprint("survey_paper", __name__, Action.ENTER_RATINGS)
attachments.READABLE["paper_batch"] = paper_page.readable
ASKED = ("edition", "service", "point")  # what an address may say of a pile to be


@desk.get("/petugas/survei/kertas")
def piles() -> ResponseReturnValue:
    """A page of piles, and the questionnaire to print."""
    after = read_id(request.args.get("sesudah", ""))
    page = paper_page.piles(reader(), signed_in().office_id, after)
    return render_template("survey/paper.html", page=page, form=_begin_form())


@desk.get("/petugas/survei/kertas/kuesioner.pdf")
def questionnaire() -> Response:
    """The questionnaire on paper, of an edition, perhaps for a service and a point."""
    office, base_url = current_office(), current_app.config["SETTINGS"].base_url
    edition, service, point = (request.args.get(name) or None for name in ASKED)
    wanted = paper_prints.Wanted.of(reader(), office.id, edition, service, point, wib_day(clock.now()))
    heading = letterhead(reader(), office, clock.now())
    made = paper_prints.questionnaire(office, heading, wanted, base_url)
    name = f'inline; filename="kuesioner-{wanted.questionnaire.code}.pdf"'
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": name})


@desk.get("/petugas/survei/kertas/edisi/<code>")
def scanned(code: str) -> ResponseReturnValue:
    """Where the code on a printed questionnaire leads: to a new pile of this edition."""
    if queries.edition(reader(), signed_in().office_id, code) is None:
        raise Missing(_("Edisi kuesioner ini tidak ada."))
    known: dict[str, Any] = {name: value for name in ASKED if (value := request.args.get(name))}
    return redirect(url_for(".begin", **known | {"edition": code}))


@desk.route("/petugas/survei/kertas/baru", methods=["GET", "POST"])
def begin() -> ResponseReturnValue:
    """A new pile."""
    form = _begin_form()
    begun: list[UUID] = []
    if form.validate_on_submit() and form.accepted(lambda: begun.append(paper.begin(**form.values(), **signature()))):
        return redirect(url_for("survey_paper_entry.go_on", batch_id=begun[0], turn=1))
    return render_template("survey/paper_begin.html", form=form), form.status


@desk.get("/petugas/survei/kertas/<uuid:batch_id>")
def pile(batch_id: UUID) -> ResponseReturnValue:
    """One pile: how far it is, and what to do next."""
    return _pile(batch_id)


@desk.post("/petugas/survei/kertas/<uuid:batch_id>/pindaian")
def scan(batch_id: UUID) -> ResponseReturnValue:
    """Put scans of the forms beside their pile."""
    form = ButtonForm()
    if form.validate() and form.accepted(lambda: _bring(batch_id)):
        return redirect(url_for(".pile", batch_id=batch_id), HTTPStatus.SEE_OTHER)
    return _pile(batch_id, scanning=form), form.status


@desk.post("/petugas/survei/kertas/<uuid:batch_id>/buang")
def discard(batch_id: UUID) -> ResponseReturnValue:
    """Throw a pile away that is not counted."""
    form = DiscardForm()
    if form.validate() and form.accepted(
        lambda: paper.discard(batch_id=batch_id, reason=form.reason.data or "", **signature())
    ):
        flash(_("Tumpukan dibuang."), "success")
        return redirect(url_for(".pile", batch_id=batch_id), HTTPStatus.SEE_OTHER)
    return _pile(batch_id, discarding=form), form.status


@desk.post("/petugas/survei/kertas/<uuid:batch_id>/buka")
def reopen(batch_id: UUID) -> ResponseReturnValue:
    """Open a pile again whose import was undone."""
    form = ButtonForm()
    if form.validate() and form.accepted(lambda: paper.reopen(batch_id=batch_id, **signature())):
        flash(_("Tumpukan dibuka lagi. Perbaiki formulirnya, lalu masukkan lagi ke hitungan."), "success")
        return redirect(url_for(".pile", batch_id=batch_id), HTTPStatus.SEE_OTHER)
    return _pile(batch_id, reopening=form), form.status


def _begin_form() -> BeginForm:
    asked, today = request.args, wib_day(clock.now())
    form = BeginForm(
        edition=asked.get("edition"), service=asked.get("service", ""), point=asked.get("point", ""), day=today
    )
    paper_page.offer(reader(), signed_in().office_id, form, today)
    return form


def _bring(batch_id: UUID) -> None:
    data_dir = current_app.config["SETTINGS"].data_dir
    brought = paper_scans.bring(data_dir, batch_id, request.files.getlist("files"), **signature())
    for words in brought.refused:
        flash(words, "warning")
    if brought.kept:
        flash(_("%(count)s pindaian tersimpan.", count=brought.kept), "success")


def _pile(batch_id: UUID, **forms: HouseForm) -> str:
    """The page of a pile; `forms` are those that were sent and have something to say."""
    session, office_id = read_afresh(), signed_in().office_id
    found = paper_page.pile(session, office_id, batch_id)
    blank: dict[str, HouseForm] = {
        "button": ButtonForm(formdata=None),
        "discarding": DiscardForm(formdata=None),
    }
    return render_template(
        "survey/paper_pile.html",
        pile=found,
        told=paper_page.told(found),
        numbers=paper_queries.numbers(session, office_id, batch_id, Turn.FIRST),
        scans=attachments.of(session, office_id, paper.about(batch_id)),
        why=paper_page.why_discarded(session, office_id, found),
        twice=paper_import.needs_two(session, office_id, clock.now()),
        **blank | forms,
    )
