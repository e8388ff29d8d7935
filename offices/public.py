"""Pages for residents: the way in, the landing of a QR code, and what is kept about people."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from core import clock
from core.calendar import wib_day
from core.db import reader
from offices import points, queries, settings
from offices.current import current_office, office_of_code
from offices.law import asking

public = Blueprint("offices_public", __name__)


@public.get("/")
def home() -> ResponseReturnValue:
    """Where residents begin: rate a service, report disorder, follow a report, see the results."""
    return render_template("offices/home.html", points=queries.rated_points(reader(), current_office().id))


@public.get("/t/<code>")
def landing(code: str) -> ResponseReturnValue:
    """Where a scan leads: to the point's form, or to the choice of the two."""
    code = points.canonical(code)
    office = office_of_code(code)
    point = queries.open_point(reader(), office.id, code) if office else None
    if point is None:
        return unknown_point(code)
    path = points.landing_path(points.Purpose(point.purpose), point.code)
    return redirect(path) if path else render_template("offices/landing.html", point=point)


@public.get("/privasi")
def privacy() -> ResponseReturnValue:
    """What is kept about people, why, how long, and who sees it."""
    values = settings.in_force(reader(), current_office().id, wib_day(clock.now()))
    return render_template("offices/privacy.html", values=values, contacts=asking.contacts(values, current_office()))


def unknown_point(code: str) -> ResponseReturnValue:
    """A code that no open point has: the ways on from here."""
    office_id = current_office().id
    found = queries.rated_points(reader(), office_id)
    names = {service.code: service.name for service in queries.open_services(reader(), office_id)}
    ways = points.service_ways([(point.code, point.service_code) for point in found], list(names))
    page = render_template("offices/unknown_point.html", code=code, points=found, names=names, ways=ways)
    return page, HTTPStatus.NOT_FOUND
