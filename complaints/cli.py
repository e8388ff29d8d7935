"""Commands of the reports: take the Trantib log book in."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from complaints import entrance, importing
from complaints.importing import Rejected
from core import clock
from core.commands import Commands
from core.tabular import write_rows
from offices.current import current_office

BY = "perintah complaints import"
WHY = "alasan"


@click.group("complaints", cls=Commands)
def complaints() -> None:
    """Reports of disorder."""


@complaints.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@with_appcontext
def import_file(file: Path) -> None:
    """Take in the Trantib log book, CSV or XLSX. The same file again adds nothing."""
    now, office = clock.now(), current_office()
    found = importing.read(file, office.id, now=now)
    with tqdm(total=len(found.entries), unit=" laporan", disable=None) as bar:
        taken = importing.take_in(found, office, keys=entrance.kept_keys(), by=BY, tick=bar.update, now=now)
    if found.ignored:
        click.echo(f"Kolom yang tidak dipakai: {', '.join(found.ignored)}.")
    for row in found.rejected:
        click.echo(f"Baris {row.row}: {row.reason}")
    click.echo(f"{taken or 0} imported, {len(found.rejected)} rejected")
    if taken is None:
        click.echo("Berkas ini sudah diimpor; tidak ada yang ditambahkan.")
    elif found.rejected:
        _keep_rejected(file, found.rejected)


def _keep_rejected(file: Path, rejected: Sequence[Rejected]) -> None:
    """Beside the file, with the reasons, to be mended and imported alone."""
    columns = dict.fromkeys(name for row in rejected for name in row.cells)
    rows = [{name: row.cells.get(name, "") for name in columns} | {WHY: row.reason} for row in rejected]
    rest = file.with_name(f"{file.name}.ditolak.csv")
    try:
        write_rows(rest, rows)
    except OSError:
        click.echo(f"{rest} tidak dapat ditulis.", err=True)
    else:
        click.echo(f"Baris yang ditolak ditulis ke {rest}: perbaiki, lalu impor berkas itu saja.")


COMMANDS = (complaints,)
