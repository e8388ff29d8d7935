"""The screen in the waiting room: full screen, large letters, nothing to touch."""

from flask import Blueprint, current_app, render_template, url_for

from core import clock
from core.calendar import wib_day
from core.db import reader
from indicators.published.screen import screen
from offices.current import asked_office
from offices.models import Office

public = Blueprint("screen", __name__)
REFRESH_S = 300


def results_path(office: Office) -> str:
    """Where its results are; the installation's own office needs no letters."""
    return url_for("results.periods", office=None if office.is_default else office.prefix)


@public.get("/layar")
def waiting_room() -> str:
    """For a television that nobody stands at; `?office=` is for an office that is not the installation's own."""
    office, base_url = asked_office(), current_app.config["SETTINGS"].base_url
    return render_template(
        "indicators/screen.html",
        screen=screen(reader(), office, base_url),
        results=f"{base_url}{results_path(office)}".partition("://")[2],
        today=wib_day(clock.now()),
        refresh_s=REFRESH_S,
    )
