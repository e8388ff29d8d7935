"""Posts to an address that somebody else chose: https alone, never into the own network, never further than asked."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from core.outbox import Permanent, Temporary

TIMEOUT_S = 10.0
DEADLINE_S = 20.0  # from the name to the answer: one that comes a byte at a time would hold up all others
PORTS = {"https": 443, "http": 80}
INTERNET = ipaddress.IPv6Network("2000::/3")  # what the internet's IPv6 is given out from
# Of IANA's registries of special addresses what `is_global` lets pass, in this Python or another: where a private
# address may hide, where each network may have its own answer, and where nobody lives.
SPECIAL = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocols
        "192.31.196.0/24", "192.175.48.0/24", "2620:4f:8000::/48",  # AS112: the nearest who says so answers
        "192.52.193.0/24",  # relays of multicast: likewise
        "192.88.99.0/24", "2002::/16",  # 6to4, and its relays
        "2001::/23",  # protocols: Teredo, names of hosts, benchmarks, drones, relays
        "3fff::/20",  # examples
    )
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """Where may be posted to; the tests, whose servers stand on this machine, loosen them."""

    schemes: frozenset[str] = frozenset({"https"})
    private: bool = False


STRICT = Limits()


def checked(url: str, limits: Limits = STRICT) -> SplitResult:
    """The address in parts; ValueError when it is not one that may be posted to, as far as its text says."""
    parts = urlsplit(url)
    if parts.scheme not in limits.schemes or not parts.hostname or parts.username is not None or parts.fragment:
        raise ValueError("not an address to post to")
    if not url.isascii() or any(letter <= " " for letter in url):
        raise ValueError("not written as an address is")
    if parts.port == 0:
        raise ValueError("no port")
    return parts


def post(url: str, headers: Mapping[str, str], body: bytes, limits: Limits = STRICT) -> int:
    """The status of the answer. Raises Temporary when none came, Permanent when the address is forbidden.

    The connection goes to the very address that was checked, so that a name can't be made to mean another meanwhile.
    Redirects are not followed.
    """
    try:
        parts = checked(url, limits)
    except ValueError as fault:
        raise Permanent("address not allowed") from fault
    began = time.monotonic()
    connection = _connected(parts, limits)
    watch = threading.Timer(max(0.0, DEADLINE_S - (time.monotonic() - began)), _cut, [connection])
    watch.start()
    try:
        _secure(connection)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body, headers=dict(headers))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as fault:
        raise Temporary(type(fault).__name__) from fault
    finally:
        watch.cancel()
        connection.close()


def addresses(host: str, port: int, limits: Limits = STRICT) -> list[str]:
    """Every address of the host; Permanent when one of them lies in somebody's own network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Temporary("name not found") from fault
    texts = [str(entry[4][0]) for entry in found]
    if not limits.private and not all(is_public(text) for text in texts):
        raise Permanent("address not public")
    return texts


def is_public(text: str) -> bool:
    """Whether the address is one of the whole internet's."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if address not in INTERNET:
            return False
    if any(address in network for network in SPECIAL):
        return False
    return address.is_global and not address.is_multicast


def _connected(parts: SplitResult, limits: Limits) -> http.client.HTTPConnection:
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    try:
        raw = socket.create_connection((addresses(host, port, limits)[0], port), TIMEOUT_S)
        connection.sock = _wrapped(raw, host) if parts.scheme == "https" else raw
    except OSError as fault:
        raise Temporary(type(fault).__name__) from fault
    return connection


def _wrapped(raw: socket.socket, host: str) -> socket.socket:
    """Ready for TLS. Nothing is agreed on yet: that takes as long as the other side likes, so it is watched."""
    try:
        context = ssl.create_default_context()
        return context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
    except OSError:
        raw.close()
        raise


def _secure(connection: http.client.HTTPConnection) -> None:
    """Agree on the encryption, where there is one."""
    if isinstance(connection.sock, ssl.SSLSocket):
        connection.sock.do_handshake()


def _cut(connection: http.client.HTTPConnection) -> None:
    """End the connection under whoever waits for it."""
    if connection.sock is not None:
        with suppress(OSError):  # the other side was faster
            connection.sock.shutdown(socket.SHUT_RDWR)
