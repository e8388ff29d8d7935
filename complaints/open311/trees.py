"""Open311 GeoReport v2 answers as plain trees, and as the XML and JSON its clients know (pure).

Source: GeoReport v2 (wiki.open311.org): JSON answers are bare arrays or objects, XML has roots of its own.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

Leaf = str | int | float | bool | None
Tree = Mapping[str, "Leaf | Tree | Sequence[Tree] | Sequence[str]"]
# What each element of a list is called in XML.
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
# What XML 1.0 can't hold, not even escaped.
UNPRINTABLE = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}


def as_json(found: Tree | Sequence[Tree]) -> bytes:
    """The tree as JSON in UTF-8."""
    return json.dumps(found, ensure_ascii=False).encode()


def as_xml(root: str, found: Tree | Sequence[Tree]) -> bytes:
    """The tree as XML under its root, in UTF-8. None is an empty element."""
    element = Element(root)
    _fill(element, found)
    written: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return written


def moment(at: datetime | None) -> str | None:
    """As in "2026-10-31T23:30:00Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _fill(element: Element, found: object) -> None:
    if isinstance(found, Mapping):
        for name, value in found.items():
            _fill(SubElement(element, str(name)), value)
    elif isinstance(found, Sequence) and not isinstance(found, str):
        for value in found:
            _fill(SubElement(element, ITEMS[element.tag]), value)
    elif found is not None:
        text = str(found).lower() if isinstance(found, bool) else str(found)
        element.text = text.translate(UNPRINTABLE)
