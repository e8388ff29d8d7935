"""The screen in the waiting room: full screen, large letters, nothing to touch."""

from flask import Blueprint, current_app, render_template, url_for

from core import clock
from core.calendar import wib_day
from core.db import reader
from indicators.published.screen import screen
from offices.current import current_office

public = Blueprint("screen", __name__)
REFRESH_S = 300


@public.get("/layar")
def waiting_room() -> str:
    """For a television that nobody stands at."""
    office, base_url = current_office(), current_app.config["SETTINGS"].base_url
    return render_template(
        "indicators/screen.html",
        screen=screen(reader(), office, base_url, home=url_for("offices_public.home")),
        results=f"{base_url}{url_for('results.periods')}".partition("://")[2],
        today=wib_day(clock.now()),
        refresh_s=REFRESH_S,
    )
