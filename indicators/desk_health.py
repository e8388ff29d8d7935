"""How the system is doing, in words for whoever answers for it."""

from flask import render_template

from core import calling, clock, health
from core.db import reader
from core.health import State
from offices.access import may, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("system_health", __name__, Action.SEE_HEALTH)
# A badge's look for each state.
BADGES = {State.GOOD: "settled", State.WARNING: "waiting", State.STOPPED: "reopened"}


@desk.get("/pengaturan/kesehatan")
def show() -> str:
    """Everything that is looked after: how it stands, and what to do."""
    found = health.findings(reader(), clock.now())
    worst = max((finding.state for finding in found), key=list(State).index)
    advice = {one.key: calling.advice(one, looks_after=may(Action.MANAGE_SYSTEMS)) for one in found}
    words = {"findings": found, "advice": advice, "worst": worst}
    return render_template("indicators/health.html", **words, states=State, badges=BADGES)
