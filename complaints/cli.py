"""Commands of the reports: take the Trantib log book in, and check that no event was changed."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from complaints import queries
from complaints.logbooks import importing
from complaints.oversight import anchors
from complaints.oversight.anchors import Anchor
from complaints.reporting import entrance
from core import clock
from core.commands import Commands
from core.db import reader
from offices.current import current_office, for_office
from offices.imports_told import tell

BY = "perintah complaints import"


@click.group("complaints", cls=Commands)
def complaints() -> None:
    """Reports of disorder."""


@complaints.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@for_office
@with_appcontext
def import_file(file: Path) -> None:
    """Take in the Trantib log book, CSV or XLSX. The same file again adds nothing.

    Columns: received_at, category, village, description, status, settled_at, source, exclusion, reason. Category and
    desa by code or name; a time without zone is WIB.
    """
    now, office = clock.now(), current_office()
    found = importing.read(file, office.id, now=now)
    with tqdm(total=len(found.entries), unit=" laporan", disable=None) as bar:
        taken = importing.take_in(found, office, keys=entrance.kept_keys(), by=BY, tick=bar.update, now=now)
    tell(file, taken, found.rejected, found.ignored)


@complaints.command("verify-chain")
@click.option("--anchor", metavar="SEQ:HASH", help="As printed on a monthly summary: check that it is still there.")
@for_office
@click.pass_context
@with_appcontext
def verify_chain(context: click.Context, anchor: str | None) -> None:
    """Check that no event was changed, removed or added since it was recorded; exit status 1 when one was."""
    office_id = current_office().id
    kept = Anchor.parse(anchor) if anchor else None
    broken = queries.verify_chain(reader(), office_id)
    if broken is not None:
        click.echo(f"Rantai putus pada kejadian {broken}.")
        context.exit(1)
    length, _end = queries.chain_end(reader(), office_id)
    click.echo(f"Rantai utuh: {length} kejadian.")
    if kept is not None:
        _tell_of(kept, context)


def _tell_of(kept: Anchor, context: click.Context) -> None:
    """Whether a printed anchor is in the chain: one made anew from changed events is whole, but has other hashes."""
    if anchors.holds(reader(), current_office().id, kept):
        click.echo(f"Jangkar ada di rantai: kejadian {kept.events}.")
        return
    click.echo(f"Jangkar tidak ada di rantai: kejadian {kept.events} sudah diganti atau hilang.")
    context.exit(1)


COMMANDS = (complaints,)
