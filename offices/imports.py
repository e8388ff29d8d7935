"""Files taken in by command: known again by their content, recorded, and undone whole."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import long_date, wib_day
from core.csv_files import write_rows
from core.errors import Missing, Refused
from core.ids import uuid7
from offices import audit, queries
from offices.models import Import

WHY = "alasan"


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken in: its number as a spreadsheet shows it, why, and its cells."""

    row: int
    reason: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file and the options it is taken in with. Equal digests mean the same rows in the same meaning."""

    kind: str
    file_name: str
    options: Mapping[str, str]
    digest: str

    @classmethod
    def of(cls, kind: str, path: Path, options: Mapping[str, str]) -> "Sheet":
        """From a file; raises Refused when it can't be read."""
        try:
            content = hashlib.sha256(path.read_bytes())
        except OSError as fault:
            raise Refused(f"{path} tidak dapat dibaca.") from fault
        content.update(json.dumps([kind, dict(options)], sort_keys=True).encode())
        return cls(kind, path.name, options, content.hexdigest())

    def submission_id(self, generation: int, row: int) -> UUID:
        """The number under which a row is taken in: the same again for the same file, so that it counts once.

        `generation` counts earlier imports of the sheet that were undone, which its rows must not meet.
        """
        return uuid5(NAMESPACE_OID, f"{self.digest}:{generation}:{row}")


def generation_of(earlier: Sequence[Import]) -> int | None:
    """How many imports of a sheet were undone before; None while one of them still counts."""
    return len(earlier) if all(each.undone_at for each in earlier) else None


def record(
    session: Session, office_id: int, sheet: Sheet, *, imported: int, rejected: int, by: str, now: datetime
) -> UUID:
    """Note the import in its own transaction, before its rows, which point to it; returns its id."""
    row = Import(
        office_id=office_id,
        id=uuid7(now),
        kind=sheet.kind,
        file_name=sheet.file_name,
        digest=sheet.digest,
        options=dict(sheet.options),
        imported=imported,
        rejected=rejected,
        at=now,
        by=by,
    )
    session.add(row)
    session.flush()
    audit.note(session, office_id, by, "import.take", str(row.id), {"rows": imported}, now=now)
    return row.id


def take_back(
    session: Session, office_id: int, kinds: Collection[str], import_id: UUID, *, by: str, now: datetime
) -> None:
    """Note that an import is undone, in the transaction that takes its rows back; raises Missing or Refused."""
    found = queries.import_of(session, office_id, import_id)
    if found is None or found.kind not in kinds:
        raise Missing("Impor ini tidak ada.")
    undone = (
        sa.update(Import)
        .filter_by(office_id=office_id, id=import_id, undone_at=None)
        .values(undone_at=now, undone_by=by)
        .returning(Import.id)
    )
    if session.execute(undone).first() is None:
        raise Refused(f"Impor {found.file_name} sudah dibatalkan{_when(found)}.")
    audit.note(session, office_id, by, "import.undo", str(import_id), {"rows": found.imported}, now=now)


def _when(found: Import) -> str:
    return f" pada {long_date(wib_day(found.undone_at))}" if found.undone_at else ""


def write_rejected(path: Path, rejected: Sequence[Rejected]) -> Path:
    """Write the rejected rows beside the file, with the reasons, to be mended and imported alone; returns where.

    Raises OSError when it can't be written.
    """
    rest = path.with_name(f"{path.name}.ditolak.csv")
    write_rows(rest, with_reasons(rejected))
    return rest


def with_reasons(rejected: Sequence[Rejected]) -> list[dict[str, str]]:
    """The rejected rows' cells, each row with the same columns, the reason behind them."""
    columns = dict.fromkeys(name for row in rejected for name in row.cells)
    return [{name: row.cells.get(name, "") for name in columns} | {WHY: row.reason} for row in rejected]
