"""Pages only for those who handle reports."""

from http import HTTPStatus

from flask import Blueprint, abort

from complaints.desk.acting import acting_role
from complaints.workflow import HANDLERS
from offices.access import signed_in, staff_blueprint
from offices.roles import Role


def handlers_blueprint(name: str, import_name: str) -> Blueprint:
    """A blueprint for officers and the head of Seksi Trantib: the head of another section is turned away too."""
    blueprint = staff_blueprint(name, import_name, {Role(role) for role in HANDLERS})
    blueprint.before_request(_handlers_alone)
    return blueprint


def _handlers_alone() -> None:
    """The blueprint knows roles; which section somebody heads is known here."""
    if acting_role(signed_in()) not in HANDLERS:
        abort(HTTPStatus.FORBIDDEN)
