"""What an address of the survey's figures asks for."""

from flask import abort

from core import clock
from core.calendar import Month
from core.db import reader
from core.errors import or_none
from core.periods import Period
from offices.current import current_office
from survey.figures import building
from survey.figures.results import Figures


def period_of(text: str) -> Period:
    """The period in the address; 404 when it is none, or has not begun."""
    found = or_none(Period.parse, text)
    if found is None or found.first > Month.of(clock.now()):
        abort(404)
    return found


def figures_of(text: str) -> Figures:
    """The office's figures of that period."""
    return building.build(reader(), current_office(), period_of(text))
