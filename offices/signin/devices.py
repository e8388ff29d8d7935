"""Devices and addresses as their owner would name them (pure)."""

import ipaddress

# What a browser's line of itself holds, and what it is called; the first that fits. Many claim to be others, too.
BROWSERS = (
    ("SamsungBrowser", "Samsung Internet"), ("OPR/", "Opera"), ("UCBrowser", "UC Browser"), ("Edg", "Edge"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device(user_agent: str) -> str:
    """Like "Chrome, Android"; "" for what calls itself nothing we know."""
    found = (next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def shortened(home: str) -> str:
    """Enough of an address for its owner to know it again: "103.10.66.x"."""
    try:
        network = ipaddress.ip_network(home)
    except ValueError:
        return "–"
    if network.version == 4:
        return ".".join([*str(network.network_address).split(".")[:3], "x"])
    return ":".join([*network.network_address.exploded.split(":")[:2], "…"])
