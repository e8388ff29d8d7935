"""What an address asks for: a month or a period, and the moment as of which it is shown."""

from datetime import UTC, datetime

from flask import abort, request
from flask_babel import gettext as _

from core import clock
from core.calendar import WIB, Month
from core.errors import Missing, or_none
from core.periods import Period


def asked_month(text: str) -> Month:
    """The month in the address; 404 when it is none, or has not begun."""
    found = or_none(Month.parse, text)
    if found is None or found > Month.of(clock.now()):
        abort(404)
    return found


def asked_period(text: str) -> Period:
    """The period in the address; with `?jangka=tahun` January to its end. 404 when it is none, or has not begun."""
    found = or_none(Period.parse, text)
    if found is None or found.first > Month.of(clock.now()):
        abort(404)
    return found.year_to_date() if is_to_date() else found


def is_to_date() -> bool:
    """Whether the address asks for the year up to its period."""
    return request.args.get("jangka") == "tahun"


def asked_moment() -> datetime | None:
    """`?pada=2026-11-01T00:00+07:00`: as of when; without a zone it is WIB. Raises Missing when it is none,
    or has not come.
    """
    text = request.args.get("pada")
    if not text:
        return None
    try:
        # An address that was typed by hand has a space where its plus was.
        found = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        moment = (found if found.tzinfo else found.replace(tzinfo=WIB)).astimezone(UTC)
    except (ValueError, OverflowError) as fault:  # the year 1 begins before any in UTC
        raise Missing(_("Tulis tanggal seperti 2026-11-05 sesudah “pada=”.")) from fault
    if moment > clock.now():
        raise Missing(_("Saat itu belum tiba. Pilih hari ini atau sebelumnya."))
    return moment
