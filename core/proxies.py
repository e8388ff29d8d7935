"""Who really asks: the proxy in front knows, and nobody else's word on it is taken."""

import ipaddress
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from core.config import Network

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class KnownProxies:
    """Takes X-Forwarded-For and -Proto from requests that one of `networks` brings, as its last hop wrote them."""

    def __init__(self, app: "WSGIApplication", networks: Sequence[Network]) -> None:
        self._plain = app
        self._told = ProxyFix(app, x_for=1, x_proto=1, x_host=0, x_port=0, x_prefix=0)
        self._networks = networks

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer it."""
        chosen = self._told if self._knows(environ.get("REMOTE_ADDR", "")) else self._plain
        return chosen(environ, start_response)

    def _knows(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        return any(found in network for network in self._networks)


def init_proxies(app: Flask, networks: Sequence[Network]) -> None:
    """Put it before the application; without networks nobody's word is taken."""
    if networks:
        app.wsgi_app = KnownProxies(app.wsgi_app, networks)  # type: ignore[method-assign]
