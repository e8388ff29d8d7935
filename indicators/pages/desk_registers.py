"""How the four figures that come from registers were calculated, with the entries behind them."""

from flask import render_template

from core import clock
from core.calendar import Month
from core.db import reader
from indicators.locks.shown import shown
from indicators.pages.page import PREDICATE_STEPS
from indicators.pages.place import asked_place
from indicators.pages.register_page import gathered
from indicators.registers.naming import trimmed
from indicators.registers.terms import Register
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("register_figures", __name__, Action.READ_SUMMARY)


@desk.app_template_global()
def newest_month() -> Month:
    """The newest month that has ended."""
    return Month.of(clock.now()).previous()


@desk.get("/ringkasan/<period>/dokumen")
def documents(period: str) -> str:
    """IKU 1: the documents of the period's year; `jangka`, `pada` and `versi` as in Place."""
    return _shown(Register.DOCUMENTS, period)


@desk.get("/ringkasan/<period>/pemberdayaan")
def activities(period: str) -> str:
    """IKU 3: the activities that were planned in the period."""
    return _shown(Register.ACTIVITIES, period)


@desk.get("/ringkasan/<period>/sakip")
def reviews(period: str) -> str:
    """IKU 5: the year's SAKIP reviews."""
    return _shown(Register.REVIEWS, period)


@desk.get("/ringkasan/<period>/program")
def programme(period: str) -> str:
    """IKU 6: the year's programme indicators."""
    return _shown(Register.PROGRAMME, period)


def _shown(register: Register, period: str) -> str:
    place, session, office = asked_place(period), reader(), current_office()
    found = shown(session, office, place.period, place.version, place.as_of)
    return render_template(
        "indicators/month_registers.html",
        page=gathered(session, office, register, place, found, clock.now()),
        place=place,
        lock=found.lock,
        steps=PREDICATE_STEPS,
        trimmed=trimmed,
    )
