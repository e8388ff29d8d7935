"""For whoever watches over the service: is the process alive, and can it do its work."""

import sqlalchemy as sa
from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from core.db import reader

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """The process answers; asks nothing of the database."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> Response:
    """503 while the database does not answer."""
    try:
        reader().execute(sa.text("SELECT 1"))
    except SQLAlchemyError:
        return Response("database unavailable\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
