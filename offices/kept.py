"""Master data made into plain values once, and used until the office's revision says that something changed."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import current_app

from offices.models import Office

Made = TypeVar("Made")
MOST = 512  # more than the points of many offices; then it begins anew


def kept(office: Office, key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` returned for this key and this revision of the office. It must be frozen: all threads share it.

    None is asked for again each time, so that made-up keys fill nothing.
    """
    store: dict[Hashable, Any] = current_app.extensions.setdefault("kept", {})
    name = (office.id, office.revision, key)
    found: Made | None = store.get(name)
    if found is not None:
        return found
    made = make()
    if made is not None:
        if len(store) >= MOST:
            store.clear()
        store[name] = made
    return made
