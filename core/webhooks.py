"""Webhooks, signed as Standard Webhooks says: a program of somebody else's is told that something happened."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from core import outgoing
from core.outbox import Permanent, Temporary

SECRET_BYTES = 32
SECRET_KIND = "whsec_"  # noqa: S105 (how a secret begins, not one)
GONE = 410


@dataclass(frozen=True)
class Call:
    """What is told to whom; `id` is the same however often it is sent, so that a receiver recognises a repetition."""

    url: str
    secret: str
    id: str
    body: bytes


def new_secret() -> str:
    """A secret that signs: shown once to whoever sets the receiver up."""
    return SECRET_KIND + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def send(call: Call, limits: outgoing.Limits, *, now: datetime) -> None:
    """Tell it. Raises Permanent when the address is closed for good or forbidden, Temporary otherwise."""
    stamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": call.id,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(call.secret, call.id, stamp, call.body),
    }
    status = outgoing.post(call.url, headers, call.body, limits)
    if status == GONE:
        raise Permanent(f"HTTP {status}")
    if not 200 <= status < 300:
        raise Temporary(f"HTTP {status}")


def signature(secret: str, webhook_id: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over id, seconds and body, as the receiver makes it too."""
    key = base64.b64decode(secret.removeprefix(SECRET_KIND))
    signed = hmac.new(key, f"{webhook_id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()
