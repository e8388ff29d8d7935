"""Addresses that stand in QR codes, and whether a phone can reach them."""

import ipaddress
import socket
from enum import StrEnum
from urllib.parse import urlsplit

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Printing(StrEnum):
    """Whether posters may be printed now."""

    READY = "ready"
    UNREACHABLE = "unreachable"
    CHANGED = "changed"


def printing(base_url: str, printed: str | None) -> Printing:
    """CHANGED when codes printed with the address `printed` (None before the first poster) would die."""
    if not reachable_by_phones(base_url):
        return Printing.UNREACHABLE
    return Printing.CHANGED if printed_codes_die(base_url, printed) else Printing.READY


def printed_codes_die(base_url: str, printed: str | None) -> bool:
    """Whether posters on the wall lead to another address than the service has now."""
    return printed not in {None, base_url}


def point_address(base_url: str, code: str) -> str:
    """What a point's QR code holds. It names no period and no questionnaire, so that it never expires."""
    return f"{base_url}/t/{code}"


def reachable_by_phones(url: str) -> bool:
    """False for addresses that mean "this very machine" (loopback, 0.0.0.0, localhost) or lead nowhere."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    if not host or host.split(".")[-1] in {"localhost", "localdomain", "invalid"}:
        return False
    address = _ip_address(host)
    if address is None:
        return True
    return not (address.is_loopback or address.is_unspecified or address.is_link_local or address.is_multicast)


def _ip_address(host: str) -> IpAddress | None:
    """The address written as numbers, in any way that browsers read ("127.1"); None for a name."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return _short_address(host)
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def _short_address(host: str) -> IpAddress | None:
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None
