"""For whoever watches over the service: is the process alive, and can it do its work."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Flask, Response

from core import clock
from core.db import reader
from core.health import CHECKS, Check, State, findings

health = Blueprint("health", __name__)


def init_health(app: Flask, checks: Sequence[Check]) -> None:
    """`checks`: those of the rooms; they are asked after our own, and only while the database answers."""
    app.extensions[CHECKS] = tuple(checks)
    app.register_blueprint(health)


@health.get("/healthz")
def alive() -> Response:
    """The process answers; asks nothing of the database."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> Response:
    """503 while nothing can be taken in. What only needs looking after is named, and 200."""
    found = findings(reader(), clock.now())
    told = [f"{finding.state}: {finding.key}" for finding in found if finding.state is not State.GOOD]
    is_stopped = any(finding.state is State.STOPPED for finding in found)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_stopped else HTTPStatus.OK
    lines = ["unavailable" if is_stopped else "ok", *told]
    return Response("\n".join(lines) + "\n", status, mimetype="text/plain")
