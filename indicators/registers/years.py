"""The year that a register's page is asked for, and the way to the years beside it."""

from dataclasses import dataclass

from flask import abort, request

from core import clock
from core.calendar import Month
from indicators.targets import YEARS


@dataclass(frozen=True)
class Years:
    """A year and those beside it; None where there is none to choose."""

    here: int
    previous: int | None
    next: int | None


def asked_year() -> int:
    """`?tahun=2026`, else the running one; 404 when it is none."""
    text = request.args.get("tahun", "")
    if not text:
        return Month.of(clock.now()).year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS):
        abort(404)
    return int(text)


def chooser(year: int) -> Years:
    """The next year is the last to choose: next year's plans are written down this year."""
    last = Month.of(clock.now()).year + 1
    return Years(year, year - 1 if year - 1 in YEARS else None, year + 1 if year < last else None)
