"""What a monitor asks for, in Prometheus' format: requests as they come, and how the database's queues stand."""

import hmac
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from http import HTTPStatus

import prometheus_client as prometheus
from flask import Blueprint, Flask, Response, abort, current_app, request
from prometheus_client import multiprocess
from prometheus_client.registry import Collector, CollectorRegistry

from core import logs
from core.config import Settings

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # where processes count together; the library's own name
BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
REQUESTS = prometheus.Counter("sukma_requests", "Requests answered.", ("method", "rule", "status"))
DURATIONS = prometheus.Histogram("sukma_request_seconds", "Time to answer.", ("method", "rule"), buckets=BUCKETS_S)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
COLLECTOR = "metrics"
metrics = Blueprint("metrics", __name__)

Figures = Callable[[], Iterable[prometheus.Metric]]


class Standing(Collector):
    """Figures that are read from the database when they are asked for."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterable[prometheus.Metric]:
        """As they stand now."""
        return self._figures()


def init_metrics(app: Flask, figures: Figures) -> None:
    """Count every request, by the time that core.logs takes; `figures` are read when somebody asks."""
    app.extensions[COLLECTOR] = Standing(figures)
    app.after_request(_count)
    app.register_blueprint(metrics)


def count_together(settings: Settings) -> None:
    """Let the processes of this server count into one folder. The library asks for it once, when it is loaded, so the
    command begins again with it; without METRICS_TOKEN nobody will ask, and nothing is done.
    """
    if settings.metrics_token and not os.environ.get(SHARED):
        folder = settings.data_dir / COLLECTOR
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        os.environ[SHARED] = str(folder)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 (the very command that runs)


@metrics.get("/metrics")
def show() -> Response:
    """All figures, for who has METRICS_TOKEN; without one set there is no such page."""
    token = str(current_app.config["SETTINGS"].metrics_token)
    if not token:
        abort(HTTPStatus.NOT_FOUND)
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return Response("token needed\n", HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"}, "text/plain")
    return Response(prometheus.generate_latest(_registry()), content_type=prometheus.CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(current_app.extensions[COLLECTOR])
    if os.environ.get(SHARED):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
        registry.register(DURATIONS)
    return registry


def _count(response: Response) -> Response:
    """By rule, not by address: addresses hold receipts, and there is no end of them."""
    method = request.method if request.method in METHODS else "other"
    rule = str(request.url_rule or "none")
    REQUESTS.labels(method, rule, str(response.status_code)).inc()
    DURATIONS.labels(method, rule).observe(logs.seconds())
    return response
