"""Web Push: a few words, sealed for one browser, by the push service that this browser chose (RFC 8030, 8291, 8292)."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pywebpush import WebPusher

from core import outgoing
from core.outbox import Gone, Permanent, Temporary
from core.sealing import digests

# The push services of Chrome (and whatever is built on it), Firefox, Safari and Edge; ".x" means: and all below.
KNOWN_SERVICES = frozenset(
    {"fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"}
)
KEPT_FOR = timedelta(days=2)  # so long a push service waits for a phone that is off
SIGNED_FOR = timedelta(hours=12)
PORTS = (None, 443)
POINT_BYTES, SECRET_BYTES = 65, 16
LONGEST_ENDPOINT = 2000
ORDER = int("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16)  # of the curve P-256


@dataclass(frozen=True)
class Subscription:
    """Where a browser can be reached, and the keys that it alone can open messages with."""

    endpoint: str
    p256dh: str
    auth: str

    @classmethod
    def parse(cls, told: object, services: frozenset[str], limits: outgoing.Limits) -> Self:
        """From what a browser says (PushSubscription.toJSON); ValueError when nothing could be sent with it."""
        match told:
            case {"endpoint": str(endpoint), "keys": {"p256dh": str(p256dh), "auth": str(auth)}}:
                pass
            case _:
                raise ValueError("no subscription")
        if len(endpoint) > LONGEST_ENDPOINT or not is_known(endpoint, services, limits):
            raise ValueError("not a push service")
        point = _bytes(p256dh, POINT_BYTES)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        _bytes(auth, SECRET_BYTES)
        return cls(endpoint, p256dh, auth)


@dataclass(frozen=True)
class Push:
    """A notification: `shown` is what the service worker reads."""

    subscription: Subscription
    shown: Mapping[str, str]
    is_urgent: bool = False


@dataclass(frozen=True)
class Sender:
    """Our side: `contact` is an address at which a push service may complain."""

    key: ec.EllipticCurvePrivateKey
    contact: str

    @classmethod
    def parse(cls, kept: str, contact: str) -> Self:
        """From the kept key, whose 64 hex digits become a number of the curve."""
        return cls(ec.derive_private_key(int(kept, 16) % (ORDER - 1) + 1, ec.SECP256R1()), contact)

    @property
    def public_key(self) -> str:
        """As a browser wants it (applicationServerKey)."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def is_known(endpoint: str, services: frozenset[str], limits: outgoing.Limits) -> bool:
    """Whether the endpoint belongs to a push service that we trust."""
    try:
        parts = outgoing.checked(endpoint, limits)
    except ValueError:
        return False
    if parts.port not in PORTS and not limits.private:
        return False
    host = str(parts.hostname)
    return any(host == name.lstrip(".") or (name[0] == "." and host.endswith(name)) for name in services)


def send(sender: Sender, push: Push, limits: outgoing.Limits, *, now: datetime) -> None:
    """Hand the notification in. Raises Gone when the browser has ended its subscription, Permanent, Temporary."""
    at = push.subscription
    keys = {"p256dh": at.p256dh, "auth": at.auth}
    sealed: Any = WebPusher({"endpoint": at.endpoint, "keys": keys}).encode(json.dumps(push.shown).encode())
    status = outgoing.post(at.endpoint, _headers(sender, push, now), sealed["body"], limits)
    if status in {404, 410}:
        raise Gone(f"HTTP {status}")
    if status == 429 or status >= 500 or 300 <= status < 400:
        raise Temporary(f"HTTP {status}")
    if status >= 400:
        raise Permanent(f"HTTP {status}")


def _headers(sender: Sender, push: Push, now: datetime) -> dict[str, str]:
    parts = urlsplit(push.subscription.endpoint)
    expires = int((now + SIGNED_FOR).timestamp())
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": sender.contact, "exp": expires}
    signed: dict[str, str] = Vapid02(sender.key).sign(claims)
    return signed | {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT_FOR.total_seconds())),
        "Urgency": "high" if push.is_urgent else "normal",
    }


def _bytes(text: str, length: int) -> bytes:
    """What a text of these bytes and nothing else says; looked at no further when it is too long for them."""
    if len(text) > 2 * length:
        raise ValueError("too long")
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError) as fault:
        raise ValueError("not base64") from fault
    if len(found) != length:
        raise ValueError("wrong length")
    return found


def endpoint_digests(key: str, endpoint: str) -> list[str]:
    """What finds an endpoint again, one for each of the keys, newest first; tells nothing without the key."""
    return digests(key, b"endpoint\0" + endpoint.encode())
