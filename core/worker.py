"""The service worker: served from the root, because it may only look after what lies below its own address."""

from pathlib import Path

from flask import Blueprint, Response

from core.config import ROOT
from core.web import inline_static

PUSH = "sw-push.js"
worker = Blueprint("worker", __name__)


@worker.get("/sw.js")
def script() -> Response:
    """What the browser runs beside our pages. Asked for afresh each time, so that a newer one is soon in force."""
    text = str(inline_static("sw.js"))
    if (Path(ROOT) / "static" / PUSH).exists():
        text += f'importScripts("/static/{PUSH}");\n'
    answer = Response(text, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
