"""The service worker: served from the root, because it may only look after what lies below its own address."""

from flask import Blueprint, Response

from core.web import inline_static

worker = Blueprint("worker", __name__)


@worker.get("/sw.js")
def script() -> Response:
    """What the browser runs beside our pages. Asked for afresh each time, so that a newer one is soon in force."""
    answer = Response(str(inline_static("sw.js")), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
