"""Commands of the reports: take the Trantib log book in."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from complaints import entrance, importing
from core import clock
from core.commands import Commands
from offices.current import current_office
from offices.imports_told import tell

BY = "perintah complaints import"


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
    tell(file, taken, found.rejected, found.ignored)


COMMANDS = (complaints,)
