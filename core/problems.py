"""Answers when something is wrong: a page for people, a problem document (RFC 9457) for programs."""

import errno
import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from core.errors import Busy, Conflict, Missing, Refused

FieldErrors = Mapping[str, Sequence[str]]
RETRY_AFTER_S = 15
DISK_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
UNSHOWN = "password"  # a part of the names of fields that are never shown again
WORDS = re.compile(r"\s")  # what a person wrote has spaces; codes and numbers need no second look
log = logging.getLogger(__name__)


def init_problems(app: Flask) -> None:
    """Register an answer for each kind of error."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(Refused, _on_refused)
    for kind in (Busy, PoolTimeout, OperationalError, InterfaceError):
        app.register_error_handler(kind, _on_busy)
    app.register_error_handler(OSError, _on_disk)
    app.register_error_handler(Exception, _on_bug)


def problem(status: int, title: str, errors: FieldErrors | None = None) -> Response:
    """A problem document; `errors` lists each field's messages."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if errors:
        body["errors"] = {field: list(messages) for field, messages in errors.items()}
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def wants_json() -> bool:
    """Whether a program is asking."""
    return request.path.startswith(("/api/", "/open311/")) or request.path.endswith(".json")


def error_page(status: int, title: str, advice: str) -> Response:
    """The page (or problem document) for an error; `advice` says what to do now."""
    if wants_json():
        return problem(status, f"{title}. {advice}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _without_database()
    return make_response(render_template("error.html", status=status, title=title, advice=advice), status)


def _on_http(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, SecurityError):
        # Asked for by a name that is not ours: our pages can't make their links then.
        return Response("unknown host\n", status, mimetype="text/plain")
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # type: ignore[return-value]  # a redirect, or an answer made elsewhere
    title, advice = _words(status)
    answer = error_page(status, title, advice)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"})
    return answer


def _on_refused(error: Refused) -> Response:
    status = {Missing: HTTPStatus.NOT_FOUND, Conflict: HTTPStatus.CONFLICT}.get(type(error), HTTPStatus.BAD_REQUEST)
    if status == HTTPStatus.NOT_FOUND:
        return error_page(status, _("Halaman tidak ditemukan"), error.message)
    return error_page(status, _("Belum dapat diproses"), error.message)


def _on_disk(error: OSError) -> Response:
    """A disk that is full or takes nothing now may do so later; all else is a bug."""
    return _on_busy(error) if error.errno in DISK_FAULTS else _on_bug(error)


def _on_busy(error: Exception) -> Response:
    """Database or disk can't take it: nothing was written, and what was typed goes back to the person."""
    log.error("database or disk unavailable: %s", error)
    _without_database()
    title, advice = _words(HTTPStatus.SERVICE_UNAVAILABLE)
    if wants_json():
        answer = problem(HTTPStatus.SERVICE_UNAVAILABLE, f"{title}. {advice}")
    else:
        kept = [(name, value) for name, value in request.form.items(multi=True) if UNSHOWN not in name]
        said = [value for name, value in kept if WORDS.search(value.strip())]
        page = render_template("retry.html", title=title, advice=_advice(kept), said=said, kept=kept)
        answer = make_response(page, HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def _without_database() -> None:
    """This answer must be made without it: no account is looked up for its page, unless that has been done."""
    g.database_down = True
    if "_login_user" not in g:
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # noqa: SLF001


def _on_bug(error: Exception) -> Response:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return _on_busy(error)
    log.exception("bug at %s %s", request.method, request.url_rule or request.path, exc_info=error)
    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR, *_words(HTTPStatus.INTERNAL_SERVER_ERROR))


def _advice(kept: Sequence[object]) -> str:
    if kept:
        return _("Isian Anda masih ada di halaman ini. Tunggu sebentar, lalu kirim lagi.")
    return _("Tunggu sebentar, lalu coba lagi.")


def _words(status: int) -> tuple[str, str]:
    """Title and advice, in plain words, for a status."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return _("Halaman tidak ditemukan"), _("Periksa alamatnya, atau mulai dari halaman depan.")
        case HTTPStatus.FORBIDDEN:
            return _("Tidak dapat dibuka"), _("Akun Anda tidak berhak membuka halaman ini.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return _("Cara membuka halaman ini keliru"), _("Mulailah lagi dari halaman depan.")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _("Kiriman terlalu besar"), _(
                "Kembali ke formulir; isian Anda biasanya masih ada di sana. Pendekkan tulisan, atau kurangi fotonya "
                "(satu foto paling besar 10 MB), lalu kirim lagi. Foto dapat ditambahkan sesudah laporan terkirim."
            )
        case HTTPStatus.TOO_MANY_REQUESTS:
            return _("Terlalu sering mencoba"), _("Tunggu sebentar, lalu coba lagi.")
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return _("Layanan sedang tidak tersedia"), _("Tunggu sebentar, lalu coba lagi.")
        case HTTPStatus.INTERNAL_SERVER_ERROR:
            return _("Ada kesalahan pada sistem"), _("Ini bukan salah Anda. Coba lagi sebentar lagi.")
        case _:
            return _("Permintaan tidak dapat dibaca"), _("Kembali ke halaman sebelumnya, lalu coba lagi.")
