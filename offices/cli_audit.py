"""Commands of the audit trail."""

import click
from flask.cli import with_appcontext

from core.chain import GENESIS
from core.commands import Commands
from core.db import reader
from core.errors import Refused
from offices import trail
from offices.current import current_office, for_office


@click.group("audit", cls=Commands)
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.option("--anchor", metavar="SEQ:HASH", help="As printed on the trail's page: check that it is still there.")
@for_office
@click.pass_context
@with_appcontext
def verify(context: click.Context, anchor: str | None) -> None:
    """Check that no entry was changed, removed or added since it was written; exit status 1 when one was."""
    office_id = current_office().id
    kept = _parsed(anchor) if anchor else None
    broken = trail.broken_at(reader(), office_id)
    if broken is not None:
        click.echo(f"Rantai jejak putus pada catatan {broken}.")
        context.exit(1)
    last, first = trail.end(reader(), office_id).seq, trail.words_since(reader(), office_id)
    click.echo(f"Rantai jejak utuh: {last} catatan.")
    if last and first != 1:
        click.echo(f"Isinya dihapus menurut masa simpan, {f'sebelum catatan {first}' if first else 'semuanya'}.")
    if kept and not trail.holds(reader(), office_id, *kept):
        click.echo(f"Segel tidak ada di rantai: catatan {kept[0]} sudah diganti atau hilang.")
        context.exit(1)


def _parsed(text: str) -> tuple[int, str]:
    number, _colon, digest = text.strip().lower().partition(":")
    if not number.isdecimal() or len(digest) != len(GENESIS):
        raise Refused("Tulis segel sebagai nomor catatan, titik dua, dan 64 huruf atau angka, seperti yang tercetak.")
    return int(number), digest


COMMANDS = (audit,)
