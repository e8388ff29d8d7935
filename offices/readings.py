"""A file as an importer reads it: rows that can be taken in, and rows that can't."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.errors import Refused
from offices.imports import Rejected, Sheet

BATCH = 1000  # rows that an importer writes at once
Cells = Mapping[str, str]
Entry = TypeVar("Entry")
# Told how many more rows are written.
Tick = Callable[[int], object]


@dataclass(frozen=True)
class Reading(Generic[Entry]):
    """What a file holds. `entries` stand by the row number that a spreadsheet shows; `ignored` are columns that say
    nothing here.
    """

    sheet: Sheet
    columns: Sequence[str]
    entries: Sequence[tuple[int, Entry]]
    rejected: Sequence[Rejected]
    ignored: Sequence[str]


def reading(
    sheet: Sheet, rows: Iterable[tuple[int, Cells]], read: Callable[[Cells], Entry], known: Collection[str]
) -> Reading[Entry]:
    """Each row by `read`, which raises Refused for one that can't be taken in; `known` are the columns it looks at."""
    entries: list[tuple[int, Entry]] = []
    rejected: list[Rejected] = []
    columns: dict[str, str] = {}
    for number, cells in rows:
        columns |= cells
        try:
            entries.append((number, read(cells)))
        except Refused as refusal:
            rejected.append(Rejected(number, refusal.message, cells))
    return Reading(sheet, list(columns), entries, rejected, [name for name in columns if name not in known])
