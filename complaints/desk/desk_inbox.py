"""The inbox: what waits for Seksi Trantib, filtered, saved, downloaded; and one move for many reports."""

from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from complaints.desk import bulk, desk_queries, inbox_export, inbox_page, inbox_queries, saved_views
from complaints.desk.acting import acting_role
from complaints.desk.bulk import Officer, Picked
from complaints.desk.buttons import pressed
from complaints.desk.desk_forms import MoveForm
from complaints.desk.inbox import Filters, Group
from complaints.desk.inbox_forms import ViewForm
from complaints.desk.inbox_queries import Asked
from complaints.fetching import for_staff
from complaints.receipts import parse_public_number
from complaints.terms import Move
from core import clock
from core.calendar import wib_day
from core.csv_files import csv_answer
from core.db import read_afresh, reader
from core.errors import Missing
from core.ids import first_id
from offices import maps
from offices.access import asks_for, may, signed_in, staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("inbox", __name__, Action.READ_CASES)
handling = staff_blueprint("inbox_moves", __name__, Action.HANDLE_CASES)
MOST_ON_MAP = 500
BULK = (Move.ASSIGN, Move.EXCLUDE)


@desk.get("/petugas")
def show() -> str | AnyResponse:
    """A page of the list; a public number goes straight to its report."""
    filters = _filters()
    number = _number(filters.text)
    if number:
        return redirect(url_for("desk.case", number=number))
    return _page(filters)


@desk.get("/petugas/baru/<uuid:since>")
def new(since: UUID) -> dict[str, int]:
    """How many reports came since the list was opened: asked again and again, so it is one small reading."""
    reports, urgent = inbox_queries.new_since(reader(), current_office().id, since)
    return {"baru": reports, "mendesak": urgent}


@desk.get("/petugas/peta")
def on_map() -> str:
    """What the filters choose, on a map and as a list."""
    asked, filters = _asked(), _filters()
    found = inbox_queries.page(reader(), asked, filters, most=MOST_ON_MAP)
    maps.show_map()
    return render_template(
        "complaints/desk/map.html",
        filters=filters,
        lines=inbox_page.lines(found.rows, asked.today),
        located=sum(row.lat is not None for row in found.rows),
        more=found.after is not None,
    )


@desk.get("/petugas/unduh.csv")
@asks_for(Action.EXPORT_CASES)
def as_csv() -> Response:
    """All that the filters choose."""
    return csv_answer(_file_name("csv"), inbox_export.COLUMNS, inbox_export.rows(_everything()))


@desk.get("/petugas/unduh.xlsx")
@asks_for(Action.EXPORT_CASES)
def as_xlsx() -> AnyResponse:
    """The same as a workbook."""
    file = inbox_export.xlsx(_everything())
    return send_file(file, as_attachment=True, download_name=_file_name("xlsx"))


@desk.post("/petugas/tampilan")
def save_view() -> AnyResponse | tuple[str, int]:
    """Keep the filters under a name."""
    form, filters = ViewForm(), _filters()
    account = signed_in()
    keep = partial(saved_views.save, office_id=account.office_id, staff_id=account.id, filters=filters, now=clock.now())
    if form.validate() and form.accepted(lambda: keep(name=form.name.data)):
        flash(_("Tampilan “%(name)s” tersimpan.", name=form.name.data), "success")
        return _back(filters)
    return _page(filters, view_form=form), form.status


@desk.post("/petugas/tampilan/<uuid:view_id>/hapus")
def forget_view(view_id: UUID) -> AnyResponse:
    """Delete a saved view of one's own."""
    if pressed():
        account = signed_in()
        name = saved_views.forget(office_id=account.office_id, staff_id=account.id, view_id=view_id)
        flash(_("Tampilan “%(name)s” dihapus.", name=name), "success")
    return redirect(url_for("inbox.show"), HTTPStatus.SEE_OTHER)


@handling.post("/petugas/pilihan")
def make_moves() -> str | AnyResponse | tuple[str, int]:
    """One move for all ticked reports."""
    filters, form = _filters(), _sent_form()
    picked = [one for text in dict.fromkeys(request.form.getlist("pilih")) if (one := Picked.parse(text))]
    passed = form.validate()
    if not picked:
        form.form_errors.append(_("Centang dulu laporannya."))
    if not passed or not picked:
        return _page(filters, tried=form), form.status
    account = signed_in()
    officer = Officer(account.office_id, account.id, acting_role(account))
    outcome = bulk.make(form.move, form.details(), picked, officer, now=clock.now())
    if outcome.left:
        return render_template("complaints/desk/bulk.html", outcome=outcome, move=form, filters=filters)
    flash(_("%(count)s laporan: “%(step)s” tersimpan.", count=len(outcome.done), step=form.title), "success")
    return _back(filters)


def _back(filters: Filters) -> AnyResponse:
    """To the list as it was filtered."""
    query: dict[str, Any] = {**filters.query()}
    return redirect(url_for("inbox.show", **query), HTTPStatus.SEE_OTHER)


def _page(filters: Filters, *, view_form: ViewForm | None = None, tried: MoveForm | None = None) -> str:
    session = read_afresh() if view_form or tried else reader()
    picked = set(request.form.getlist("pilih"))
    place, text = request.args.get("sesudah", ""), request.args.get("cari", "")
    found = inbox_page.inbox(session, _asked(), filters, place, picked=picked, text=text)
    may_move = may(Action.HANDLE_CASES)
    return render_template(
        "complaints/desk/inbox.html",
        inbox=found,
        filters=filters,
        group=filters.group,
        place=place if found.started else None,
        view_form=view_form or ViewForm(formdata=None),
        bulk=_bulk_forms(tried) if may_move else [],
        tried=tried,
        since=first_id(clock.now()),
    )


def _bulk_forms(tried: MoveForm | None) -> list[MoveForm]:
    """The moves for many; the tried one as it was filled in."""
    officers = desk_queries.assignable(reader(), current_office().id)
    return [tried if tried and tried.move is move else MoveForm(move, officers, formdata=None) for move in BULK]


def _sent_form() -> MoveForm:
    """The form of the button that was pressed; 404 for a move that is none of them."""
    step = request.form.get("langkah", "")
    if step not in {move.value for move in BULK}:
        abort(HTTPStatus.NOT_FOUND)
    return MoveForm(Move(step), desk_queries.assignable(reader(), current_office().id))


def _filters() -> Filters:
    """What the address asks for; 404 for a group that is none."""
    if request.args.get("kelompok", Group.OPEN.value) not in set(Group):
        abort(HTTPStatus.NOT_FOUND)
    return Filters.parse(request.args)


def _asked() -> Asked:
    account = signed_in()
    return Asked(account.office_id, account.id, wib_day(clock.now()))


def _number(text: str) -> str:
    """The public number that was typed, if there is such a report; "" otherwise."""
    number = parse_public_number(text)
    try:
        return for_staff(reader(), current_office().id, str(number)).number if number else ""
    except Missing:
        return ""


def _everything() -> inbox_export.Parts:
    asked = _asked()
    parts = inbox_queries.pages(reader(), asked, _filters(), inbox_export.AT_ONCE)
    return (inbox_page.lines(rows, asked.today) for rows in parts)


def _file_name(kind: str) -> str:
    return f"laporan-{wib_day(clock.now())}.{kind}"
