"""Who is behind a request, as far as limits care; and where limits are counted."""

import ipaddress

from limits.storage import Storage, storage_from_string

IPV6_HOME = 64  # bits that one household holds


def household(address: str) -> str:
    """The network that stands for one visitor: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, IPV6_HOME), strict=False))


def counters(redis_url: str) -> Storage:
    """Where to count: the shared store where there is one, so that several processes count together."""
    store = storage_from_string(redis_url or "memory://", wrap_exceptions=True)
    if not isinstance(store, Storage):
        raise TypeError("the shared store must answer at once")
    return store
