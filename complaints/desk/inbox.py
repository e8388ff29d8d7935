"""What the inbox may be asked for: groups, filters and places in the list, read from an address and written to one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar
from uuid import UUID

from complaints.terms import Source, Status

Kind = TypeVar("Kind", bound=StrEnum)
Value = TypeVar("Value")
LONGEST_TEXT = 200
LONGEST_CODE = 40
NOBODY = "belum-ada"
MYSELF = "saya"
NOWHERE = "belum-diketahui"  # the desa of a report that names none
YES = "1"


class Group(StrEnum):
    """The inbox's groups, by the word in the address. A report held for review has a group of its own."""

    OPEN = "terbuka"
    LATE = "lewat-tenggat"
    HELD = "ditahan"
    SETTLED = "selesai"
    EXCLUDED = "dikecualikan"
    ALL = "semua"


BY_DUE = frozenset({Group.OPEN, Group.LATE, Group.HELD})  # the others have no due day: newest first
OPEN_STATUSES = (Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS, Status.WAITING)
CLOSED_BY_SETTLING = (Status.SETTLED, Status.FINAL)
# What can be chosen within a group.
STATUSES: dict[Group, tuple[Status, ...]] = {
    Group.OPEN: OPEN_STATUSES,
    Group.LATE: OPEN_STATUSES,
    Group.HELD: OPEN_STATUSES,
    Group.SETTLED: CLOSED_BY_SETTLING,
    Group.EXCLUDED: (Status.EXCLUDED,),
    Group.ALL: (*OPEN_STATUSES, *CLOSED_BY_SETTLING, Status.EXCLUDED),
}


class Order(StrEnum):
    """How a list is sorted: the nearest promise first, the newest first, or the newest found first."""

    DUE = "due"
    NEWEST = "newest"
    FOUND = "found"


@dataclass(frozen=True)
class Filters:
    """What is shown. `officer`: an id, NOBODY or MYSELF; `village`: a code or NOWHERE; "" and None choose nothing.
    `unread` are the names of those that could not be understood.
    """

    group: Group = Group.OPEN
    status: Status | None = None
    category: str = ""
    village: str = ""
    officer: str = ""
    first: date | None = None
    last: date | None = None
    source: Source | None = None
    urgent: bool = False
    text: str = ""
    unread: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, asked: Mapping[str, str]) -> Self:
        """From an address, whatever stands in it."""
        reading = _Reading(asked)
        group = reading.choice("kelompok", Group) or Group.OPEN
        status = reading.choice("keadaan", Status)
        return cls(
            group=group,
            status=status if status in STATUSES[group] else None,
            category=reading.code("jenis"),
            village=reading.code("desa"),
            officer=reading.officer("petugas"),
            first=reading.day("dari"),
            last=reading.day("sampai"),
            source=reading.choice("sumber", Source),
            urgent=asked.get("mendesak", "") == YES,
            text=_tidy(asked.get("cari", "")),
            unread=tuple(reading.unread),
        )

    def query(self) -> dict[str, str]:
        """As in an address; what chooses nothing is left out."""
        written = {
            "kelompok": "" if self.group is Group.OPEN else self.group.value,
            "keadaan": self.status.value if self.status else "",
            "jenis": self.category,
            "desa": self.village,
            "petugas": self.officer,
            "dari": self.first.isoformat() if self.first else "",
            "sampai": self.last.isoformat() if self.last else "",
            "sumber": self.source.value if self.source else "",
            "mendesak": YES if self.urgent else "",
            "cari": self.text,
        }
        return {name: value for name, value in written.items() if value}

    @property
    def narrows(self) -> bool:
        """Whether anything beside the group is chosen."""
        return bool(self.query().keys() - {"kelompok"})

    @property
    def folded(self) -> bool:
        """Whether nothing is chosen but group and text: the rest of the form may stay closed."""
        return not self.query().keys() - {"kelompok", "cari"}

    @property
    def order(self) -> Order:
        """How the list is sorted."""
        if self.text:
            return Order.FOUND
        return Order.DUE if self.group in BY_DUE else Order.NEWEST


class _Reading:
    """Reads one value after another, and keeps the names of those it can't."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self._asked = asked
        self.unread: list[str] = []

    def choice(self, name: str, kind: type[Kind]) -> Kind | None:
        """One of a kind's values."""
        return self._read(name, kind)

    def day(self, name: str) -> date | None:
        """A day as ISO writes it."""
        return self._read(name, date.fromisoformat)

    def code(self, name: str) -> str:
        """A code of master data; whether it is there, the list will show."""
        return self._read(name, _code) or ""

    def officer(self, name: str) -> str:
        """Somebody, or one of the two words."""
        return self._read(name, lambda text: text if text in {NOBODY, MYSELF} else str(UUID(text))) or ""

    def _read(self, name: str, convert: Callable[[str], Value]) -> Value | None:
        text = self._asked.get(name, "").strip()
        if not text:
            return None
        try:
            return convert(text)
        except ValueError:
            self.unread.append(name)
            return None


def _code(text: str) -> str:
    if len(text) > LONGEST_CODE or not text.isprintable():
        raise ValueError("not a code")
    return text


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list begins: after this report. `due_on` where it is sorted by promises, `serial` (the
    report's place in the search) where by what was found.
    """

    id: UUID
    due_on: date | None = None
    serial: int | None = None

    @classmethod
    def parse(cls, text: str, order: Order) -> Self | None:
        """From an address; None, that is the first page, when it can't be read or belongs to another order."""
        place, _, key = text.rpartition("_")
        try:
            if order is Order.DUE:
                return cls(UUID(key), due_on=date.fromisoformat(place))
            if order is Order.FOUND:
                return cls(UUID(key), serial=_whole(place))
            return None if place else cls(UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        """As in an address."""
        place = self.due_on or self.serial or ""
        return f"{place}_{self.id}"


def _tidy(text: str) -> str:
    """On one line, and nothing that a database can't keep."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_TEXT]).split())


def _whole(text: str) -> int:
    """A number that a database can hold."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise ValueError("not a place")
    return int(text)
