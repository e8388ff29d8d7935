"""Notes in the audit trail who got in or was refused, and who took which file along: one hook for every page of the
staff, those to come too (docs/adr/0037).
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request, session
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import current_user
from flask_security.signals import password_changed, password_reset, user_authenticated
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core import clock
from core.db import read_afresh, transaction
from core.errors import Busy
from core.visitors import household
from offices import audit, queries
from offices.access import actions_of, signed_in
from offices.models import Staff
from offices.signin.addresses import spelled

FILE = "file.taken"
# What else is called by its own name; every other file is a file taken along.
NAMED: Mapping[str, str] = {
    "desk_photos.show_staff": "look.photo",
    "offices_attachments.show": "look.attachment",
    "desk_prints.case_file": "print.case",
    "desk_prints.minutes": "print.case",
    "desk_prints.write_minutes": "print.case",
    "survey_visit_codes.printed": "print.visit",
}
PAGES: Mapping[str, str] = {"desk_looks.looked": "look.identities", "audit.show": "look.trail"}
# Drawn for everybody to see: the same hangs on the wall.
FOR_THE_WALL = {"offices_posters"}
NOTED_THERE = {"survey_export"}  # their service notes each file itself
TAKEN = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}  # a browser may ask for a file from its first byte on
# What is chosen, or a day. Of what is typed only that it was asked for is noted: people type names there.
CHOSEN = {
    "apa", "bulan", "dari", "desa", "hari", "jangka", "jenis", "keadaan", "kelompok", "layanan", "masa", "mendesak",
    "office", "pada", "periode", "petugas", "sampai", "sebelum", "sesudah", "sumber", "tahun", "titik", "unsur",
    "versi",
}  # fmt: skip
TYPED = {"cari", "mana", "oleh", "q", "teks"}
# An id of ours, a code, a period or a day; a telephone number or a receipt is none.
CHOICE = re.compile(r"[\w.:-]{1,40}", re.ASCII)
PERSONAL = re.compile(r"^(62|0)8[\d.-]{6,}$|^\d{9,}$|^[A-Z]{3}-\w{5}-\w{5}-\w$")
REFUSALS: Mapping[str, str] = {
    "security.two_factor_token_validation": "wrong_code",
    "security.mf_recovery": "wrong_recovery",
    "security.verify": "wrong_password",
    "security.change_password": "wrong_password",
}
HOW: Mapping[str, str] = {
    "security.login": "by_password",
    "security.two_factor_token_validation": "by_code",
    "security.mf_recovery": "by_recovery",
    "security.wan_signin_response": "by_passkey",
}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """What is to be noted."""

    office_id: int
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


def init_looking(app: Flask) -> None:
    """Note what staff open, and the doors they come through."""
    app.after_request(_note_door)
    app.after_request(_note_file)
    for signal, action in SIGNALS.items():
        signal.connect(_heard(action), app, weak=False)


SIGNALS = {
    user_authenticated: "signin.ok",
    user_logged_out: "signin.out",
    password_reset: "signin.link",
    password_changed: "signin.password",
}


def _heard(action: str) -> Any:
    """Kept until the answer is ready: the library may be writing just now, and nobody else could."""

    def keep(_app: Flask, user: Any = None, **_more: object) -> None:
        account = getattr(user, "_get_current_object", lambda: user)()
        # The library lets a closed account in by a passkey for the rest of this request, and refuses it then.
        if isinstance(account, Staff) and (account.active or action != "signin.ok"):
            detail = {"how": how} if action == "signin.ok" and (how := HOW.get(request.endpoint or "")) else {}
            g.setdefault("doors", []).append(_of(account, action, detail))

    return keep


def _of(account: Staff, action: str, detail: dict[str, Any]) -> Entry:
    came = detail | {"from": household(request.remote_addr or "")}
    return Entry(account.office_id, account.email, action, account.email, came)


def _note_door(response: Response) -> Response:
    """A failing note is logged, and keeps nobody out: whoever mends a full disk has to get in."""
    try:
        entries = g.pop("doors", []) + _refused(response)
        if entries:
            note_all(entries=entries, now=clock.now())
    except (Busy, SQLAlchemyError):
        log.exception("a sign-in could not be noted")
    return response


def _refused(response: Response) -> list[Entry]:
    if "passkey_refused" in g:
        return [_refused_passkey(g.pop("passkey_refused"))]
    if request.method != "POST" or response.status_code != HTTPStatus.OK:
        return []
    if request.endpoint == "security.login":
        return [_unknown_or(request.form.get("email", ""))]
    account = _half_in() if request.endpoint in REFUSALS else None
    return [_of(account, "signin.refused", {"why": REFUSALS[request.endpoint or ""]})] if account else []


def _refused_passkey(account: object) -> Entry:
    """Of a passkey that is nobody's, that it was tried."""
    if isinstance(account, Staff):
        return _of(account, "signin.refused", {"why": "wrong_passkey" if account.active else "closed"})
    office = queries.default_office(read_afresh())
    return _unknown(office.id if office else 0, "wrong_passkey")


def _half_in() -> Staff | None:
    """Who is in already, or has typed the right password and now the wrong code."""
    if current_user.is_authenticated:
        return signed_in()
    return queries.account_of_session(read_afresh(), str(session.get("tf_user_id", "")))


def _unknown_or(email: str) -> Entry:
    """Of an address that is nobody's only this is kept: people type passwords there."""
    asked = read_afresh()
    account, office = queries.account_or_none(asked, spelled(email)), queries.default_office(asked)
    if account is None:
        return _unknown(office.id if office else 0, "unknown")
    why = "closed" if not account.active else "wrong_password" if account.password else "no_password"
    return _of(account, "signin.refused", {"why": why})


def _unknown(office_id: int, why: str) -> Entry:
    return Entry(office_id, "", "signin.refused", "", {"why": why, "from": household(request.remote_addr or "")})


def _note_file(response: Response) -> Response:
    """No file leaves unless it is noted; the answer is then the one that the fault has."""
    action = _action(response)
    if action is None:
        return response
    account = signed_in()
    subject = _subject(response)
    entry = Entry(account.office_id, account.email, action, subject, _where())
    try:
        note_all(entries=[entry], now=clock.now())
    except (Busy, SQLAlchemyError) as fault:
        response.close()
        return current_app.make_response(current_app.handle_user_exception(fault))
    return response


def _action(response: Response) -> str | None:
    endpoint = request.endpoint or ""
    if response.status_code not in TAKEN or endpoint not in current_app.view_functions:
        return None
    if not actions_of(current_app, endpoint) or not current_user.is_authenticated or request.method == "HEAD":
        return None
    if endpoint in PAGES:
        return PAGES[endpoint]
    is_file = "Content-Disposition" in response.headers and endpoint.partition(".")[0] not in FOR_THE_WALL | NOTED_THERE
    return NAMED.get(endpoint, FILE) if is_file else None


def _subject(response: Response) -> str:
    """The report, or the name of the file."""
    number = (request.view_args or {}).get("number")
    parts = response.headers.get("Content-Disposition", "").partition("filename=")
    return str(number or parts[2].strip('"').partition(";")[0].strip('"'))


def _where() -> dict[str, Any]:
    """The page, and what was chosen there. Names that no page of ours asks by are nobody's choice."""
    asked = [(name, _choice(name, value)) for name, value in request.args.items(multi=True) if name in CHOSEN | TYPED]
    return {"page": request.path} | ({"asked": urlencode(asked, safe="…")} if asked else {})


def _choice(name: str, value: str) -> str:
    is_chosen = name in CHOSEN and CHOICE.fullmatch(value) and not PERSONAL.search(value)
    return value if is_chosen or not value else "…"


def noted(action: str, subject: str) -> None:
    """Note what who is signed in does now, where no service function of ours is about it alone."""
    account = signed_in()
    note_all(entries=[Entry(account.office_id, account.email, action, subject, {})], now=clock.now())


@transaction
def note_all(writer: Session, /, *, entries: list[Entry], now: datetime) -> None:
    """Note these together."""
    for each in entries:
        if each.office_id:
            audit.note(writer, each.office_id, each.actor, each.action, each.subject, each.detail, now=now)
