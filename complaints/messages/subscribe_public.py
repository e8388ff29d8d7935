"""A browser asks to be told of a report, by its receipt; and how it is reached for that."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask_babel import gettext as _

from complaints import receipts
from complaints.messages import subscribing
from complaints.queries import Opened
from complaints.reporting import entrance
from core import clock, delivery, outgoing, push
from core.db import reader
from core.errors import Missing, Refused
from core.jsonform import read_object
from core.problems import problem
from core.push import Subscription
from offices import queries as office_queries
from offices.current import current_office

public = Blueprint("complaints_subscribe", __name__)


@public.get("/langganan/kunci")
def key() -> Response:
    """The key that a browser is told, so that nobody but us can send to it."""
    return jsonify(key=delivery.push_sender(current_app).public_key)


@public.post("/lacak/<code>/langganan")
def subscribe(code: str) -> Response:
    """Tell this browser (PushSubscription.toJSON) of the report from now on: 204, as often as it is asked."""
    opened, found = _opened(code), asked_for()
    receipt = str(receipts.parse(code, current_office().prefix))
    try:
        subscribing.subscribe(
            office_id=opened.office_id,
            complaint_id=opened.complaint_id,
            joiner_id=opened.joiner_id,
            receipt=receipt,
            subscription=found,
            keys=entrance.kept_keys(),
            now=clock.now(),
        )
    except Refused as refusal:
        return problem(HTTPStatus.CONFLICT, refusal.message)
    return Response(status=HTTPStatus.NO_CONTENT)


@public.delete("/lacak/<code>/langganan")
def unsubscribe(code: str) -> Response:
    """Tell the browser with this `endpoint` no longer: 204, even when it never was told."""
    opened, keys = _opened(code), entrance.kept_keys()
    subscribing.unsubscribe(
        office_id=opened.office_id,
        complaint_id=opened.complaint_id,
        joiner_id=opened.joiner_id,
        endpoint=asked_endpoint(),
        keys=keys,
        now=clock.now(),
    )
    return Response(status=HTTPStatus.NO_CONTENT)


@public.put("/langganan")
def renew() -> Response:
    """The push service has moved this browser from `old` to `new` (each as PushSubscription.toJSON): 204, also when
    the old one is not known.
    """
    body = read_object(request)
    old, new, keys = _subscription(body.get("old")), _subscription(body.get("new")), entrance.kept_keys()
    for office_id in office_queries.office_ids(reader()):  # it is one browser for all of them
        subscribing.renew(office_id=office_id, old=old, new=new, keys=keys)
    return Response(status=HTTPStatus.NO_CONTENT)


def asked_for() -> Subscription:
    """The subscription in the request's body; else a problem document is raised."""
    return _subscription(read_object(request))


def _subscription(told: object) -> Subscription:
    limits = current_app.config.get("OUTGOING", outgoing.STRICT)
    services = current_app.config.get("PUSH_SERVICES", push.KNOWN_SERVICES)
    try:
        return Subscription.parse(told, services, limits)
    except ValueError:
        words = _("Peramban ini memakai layanan pemberitahuan yang tidak kami kenal.")
        abort(problem(HTTPStatus.UNPROCESSABLE_ENTITY, words))


def asked_endpoint() -> str:
    """The endpoint in the request's body."""
    return str(read_object(request).get("endpoint", ""))


def _opened(code: str) -> Opened:
    try:
        return entrance.opened(code)
    except Missing as refusal:
        abort(problem(HTTPStatus.NOT_FOUND, refusal.message))
