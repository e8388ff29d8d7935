"""What maps need: outlines to draw, tiles if the office has a server for them, and the desa at a place."""

import json
from contextlib import suppress
from decimal import Decimal
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from core import clock, web
from core.calendar import Month, wib_day
from core.db import reader
from core.problems import problem
from offices import boundaries, outlines, settings
from offices.current import current_office
from offices.kept import kept
from offices.models import Office
from offices.tiles import Tiles, tiles

AGE_S = 600
LIMITS = {"lat": 90, "lng": 180}
public = Blueprint("offices_maps", __name__)


@public.get("/peta/desa.json")
def drawn() -> Response:
    """The outlines as a GeoJSON FeatureCollection to draw, with a member of our own: `tiles` (url, credit) or null."""
    office = current_office()
    text = kept(office, ("map", _month()), lambda: _drawn(office))
    answer = Response(text, mimetype="application/geo+json")
    answer.headers["Cache-Control"] = f"private, max-age={AGE_S}"
    answer.set_etag(f"{office.prefix}-{office.revision}-{_month()}")
    answer.make_conditional(request)
    return answer


@public.get("/api/v1/villages/at")
def village_at() -> Response:
    """The desa at a place: `code` and `name` (null outside), and `text`, the same in words."""
    place = {name: _degrees(request.args.get(name, ""), most) for name, most in LIMITS.items()}
    wrong = {name: [_("Isi derajat WGS 84, misalnya -8.25.")] for name, value in place.items() if value is None}
    if wrong:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Posisi ini tidak dapat dibaca."), wrong)
    office = current_office()
    found = boundaries.village_at(office, place["lat"], place["lng"])
    if found:
        return jsonify(code=found.code, name=found.name, text=_("Desa %(name)s.", name=found.name))
    return jsonify(code=None, name=None, text=outside_words(office))


def outside_words(office: Office) -> str:
    """What to say of a place in no desa that we know."""
    if not boundaries.of_office(office):
        return _("Batas desa belum ada di sini. Pilih desanya dari daftar.")
    return _("Tempat ini di luar %(office)s. Laporan Anda tetap kami terima.", office=office.name)


def show_map() -> bool:
    """Whether there is anything to draw; the page that asks may then show the tiles."""
    office = current_office()
    found = tiles_of(office)
    web.allow_images(found.origin)
    return bool(found.url or boundaries.of_office(office))


def tiles_of(office: Office) -> Tiles:
    """The office's tiles in force today."""
    return kept(office, ("tiles", _month()), lambda: _tiles(office.id))


def _tiles(office_id: int) -> Tiles:
    return tiles(settings.in_force(reader(), office_id, wib_day(clock.now())))


def _month() -> Month:
    """Settings change with a month at the earliest, or with the office's revision."""
    return Month.of(clock.now())


def _drawn(office: Office) -> str:
    found = tiles_of(office)
    shown = {"url": found.url, "credit": found.credit} if found.url else None
    return json.dumps(outlines.drawn(boundaries.of_office(office)) | {"tiles": shown}, separators=(",", ":"))


def _degrees(text: str, most: int) -> Decimal | None:
    """None for what is no number, or lies off the globe."""
    with suppress(ArithmeticError):
        value = Decimal(text)
        return value if -most <= value <= most else None
    return None
