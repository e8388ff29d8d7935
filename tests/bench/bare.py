"""The least a durable submit can be: a Flask route that inserts one row with plain sqlite3, under the same server."""

import os
import threading
from pathlib import Path

from flask import Flask, request
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from pysqlite3 import dbapi2

from core.sqlite import BUSY_TIMEOUT_S
from offices.serving import THREADS, WORKERS

TABLE = "CREATE TABLE IF NOT EXISTS submission (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"
per_thread = threading.local()


def connection() -> dbapi2.Connection:
    """This thread's connection, as durable as the product's: WAL with full sync."""
    if not hasattr(per_thread, "connection"):
        path = Path(os.environ["DATA_DIR"]) / "bare.db"
        made = dbapi2.connect(str(path), isolation_level=None, timeout=BUSY_TIMEOUT_S)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            made.execute(f"PRAGMA {pragma}")
        made.execute(TABLE)
        per_thread.connection = made
    return per_thread.connection


def create_app() -> Flask:
    """One route, and one that says that it is up."""
    app = Flask(__name__)

    @app.post("/bare")
    def bare() -> tuple[str, int]:
        connection().execute("INSERT INTO submission (body) VALUES (?)", (request.get_data(as_text=True),))
        return "received", 201

    @app.get("/healthz")
    def healthz() -> str:
        return "up"

    return app


if __name__ == "__main__":
    Server(
        "tests.bench.bare:create_app",
        factory=True,
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve()
