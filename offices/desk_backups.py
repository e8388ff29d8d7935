"""The operator's page of backups: how it stands, the list, and a button to make one now."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import calling, clock
from core.backup import queries
from core.backup.standing import WORDS, health
from core.db import reader
from core.errors import Refused
from offices import backups, backups_page
from offices.access import asks_for, may, signature, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from offices.signin.gate import delicate

desk = staff_blueprint("backups", __name__, Action.SEE_HEALTH)


@desk.get("/pengaturan/cadangan")
def show() -> str:
    """Age and result of the last verified backup, what to worry about, and the last forty."""
    found, settings = health(reader(), clock.now()), current_app.config["SETTINGS"]
    return render_template(
        "offices/backups.html",
        health=found,
        age=backups_page.age_words(found.age) if found.age is not None else "",
        words=WORDS if may(Action.MANAGE_SYSTEMS) else calling.OF_BACKUPS,
        rows=backups_page.rows(queries.recent(reader())),
        form=ButtonForm(),
        folder=settings.backup_dir,
        keep=settings.backup_keep,
    )


@desk.post("/pengaturan/cadangan")
@asks_for(Action.MANAGE_SYSTEMS)
@delicate
def ask() -> Response:
    """Have one made now, by the scheduler."""
    form = ButtonForm()
    try:
        if not form.validate():
            raise Refused(_("Tombol ini terlalu lama terbuka. Tekan sekali lagi."))
        backups.ask(**signature())
        flash(_("Cadangan sedang dibuat. Muat ulang halaman ini sebentar lagi."), "success")
    except Refused as refusal:
        flash(refusal.message, "warning")
    return redirect(url_for(".show"))
