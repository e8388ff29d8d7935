"""The audit trail for auditors and operators: searched, page by page, taken along, verified."""

from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from core import clock
from core.calendar import has_any_zone, long_moment
from core.csv_files import csv_answer
from core.db import reader
from core.ids import read_id
from offices import audit_words, settings, trail
from offices.access import signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from offices.signin.gate import delicate
from offices.trail import Wanted

desk = staff_blueprint("audit", __name__, Action.READ_TRAIL)
COLUMNS = ("nomor", "waktu", "oleh", "kode", "apa", "yang_mana", "rincian", "segel")
LONGEST = 200
ASKED = ("oleh", "apa", "mana", "dari", "sampai", "cari")


@desk.get("/audit")
def show() -> str:
    """A page of what is searched, and where the trail ends."""
    session, office_id = reader(), signed_in().office_id
    rows = trail.page(session, office_id, _wanted(), before=read_id(request.args.get("sebelum", "")))
    older = rows[trail.PAGE - 1].id if len(rows) > trail.PAGE else None
    return _page(rows=rows[: trail.PAGE], older=older)


@desk.get("/audit.csv")
@delicate
def as_csv() -> Response:
    """All that is searched."""
    return csv_answer("jejak.csv", COLUMNS, _lines(_wanted()))


@desk.post("/audit/periksa")
def check() -> str:
    """Count seals again: the newest, or those before the number that the form says."""
    if not ButtonForm().validate():
        abort(HTTPStatus.BAD_REQUEST)
    before = request.form.get("sebelum", type=int)
    checked = trail.check_part(reader(), signed_in().office_id, before=before, most=trail.AT_A_PRESS)
    return _page(rows=(), older=None, checked=checked, checked_at=long_moment(clock.now()))


def _page(**more: Any) -> str:
    session, office_id, asked = reader(), signed_in().office_id, _asked()
    return render_template(
        "offices/trail.html",
        asked=asked,
        actions=audit_words.ACTIONS,
        told=audit_words.told,
        known=settings.KNOWN,
        people=trail.actors(session, office_id),
        end=trail.end(session, office_id),
        most_read=trail.MOST_READ,
        at_a_press=trail.AT_A_PRESS,
        button=ButtonForm(),
        now=clock.now(),
        is_later="sebelum" in request.args,
        start=url_for(".show", **asked),
        **more,
    )


def _asked() -> dict[str, Any]:
    """What the address asks for, the blanks left out."""
    return {name: value[:LONGEST] for name in ASKED if (value := request.args.get(name, "").strip())}


def _wanted() -> Wanted:
    asked = _asked()
    first, last = (_day(asked.get(name, "")) for name in ("dari", "sampai"))
    words = {name: asked.get(key, "") for name, key in WORDS.items()}
    return Wanted(**words, first=first, last=last)


WORDS = {"actor": "oleh", "action": "apa", "subject": "mana", "text": "cari"}


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if has_any_zone(found) else None


def _lines(wanted: Wanted) -> Iterator[tuple[object, ...]]:
    for row in trail.everything(reader(), signed_in().office_id, wanted):
        detail = "; ".join(f"{name}: {words}" for name, words in audit_words.told(row.detail))
        what = audit_words.ACTIONS.get(row.action, row.action)
        yield row.seq, row.at, row.actor or _("tidak dikenal"), row.action, what, row.subject, detail, row.hash
