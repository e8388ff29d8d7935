"""For whoever watches over the service: is the process alive, and can it do its work."""

from flask import Blueprint, Response

from core.db import ask_database
from core.errors import DatabaseDown

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """The process answers; asks nothing of the database."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> Response:
    """503 while the database does not answer."""
    try:
        ask_database()
    except DatabaseDown:
        return Response("database unavailable\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
