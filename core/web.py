"""Habits of every page: headers, nonce, static text inlined, filters."""

import secrets
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge

from core.calendar import long_date, long_moment
from core.config import ROOT
from core.figures import printed

STATIC_AGE_S = 86400
ANCESTORS = "'none'"  # who may show our pages inside theirs
MOST_FIELDS = 200  # far over the largest form's
# Positions are asked for on the report form; nothing else of the phone is.
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
PROGRAMS = ("/api/", "/open311/")  # whose forms anybody may build; no account is looked at there
FOREIGN = frozenset({"cross-site", "same-site"})


def csp_nonce() -> str:
    """This response's nonce, for the style and script that are sent inside the page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


@cache
def inline_static(name: str) -> Markup:
    """The text of a file in static/, to be sent inside a page. Ours alone, so it needs no escaping."""
    return Markup((Path(ROOT) / "static" / name).read_text(encoding="utf-8"))  # noqa: S704 (a file of the product)


def allow_images(origin: str) -> None:
    """Let this one page show pictures from another host as well; "" for none."""
    g.image_origin = origin


def allow_frames() -> None:
    """Let this one page stand inside pages of others. It must hold nothing that a click could do harm with."""
    g.frame_ancestors = "*"
    allow_sharing()


def allow_sharing() -> None:
    """Let other sites' pages show this answer: a picture, or open data. It must hold nothing of anybody's."""
    g.resource_policy = "cross-origin"


def inline_drawing(svg: bytes) -> Markup:
    """An SVG document that we drew ourselves, as part of a page."""
    return Markup(svg.decode().partition("?>")[2].strip())  # noqa: S704 (nothing in it was typed by anybody)


def figure(value: Decimal | int | None) -> str:
    """A figure as people read it; "–" where there is none."""
    return printed(value)


def init_web(app: Flask) -> None:
    """Register the habits."""
    app.before_request(refuse_nul)
    app.before_request(refuse_foreign_forms)
    app.before_request(read_body_first)
    app.after_request(add_headers)
    app.jinja_env.globals.update(csp_nonce=csp_nonce, inline_static=inline_static)
    app.jinja_env.filters.update(long_date=long_date, wib=long_moment, figure=figure)


def refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL takes none in a text."""
    if "\0" in request.path:
        abort(404)


def refuse_foreign_forms() -> None:
    """Another site's page sends nothing here, not even one beside us under the same domain, whose forms bring our
    cookie. That is beside the forms' tokens, and holds for what has no form: signing out.
    """
    if request.method in READING or request.path.startswith(PROGRAMS):
        return
    # A proxy may ask for us by another name than phones do.
    own = {_host(request.host_url), _host(current_app.config["SETTINGS"].base_url), None}
    if request.headers.get("Sec-Fetch-Site") in FOREIGN or _host(request.headers.get("Origin", "")) not in own:
        abort(HTTPStatus.FORBIDDEN)


def _host(address: str) -> str | None:
    """None also for what is no address, such as the "null" of a page in a box."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def read_body_first() -> None:
    """Take the whole body in before anything else: a slow phone must not hold a database connection meanwhile.

    What is sent to no address of ours, or to be read only, is not read at all.
    """
    if request.url_rule is None or request.method in {"GET", "HEAD", "OPTIONS"}:
        _leave_unread()
    else:
        _read_body()
        if sum(1 for _ in request.form.items(multi=True)) > MOST_FIELDS:
            abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _read_body() -> None:
    if request.mimetype != "multipart/form-data":  # others are held in memory whole
        request.max_content_length = request.max_form_memory_size
    try:
        request.get_data(parse_form_data=True, cache=True)
    except RequestEntityTooLarge:
        _leave_unread()
        raise


def _leave_unread() -> None:
    """Show the body as empty: making the page that says no looks for an account, and that in a body of JSON too."""
    request.stream = BytesIO()


def add_headers(response: Response) -> Response:
    """The same strict headers on every answer."""
    nonce = f"'nonce-{csp_nonce()}'"
    images = " ".join(filter(None, ("'self' data: blob:", g.get("image_origin"))))
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; style-src 'self' {nonce}; script-src 'self' {nonce}; img-src {images}; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors {g.get('frame_ancestors', ANCESTORS)}",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", g.get("resource_policy", "same-origin"))
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure or current_app.config["SETTINGS"].is_https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
