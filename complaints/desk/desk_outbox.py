"""Settings pages: what waits to be sent, what failed, and once more by hand."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from complaints.desk.buttons import pressed
from complaints.messages import notice_queries, retrying
from core import outbox_queries
from core.db import reader
from core.outbox import Channel
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action

desk = staff_blueprint("complaints_outbox", __name__, Action.MANAGE_SYSTEMS)
CHANNELS = {
    Channel.NOTICE.value: _l("Kabar yang belum dibagi"),
    Channel.EMAIL.value: _l("Email"),
    Channel.PUSH.value: _l("Pemberitahuan HP"),
    Channel.WEBHOOK.value: _l("Sistem lain"),
}


@desk.get("/pengaturan/kiriman")
def listed() -> ResponseReturnValue:
    """How the outbox stands, and what needs a look."""
    office_id = signed_in().office_id
    rows = outbox_queries.troubled(reader(), office_id)
    return render_template(
        "complaints/desk/outbox.html",
        standing=outbox_queries.standing(reader(), office_id),
        rows=rows,
        numbers=notice_queries.numbers(reader(), office_id, {row.about for row in rows if row.about}),
        channels=CHANNELS,
        has_mail=bool(current_app.config["SETTINGS"].smtp_url),
        button=ButtonForm(formdata=None),
    )


@desk.post("/pengaturan/kiriman/ulang", defaults={"message_id": None})
@desk.post("/pengaturan/kiriman/<uuid:message_id>/ulang")
def retry(message_id: UUID | None) -> ResponseReturnValue:
    """Once more, now: one message, or all that failed."""
    if pressed():
        again = retrying.retry(message_id=message_id, **signature())
        flash(_("%(count)s kiriman segera dicoba lagi.", count=again), "success")
    return redirect(url_for(".listed"))
