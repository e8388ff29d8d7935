"""Puts figures into text and reads them again, exactly: how a locked month is kept."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from cattrs import Converter

Plain = TypeVar("Plain")


def text_of(value: object) -> str:
    """Canonical: the same value gives the same text, letter by letter."""
    return json.dumps(CONVERTER.unstructure(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def value_of(text: str, kind: type[Plain]) -> Plain:
    """The value again."""
    return CONVERTER.structure(json.loads(text), kind)


def hash_of(text: str) -> str:
    """SHA-256, as hexadecimal letters."""
    return hashlib.sha256(text.encode()).hexdigest()


def _converter() -> Converter:
    """Numbers as text, so that no binary float comes near them."""
    made = Converter()
    for kind in (Decimal, Fraction):
        made.register_unstructure_hook(kind, str)
        made.register_structure_hook(kind, _exactly(kind))
    made.register_structure_hook(int | Decimal, lambda sum_, _kind: sum_ if isinstance(sum_, int) else Decimal(sum_))
    for moment in (datetime, date):
        made.register_unstructure_hook(moment, lambda value: value.isoformat())
    made.register_structure_hook(datetime, lambda text, _kind: datetime.fromisoformat(text))
    made.register_structure_hook(date, lambda text, _kind: date.fromisoformat(text))
    return made


def _exactly(kind: type[Decimal] | type[Fraction]) -> Any:
    return lambda text, _kind: kind(text)


CONVERTER = _converter()
