"""Which session a request belongs to: one that the server knows, begun at sign-in and renewed with every proof."""

import logging
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Flask, g, request, session
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import current_user, user_authenticated
from flask_security.utils import set_request_attr
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from core import clock, logs
from core.db import reader
from core.errors import Busy
from core.visitors import household
from offices import sessions
from offices.models import Staff
from offices.sessions import Entry
from offices.signin.devices import device

ACCOUNT, TOKEN = "_user_id", "staff_session"  # in the cookie; the first is the library's name
PROOFS = {"security.verify", "security.wan_verify_response"}
log = logging.getLogger(__name__)


def init_visits(app: Flask) -> None:
    """Take the place of the library's own way to find an account; call it after the library is there."""
    app.login_manager.user_loader(_account)  # type: ignore[attr-defined]  # the library's
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_leave, app)
    app.after_request(_renew_proved)


def renew(account: Staff, uniquifier: str) -> None:
    """Let this visit go on, in a new session, under the account's new name; what was opened before has ended."""
    session[ACCOUNT] = uniquifier
    entry = Entry(
        account.office_id, account.id, uniquifier, household(request.remote_addr or ""), device(str(request.user_agent))
    )
    session[TOKEN] = sessions.begin(entry=entry, instead_of=session.get(TOKEN), now=clock.now())


def this_session() -> UUID | None:
    """The one that this request belongs to; only for pages behind the hook."""
    found: UUID | None = g.get("staff_session_id")
    return found


def _account(uniquifier: str) -> Staff | None:
    now, token = clock.now(), session.get(TOKEN)
    found = sessions.current(reader(), uniquifier, token, now=now) if token else None
    if found is None:
        return None
    account, visit = found
    g.staff_session_id = visit.id
    setattr(g, logs.ACCOUNT, str(account.id))
    if visit.seen_at < now - sessions.SEEN_EVERY:
        _see(account.office_id, visit.id)
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return account


def _see(office_id: int, session_id: UUID) -> None:
    """No page fails because this can't be written: then the session ends sooner."""
    try:
        sessions.seen(office_id=office_id, session_id=session_id, now=clock.now())
    except (Busy, SQLAlchemyError) as fault:
        log.warning("a session's last use can't be written: %s", type(fault).__name__)


def _begin(_app: Flask, user: Staff, **_how: Any) -> None:
    renew(user, user.fs_uniquifier)


def _leave(_app: Flask, user: Any, **_more: Any) -> None:
    token = session.pop(TOKEN, None)
    if token and isinstance(found := _itself(user), Staff):
        sessions.leave(office_id=found.office_id, staff_id=found.id, token=token, now=clock.now())


def _renew_proved(response: Response) -> Response:
    """Who has proved once more who they are goes on in a new session."""
    if request.method == "POST" and request.endpoint in PROOFS and response.status_code == HTTPStatus.FOUND:
        account = _itself(current_user)
        if isinstance(account, Staff):
            renew(account, account.fs_uniquifier)
    return response


def _itself(user: Any) -> object:
    """The account behind the library's proxy."""
    return user._get_current_object() if hasattr(user, "_get_current_object") else user  # noqa: SLF001 (the proxy carries no type)
