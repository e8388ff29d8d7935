"""Which office this request is for. On the staff's pages that of the account; on public ones the office whose letters
the address has (`?office=JGW`, or the beginning of a point's code or a receipt), else the account's, else the default.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import click
from flask import Flask, current_app, g, has_request_context, request
from flask_security import current_user
from sqlalchemy.exc import SQLAlchemyError

from core.db import reader
from core.errors import Missing
from offices import queries
from offices.access import actions_of
from offices.models import Office
from offices.points import canonical

P = ParamSpec("P")
R = TypeVar("R")
CHOSEN = "sukma.office"
NAMING = ("point", "code")  # the parts of an address that begin with an office's letters
WITHOUT_OFFICE = frozenset({"static"})


def current_office() -> Office:
    """The request's office; raises Missing before the first start has made one."""
    if not has_request_context():
        return _find()  # a command may change it on its way
    if "office" not in g:
        g.office = _find()
    office: Office = g.office
    return office


def office_of_code(code: str) -> Office | None:
    """The office whose letters a point's code begins with: from now on the request's office; None when unknown."""
    letters = canonical(code).partition("-")[0]
    if "office" in g and g.office.prefix == letters:
        return current_office()
    office = queries.office_by_prefix(reader(), letters)
    if office is not None:
        g.office = office
    return office


def init_current(app: Flask) -> None:
    """Find the office that a public page is opened for; every link from there to a public page stays with it."""
    app.before_request(choose_office)
    app.url_defaults(keep_office)
    app.add_template_global(kept_letters)
    app.context_processor(page_words)


def choose_office() -> None:
    """By the letters in the address of a public page; unknown ones are as good as none."""
    if request.endpoint and not _is_public(request.endpoint):
        return
    named = [(request.view_args or {}).get(name, "") for name in NAMING]
    letters = request.args.get("office") or next((code for code in named if "-" in code), "")
    if letters:
        office_of_code(letters)


def keep_office(endpoint: str, values: dict[str, Any]) -> None:
    """What names the office already, as a point's code does, needs no letters."""
    letters = kept_letters()
    if not letters or endpoint not in current_app.view_functions or not _is_public(endpoint):
        return
    if not any(str(value).startswith(f"{letters}-") for value in values.values()):
        values.setdefault("office", letters)


def kept_letters() -> str:
    """The letters that links have to keep: those of an office that is not the installation's own, else ""."""
    office: Office | None = g.get("office") if has_request_context() else None
    return "" if office is None or office.is_default else office.prefix


def _is_public(endpoint: str) -> bool:
    return endpoint not in WITHOUT_OFFICE and not actions_of(current_app, endpoint)


def office_of_jurisdiction(code: str) -> Office | None:
    """The office with this Kemendagri code: from now on the request's office; None when unknown."""
    office = queries.office_by_code(reader(), code)
    if office is not None:
        g.office = office
    return office


def page_words() -> dict[str, object]:
    """What every page names: the office, and whether its data is invented. An error page may have neither."""
    try:
        office = None if g.get("database_down") else current_office()
    except (Missing, SQLAlchemyError):
        office = None
    return {"office": office, "demo": bool(office and office.invented)}


def for_office(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command take `--office CODE`: it is then for that office, not for the installation's own."""
    option = click.option(
        "--office", metavar="CODE", expose_value=False, callback=_keep_code, help="Kode kantor; baku: kantor pertama."
    )
    return option(command)


def _keep_code(context: click.Context, _option: click.Parameter, code: str | None) -> None:
    context.meta[CHOSEN] = code


def _chosen_code() -> str | None:
    """The code of the office that this command was called for; None: not said, or no command."""
    context = None if has_request_context() else click.get_current_context(silent=True)
    return context.meta.get(CHOSEN) if context else None


def _of_command(code: str) -> Office:
    office = queries.office_by_code(reader(), code)
    if office is None:
        raise Missing(f"Tidak ada kantor dengan kode {code}. Lihat daftarnya dengan office list.")
    return office


def _find() -> Office:
    code = _chosen_code()
    if code:
        return _of_command(code)
    # Programs' addresses read no cookie, whoever is signed in beside them.
    by_program = has_request_context() and request.path.startswith("/api/")
    if not by_program and current_user and current_user.is_authenticated:
        return queries.office(reader(), current_user.office_id)
    office = queries.default_office(reader())
    if office is None:
        raise Missing("Kantor belum disiapkan. Jalankan perintah init.")
    return office
