"""Settings pages: QR codes for print, and the address that they carry."""

from collections.abc import Callable

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.db import reader
from offices import poster_sheets, qr, queries, service
from offices.access import signature, signed_in, staff_blueprint
from offices.addresses import Printing, point_address, printing, reachable_by_phones
from offices.current import current_office
from offices.forms import ButtonForm
from offices.models import Point
from offices.poster_sheets import SHEETS, Sheet
from offices.rights import Action

desk = staff_blueprint("offices_posters", __name__, Action.MANAGE_MASTER_DATA)
Drawing = Callable[[str], bytes]
# An office of no address: what the plain page shows as an example.
EXAMPLE = "http://192.168.1.10"
PAPERS = ("a4", "a5")


@desk.get("/pengaturan/titik/cetak")
def sheets() -> ResponseReturnValue:
    """What can be printed for all open points, or for chosen ones."""
    return render_template("offices/poster_sheets.html", points=_open_points(), sheets=SHEETS)


@desk.get("/pengaturan/titik/cetak.pdf")
def sheets_pdf() -> ResponseReturnValue:
    """One file for the printer: `jenis` says what, `titik` (several) for which points; none for all open ones."""
    kind, chosen = request.args.get("jenis", ""), set(request.args.getlist("titik"))
    points = [point for point in _open_points() if not chosen or point.code in chosen]
    if kind not in set(Sheet) or not points:
        abort(404)
    if refusal := _not_ready(points[0]):
        return refusal
    made = poster_sheets.printed(Sheet(kind), current_office(), points, _base_url())
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{kind}.pdf"'})


@desk.get("/pengaturan/titik/<code>/qr.svg")
def svg(code: str) -> ResponseReturnValue:
    """The code for any size."""
    return _drawn(code, qr.svg, "image/svg+xml", f"{code}.svg")


@desk.get("/pengaturan/titik/<code>/qr.png")
def png(code: str) -> ResponseReturnValue:
    """The code for a poster."""
    return _drawn(code, qr.poster_png, "image/png", f"{code}.png")


@desk.get("/pengaturan/titik/<code>/qr-stiker.png")
def sticker(code: str) -> ResponseReturnValue:
    """The code for a sticker of 2 cm."""
    return _drawn(code, qr.sticker_png, "image/png", f"{code}-stiker.png")


@desk.get("/pengaturan/titik/<code>/poster")
def poster(code: str) -> ResponseReturnValue:
    """A page to print, or why it can't be printed yet."""
    point = _point(code)
    return _not_ready(point) or _poster(point)


@desk.post("/pengaturan/titik/<code>/poster")
def confirm_address(code: str) -> ResponseReturnValue:
    """Yes, posters shall carry the new address."""
    point = _point(code)
    form = ButtonForm()
    if form.validate() and form.accepted(lambda: service.replace_printed_address(base_url=_base_url(), **signature())):
        flash(_("Alamat baru dicatat. Cetak dan pasang ulang semua poster."), "success")
        return redirect(url_for(".poster", code=code))
    return _changed(point, form), form.status


def _poster(point: Point) -> str:
    asked = request.args.get("kertas", "")
    paper = asked if asked in PAPERS else PAPERS[0]
    address = point_address(_base_url(), point.code).partition("://")[2]
    return render_template("offices/poster.html", point=point, address=address, paper=paper, papers=PAPERS)


def _changed(point: Point, form: ButtonForm) -> str:
    return render_template("offices/poster_changed.html", point=point, form=form, base_url=_base_url())


def _unreachable(point: Point) -> str:
    """How to open the service to the office's network; the address in the browser is one that works, if it does."""
    here = request.host_url.rstrip("/")
    example = here if reachable_by_phones(here) else f"{EXAMPLE}:{current_app.config['SETTINGS'].port}"
    return render_template("offices/poster_refused.html", point=point, base_url=_base_url(), example=example)


def _drawn(code: str, draw: Drawing, kind: str, name: str) -> ResponseReturnValue:
    """The picture, under the same conditions as the poster: it, too, ends up on a wall."""
    point = _point(code)
    if refusal := _not_ready(point):
        return refusal
    address = point_address(_base_url(), point.code)
    return Response(draw(address), mimetype=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _not_ready(point: Point) -> ResponseReturnValue | None:
    """Why nothing that bears a code may be printed now; None, and the address noted, when it may."""
    match printing(_base_url(), current_office().printed_base_url):
        case Printing.UNREACHABLE:
            return _unreachable(point)
        case Printing.CHANGED:
            return _changed(point, ButtonForm())
        case Printing.READY:
            service.keep_printed_address(base_url=_base_url(), **signature())
            return None


def _open_points() -> list[Point]:
    return [point for point in queries.points(reader(), signed_in().office_id) if point.is_open]


def _point(code: str) -> Point:
    return queries.point(reader(), signed_in().office_id, code)


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)
