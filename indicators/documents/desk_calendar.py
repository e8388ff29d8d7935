"""The calendar feed: its personal link, and the address that calendars read."""

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.db import reader
from indicators.documents import calendars
from offices import queries
from offices.access import signed_in, staff_blueprint
from offices.addresses import reachable_by_phones
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("calendar_link", __name__, Action.OWN_DESK)
public = Blueprint("calendar", __name__)
KIND = "text/calendar; charset=utf-8"
MOST_SHOWN = 20
KEPT_S = 900  # how long a calendar need not ask again


@desk.get("/petugas/kalender")
def show() -> str:
    """The account's own link, and what its calendar holds now."""
    base_url, token = _base_url(), calendars.token_of(signed_in(), str(current_app.config["SECRET_KEY"]))
    found = calendars.feed(reader(), current_office(), signed_in(), clock.now())
    address = base_url + url_for("calendar.feed", token=token)
    return render_template(
        "indicators/calendar.html",
        address=address,
        subscribe=f"webcal://{address.partition('://')[2]}",
        only_here=not reachable_by_phones(base_url),
        entries=sorted(found.entries, key=lambda entry: entry.day)[:MOST_SHOWN],
        count=len(found.entries),
    )


@public.get("/tenggat/<token>.ics")
def feed(token: str) -> ResponseReturnValue:
    """The calendar; whoever has the address reads it, so it says little. 404 for a link that is over."""
    account = calendars.account_of(reader(), token, str(current_app.config["SECRET_KEY"]))
    if account is None:
        abort(404)
    office = queries.office(reader(), account.office_id)
    answer = Response(calendars.as_ics(calendars.feed(reader(), office, account, clock.now()), _base_url()))
    answer.content_type = KIND
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_S}"
    answer.add_etag()
    return answer.make_conditional(request)


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)
