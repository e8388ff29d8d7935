"""Similar reports as they are offered to a resident or a program: with a token to join each, and no more words than
may be said.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import current_app

from complaints.reporting import joining, similar, submissions
from complaints.reporting.forms import ReportForm
from complaints.reporting.similar import Place
from core.db import reader
from offices import boundaries
from offices.current import current_office


@dataclass(frozen=True)
class Offer:
    """A report that can be joined: its token, its desa (None: not known) and the day it came."""

    token: str
    village: str | None
    received_on: date


def offers(category: str, place: Place, *, but: UUID | None = None, now: datetime) -> list[Offer]:
    """Open reports like one of this category at this place; see `similar.similar`."""
    office_id, secret = current_office().id, current_app.config["SECRET_KEY"]
    found = similar.similar(reader(), office_id, category, _whole(place), but=but, now=now)
    return [Offer(joining.token(secret, office_id, each.id, now=now), each.village, each.received_on) for each in found]


def offers_for(form: ReportForm) -> list[Offer]:
    """What to offer to whoever filled the form in; nothing when it was sent before."""
    if form.category.data not in form.public:
        return []  # without asking the database
    values = form.values()
    place = Place(values["village"], values["lat"], values["lng"])
    found = offers(values["category"], place, but=values["submission_id"], now=form.now)
    if found and submissions.known(reader(), current_office().id, values["submission_id"]):
        return []
    return found


def chosen_case(form: ReportForm) -> UUID | None:
    """The case that the form is to join; None where none was chosen, or its token holds no longer."""
    if not form.join.data:
        return None
    return joining.case_of(current_app.config["SECRET_KEY"], current_office().id, form.join.data, now=form.now)


def found_village(form: ReportForm) -> str | None:
    """The code of the desa at the form's position."""
    found = boundaries.village_at(current_office(), form.lat.data, form.lng.data)
    return found.code if found else None


def _whole(place: Place) -> Place:
    """With the desa at the position, where none was chosen."""
    if place.village is not None:
        return place
    found = boundaries.village_at(current_office(), place.lat, place.lng)
    return Place(found.code if found else None, place.lat, place.lng)
