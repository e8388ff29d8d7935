"""Commands of the installation: prepare the database and its master data."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import click
from flask import Flask, current_app
from sqlalchemy.orm import Session

from core import clock, key_marks, schema
from core.config import Settings
from core.db import read_afresh, transaction
from core.disk_faults import refused_in_words
from core.errors import Busy, Refused

Seeder = Callable[[Session, datetime], None]
SEEDERS = "seeders"
SIGNS_ANEW = (
    "secret.key is not the one this database knew: everybody signs in again, and links to rate and calendar addresses "
    "that were given away open nothing. Put the file back from a backup and restart; or, if it was changed on purpose: "
    "keys accept"
)
log = logging.getLogger(__name__)


class Command(click.Command):
    """A command whose refusals are one line on stderr and exit status 1. `any_schema`: it also runs where the database
    is a newer release's.
    """

    any_schema = False

    def invoke(self, ctx: click.Context) -> object:
        """Run; a rule that says no is not a stack trace."""
        try:
            with refused_in_words():
                if current_app and not self.any_schema:
                    schema.refuse_unfit()
                return super().invoke(ctx)
        except Refused as refusal:
            raise click.ClickException(refusal.message) from refusal
        except Busy as busy:
            raise click.ClickException("Basis data sedang sibuk. Coba lagi sebentar lagi.") from busy


class AnySchema(Command):
    """One that is needed most where the database does not fit this release, or its keys are gone."""

    any_schema = True


class Commands(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    any_schema = True  # each of its commands asks for itself


def init_commands(app: Flask, seeders: Sequence[Seeder]) -> None:
    """Register `init`; `seeders` put in the master data, in this order."""
    app.extensions[SEEDERS] = tuple(seeders)

    @app.cli.command("init", cls=Command)
    def init() -> None:
        """Make or migrate the database and put in the office's master data. Safe to repeat."""
        prepare(seeders)
        click.echo("Basis data siap.")


def prepare(seeders: Iterable[Seeder]) -> None:
    """Migrate, mark the keys, then seed. Says in the log when sessions and links are signed with another key."""
    copy = schema.upgrade(now=clock.now())
    if copy is not None:
        click.echo(f"Basis data dimutakhirkan. Salinan dari sebelumnya: {copy}")
    settings: Settings = current_app.config["SETTINGS"]
    key_marks.keep(settings=settings)
    put_in(seeders, now=clock.now())
    if key_marks.signs_anew(read_afresh(), settings):
        log.warning(SIGNS_ANEW)


@transaction
def put_in(session: Session, seeders: Iterable[Seeder], *, now: datetime) -> None:
    """Run all seeders in one transaction."""
    for seed in seeders:
        seed(session, now)
