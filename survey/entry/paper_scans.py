"""Scans of a pile, as they come in: each kept or refused by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from core.errors import Refused
from offices import attachments
from offices.attachments import Kept
from survey.entry import paper


@dataclass(frozen=True)
class Brought:
    """How many scans were kept, and why others were not."""

    kept: int
    refused: list[str]


def bring(
    data_dir: Path, batch_id: UUID, files: Iterable[FileStorage], *, office_id: int, by: str, now: datetime
) -> Brought:
    """Keep the files beside the pile; raises Refused when there is none, or the pile takes none."""
    scans: list[Kept] = []
    refused: list[str] = []
    for file in filter(lambda each: each.filename, files):
        try:
            scans.append(attachments.kept(data_dir, office_id, file.stream, file.filename or "", now=now))
        except Refused as refusal:
            refused.append(f"{file.filename}: {refusal.message}")
    if not scans and not refused:
        raise Refused(_("Pilih berkas pindaiannya dahulu."))
    if scans:
        paper.attach(office_id=office_id, batch_id=batch_id, scans=scans, by=by, now=now)
    return Brought(len(scans), refused)
