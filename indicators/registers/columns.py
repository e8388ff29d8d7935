"""Columns of the registers: what each is called, what it means, and how its values are written for people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.calendar import long_date
from core.figures import NO_FIGURE, printed
from indicators.registers.naming import coded, period_name, trimmed
from indicators.registers.values import sakip_predicate


@dataclass(frozen=True)
class Names:
    """What codes and ids stand for: desa by code, programme indicators by entry, staff by e-mail address."""

    villages: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[UUID, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column of a register, called in files as in the database; `meaning` documents it there. `is_listed`: it stands
    in the list, too; `tell` writes a value for people.
    """

    key: str
    label: object
    meaning: object
    is_listed: bool = True
    is_number: bool = False
    tell: Callable[[Any, Names], str] | None = None

    def told(self, row: object, names: Names) -> str:
        """The value for people."""
        value = getattr(row, self.key)
        if value is None or value == "":
            return NO_FIGURE
        return self.tell(value, names) if self.tell else _told(value)


def _told(value: object) -> str:
    match value:
        case date():
            return long_date(value)
        case Decimal():
            return trimmed(value)
        case int():
            return printed(value)
    return str(value)


def code(value: str, names: Names) -> str:
    """The words of a kind or a direction."""
    return coded(value)


def year(value: int, names: Names) -> str:
    """A year is no quantity: 2026."""
    return str(value)


def village(code: str, names: Names) -> str:
    """A desa's name."""
    return names.villages.get(code, code)


def indicator(entry_id: UUID, names: Names) -> str:
    """A programme indicator's name."""
    return names.indicators.get(entry_id, NO_FIGURE)


def two_places(value: Decimal, names: Names) -> str:
    """With both decimals."""
    return printed(value)


def score(value: Decimal, names: Names) -> str:
    """A SAKIP score with its predicate."""
    return f"{printed(value)} ({sakip_predicate(value)})"


def period(text: str, names: Names) -> str:
    """A period as read aloud."""
    return period_name(text)
