"""What is written down while the service runs: one line an event, with the request it belongs to, and nobody's data."""

import logging
import re
import secrets
import sys
import time
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from pythonjsonlogger.json import JsonFormatter

REQUEST_ID = "X-Request-ID"
ACCOUNT = "account_id"  # in g: the id, no name, of the account that a request belongs to
GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"
# What belongs to people or opens something: addresses of mail, receipts, numbers of
# mobile phones, and whatever is as long and mixed as a token. Each begins where a word does, so
# that a long text is looked through once.
PRIVATE = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+"
    r"|\b[A-Z]{2,6}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]\b"
    r"|(?<![\w-])(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,11}(?!\d)"
    r"|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])(?![0-9a-f]{8}-[0-9a-f]{4}-)[\w-]{40,}\b"
)
HIDDEN = "[…]"
access = logging.getLogger("access")


def hidden(text: str) -> str:
    """The text without what belongs to people."""
    return PRIVATE.sub(HIDDEN, text)


class TextFormatter(logging.Formatter):
    """For a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """A line, or more with a traceback."""
        return hidden(super().format(record))


class LineFormatter(JsonFormatter):
    """For programs that collect: one JSON object a line."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Each text is searched as it is: once written as JSON, a line's end would look like a word's first letter."""
        return {key: hidden(value) if isinstance(value, str) else value for key, value in log_data.items()}

    def format(self, record: logging.LogRecord) -> str:
        """The line; what was no text yet is searched, too."""
        return hidden(super().format(record))


def start(log_format: str) -> None:
    """Write to stderr from now on: "text" or "json", "" for whichever suits it."""
    handler = logging.StreamHandler(sys.stderr)
    is_text = (log_format or ("text" if sys.stderr.isatty() else "json")) == "text"
    handler.setFormatter(TextFormatter("%(levelname)s %(message)s") if is_text else LineFormatter(FIELDS))
    handler.addFilter(_name_request)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    access.setLevel(logging.WARNING if is_text else logging.INFO)


def _name_request(record: logging.LogRecord) -> bool:
    if has_request_context():
        record.request_id = request_id()
    return True


def request_id() -> str:
    """This request's name in the log; the proxy in front may have given it one."""
    if "request_id" not in g:
        told = request.headers.get(REQUEST_ID, "")
        by_proxy = "werkzeug.proxy_fix.orig" in request.environ
        g.request_id = told if by_proxy and GIVEN.fullmatch(told) else secrets.token_hex(8)
    return str(g.request_id)


def init_logs(app: Flask) -> None:
    """Name every request, and write one line when it is answered."""
    app.before_request(_begin)
    app.after_request(_end)
    app.jinja_env.globals.update(request_id=request_id)


def seconds() -> float:
    """How long this request has taken so far; 0 for one that was refused before it was looked at."""
    return time.monotonic() - float(g.get("began", time.monotonic()))


def _begin() -> None:
    g.began = time.monotonic()


def _end(response: Response) -> Response:
    """The rule, not the address: addresses hold receipts. Of a refusal whose account it was, too: it may try doors."""
    response.headers[REQUEST_ID] = request_id()
    status = response.status_code
    facts: dict[str, object] = {"method": request.method, "rule": str(request.url_rule or ""), "status": status}
    if status == HTTPStatus.FORBIDDEN:
        facts["account"] = g.get(ACCOUNT, "")
    access.info("answered", extra={**facts, "ms": round(1000 * seconds(), 1)})
    return response
