"""What a running process tells its keepers: a log, and bugs to a Sentry server, where one is set: what broke and
where, and nothing of anybody's data.
"""

from typing import Any

import sentry_sdk
from flask import has_request_context, request
from sentry_sdk.integrations.flask import FlaskIntegration

from core import logs
from core.config import Settings
from core.logs import hidden, request_id

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "exception", "release", "environment", "sdk")


def watch(settings: Settings) -> None:
    """From now on in this process."""
    logs.start(settings.log_format)
    start(settings.sentry_dsn)


def start(dsn: str, **options: Any) -> None:
    """Tell of bugs; without an address nothing is sent anywhere."""
    if dsn:
        sentry_sdk.init(
            dsn,
            integrations=[FlaskIntegration()],
            auto_enabling_integrations=False,
            before_send=scrubbed,
            send_default_pii=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            max_request_body_size="never",
            server_name="",
            **options,
        )


def scrubbed(event: Any, _hint: object = None) -> Any:
    """Only what is named here leaves the house; the words of an error may quote somebody, so they are searched."""
    kept = {key: event[key] for key in KEPT if key in event}
    for fault in kept.get("exception", {}).get("values", ()):
        fault["value"] = hidden(str(fault.get("value", "")))
    if has_request_context():
        kept["tags"] = {"request_id": request_id(), "rule": str(request.url_rule or ""), "method": request.method}
    return kept
