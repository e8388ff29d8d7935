"""Which office this request is for: that of the signed-in account, else the default one."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click
from flask import g, has_request_context, request
from flask_security import current_user
from sqlalchemy.exc import SQLAlchemyError

from core.db import reader
from core.errors import Missing
from offices import queries
from offices.models import Office
from offices.points import canonical

P = ParamSpec("P")
R = TypeVar("R")
CHOSEN = "sukma.office"


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
    office = queries.office_by_prefix(reader(), canonical(code).partition("-")[0])
    if office is not None:
        g.office = office
    return office


def asked_office() -> Office:
    """The office whose letters are asked for, as a page that was opened by its poster does."""
    letters = request.args.get("office", "")
    return (office_of_code(letters) if letters else None) or current_office()


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
