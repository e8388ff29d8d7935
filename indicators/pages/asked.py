"""What an address of the monthly pages asks for: a period, and the moment as of which it is shown."""

from datetime import datetime

from flask import abort, request

from core import clock
from core.calendar import WIB, Month
from core.errors import or_none
from core.periods import Period


def asked_period(text: str) -> Period:
    """The period in the address; with `?jangka=tahun` January to its end. 404 when it is none, or has not begun."""
    found = or_none(Period.parse, text)
    if found is None or found.first > Month.of(clock.now()):
        abort(404)
    return year_to(found) if is_to_date() else found


def is_to_date() -> bool:
    """Whether the address asks for the year up to its period."""
    return request.args.get("jangka") == "tahun"


def year_to(period: Period) -> Period:
    """January to the end of the period."""
    return Period(Month(period.last.year, 1), period.last)


def asked_moment() -> datetime | None:
    """`?pada=2026-11-01T00:00+07:00`: as of when; without a zone it is WIB. 404 when it is none, or has not come."""
    text = request.args.get("pada")
    if not text:
        return None
    try:
        # An address that was typed by hand has a space where its plus was.
        found = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        abort(404)
    moment = found if found.tzinfo else found.replace(tzinfo=WIB)
    if moment > clock.now():
        abort(404)
    return moment
