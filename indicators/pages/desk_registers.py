"""How the four figures that come from registers were calculated, with the entries behind them."""

from flask import render_template

from core import clock
from core.calendar import Month, wib_day
from core.db import reader
from core.periods import Period
from indicators.pages import asked
from indicators.pages.page import PREDICATE_STEPS
from indicators.pages.register_page import gathered
from indicators.registers.naming import trimmed
from indicators.registers.terms import Register
from offices.access import staff_blueprint
from offices.current import current_office
from offices.roles import EVERYONE

desk = staff_blueprint("register_figures", __name__, EVERYONE)


@desk.app_template_global()
def newest_month() -> Month:
    """The newest month that has ended."""
    return Month.of(clock.now()).previous()


@desk.get("/ringkasan/<period>/dokumen")
def documents(period: str) -> str:
    """IKU 1: the documents of the period's year; `jangka=tahun` and `pada` as on every page of the summary."""
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


def _shown(register: Register, text: str) -> str:
    period, as_of = asked.asked_period(text), asked.asked_moment()
    today = wib_day(as_of or clock.now())
    return render_template(
        "indicators/month_registers.html",
        page=gathered(reader(), current_office(), register, period, today, as_of),
        address=text,
        alone=Period.parse(text),
        to_date=asked.is_to_date(),
        steps=PREDICATE_STEPS,
        trimmed=trimmed,
    )
