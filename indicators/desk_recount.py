"""The button that counts what changed at once, for somebody who wants to lock a month."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import clock
from core.calendar import Month
from core.errors import or_none
from indicators import nightly
from offices import looking
from offices.access import staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action

desk = staff_blueprint("month_recount", __name__, Action.RECOUNT_MONTH)


@desk.post("/ringkasan/<month>/hitung")
def recount(month: str) -> Response:
    """Count what changed; waits for a run under way."""
    asked, form = or_none(Month.parse, month), ButtonForm()
    if asked is None:
        abort(404)
    if form.validate():
        run = nightly.run_now(clock.now, nightly.recount_marked)
        looking.noted("month.recount", str(asked))
        flash(_("%(count)s hari dihitung ulang.", count=run.days_recounted), "success")
    else:
        flash(_("Tombol ini terlalu lama terbuka. Tekan sekali lagi."), "warning")
    return redirect(url_for("month_lock.show", month=asked))
