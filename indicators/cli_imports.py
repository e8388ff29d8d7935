"""`import list` and `import undo`: files of either kind."""

from uuid import UUID

import click

from complaints.logbooks import importing as complaints
from core import clock
from core.calendar import long_moment
from core.commands import Commands
from core.db import reader
from core.errors import Refused
from offices import queries
from offices.current import current_office
from survey import importing as ratings

BY = "perintah import undo"


@click.group("import", cls=Commands)
def imports() -> None:
    """Files that were taken in by command."""


@imports.command("list")
def list_imports() -> None:
    """All imports, the newest first."""
    found = queries.imports(reader(), current_office().id)
    for row in found:
        undone = f", dibatalkan {long_moment(row.undone_at)}" if row.undone_at else ""
        counts = f"{row.imported} diterima, {row.rejected} ditolak"
        click.echo(f"{row.id}  {long_moment(row.at)}  {row.kind}  {row.file_name}  {counts}{undone}")
    if not found:
        click.echo("Belum ada impor.")


@imports.command("undo")
@click.argument("import_id")
def undo_import(import_id: str) -> None:
    """Take an import back whole."""
    try:
        identity = UUID(import_id)
    except ValueError:
        raise Refused("Nomor impor keliru. Lihat daftarnya dengan: import list") from None
    office_id = current_office().id
    found = queries.import_of(reader(), office_id, identity)
    if found is None:
        raise Refused("Impor ini tidak ada. Lihat daftarnya dengan: import list")
    undo = _undo_reports if found.kind == complaints.KIND else _undo_ratings
    click.echo(f"{found.file_name} dibatalkan: {undo(office_id, identity)}.")


def _undo_ratings(office_id: int, import_id: UUID) -> str:
    count = ratings.undo(office_id=office_id, import_id=import_id, by=BY, now=clock.now())
    return f"{count} penilaian tidak dihitung lagi"


def _undo_reports(office_id: int, import_id: UUID) -> str:
    undone = complaints.undo(office_id=office_id, import_id=import_id, by=BY, now=clock.now())
    moved = f", {undone.moved_since} di antaranya sudah dikerjakan petugas sesudah impor" if undone.moved_since else ""
    return f"{undone.reports} laporan tidak dihitung lagi{moved}"
