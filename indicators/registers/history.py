"""What became of an entry, version by version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from indicators.registers.columns import Column, Names
from indicators.registers.models import Version
from offices.models import Attachment


@dataclass(frozen=True)
class Step:
    """A version: what was done, by whom, and what it changed (label, before, after). `file`: evidence that came."""

    at: datetime
    by: str
    act: str
    changes: Sequence[tuple[str, str, str]]
    reason: str
    file: Attachment | None


def steps(
    columns: Sequence[Column], versions: Sequence[Version], names: Names, files: Mapping[UUID, Attachment]
) -> list[Step]:
    """The newest first; `versions` oldest first."""
    found = [_step(columns, old, new, names, files) for old, new in zip([None, *versions], versions, strict=False)]
    return found[::-1]


def _step(
    columns: Sequence[Column],
    old: Version | None,
    new: Version,
    names: Names,
    files: Mapping[UUID, Attachment],
) -> Step:
    is_new_file = new.file_id is not None and (old is None or old.file_id != new.file_id)
    return Step(
        at=new.recorded_at,
        by=names.people.get(new.recorded_by) or new.recorded_by,
        act=_act(old, new),
        changes=_changes(columns, old, new, names),
        reason=new.reason,
        file=files.get(new.file_id) if new.file_id and is_new_file else None,
    )


def _act(old: Version | None, new: Version) -> str:
    if old is None:
        return _("Ditambah")
    if new.is_removed:
        return _("Dihapus")
    return _("Dikembalikan") if old.is_removed else _("Diubah")


def _changes(columns: Sequence[Column], old: Version | None, new: Version, names: Names) -> list[tuple[str, str, str]]:
    return [
        (str(column.label), column.told(old, names) if old else "", column.told(new, names))
        for column in columns
        if old is None or getattr(old, column.key) != getattr(new, column.key)
    ]
