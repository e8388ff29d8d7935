"""Commands that change the key of names and numbers: a new one, everything sealed with it, the old one forgotten."""

from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from complaints import resealing
from core import clock, key_marks, schema
from core.commands import AnySchema, Commands
from core.db import read_afresh
from core.errors import Refused
from core.identity_key import IDENTITY
from core.keys import add_newer, keep_newest, kept_key, wait_for_older
from offices import everywhere

NEXT = "Sekarang jalankan: flask --app wsgi keys reseal"
LOST = "{count} isian tidak terbuka dengan kunci mana pun yang ada: cari berkas identity.key yang lebih baru."
FIRST = "Tabelnya belum ada atau belum mutakhir: jalankan init, lalu perintah ini sekali lagi."


@click.group("keys", cls=Commands)
def keys_group() -> None:
    """The key that seals names, telephone numbers and addresses of residents. All of it goes on while people work."""


@keys_group.command("rotate")
@with_appcontext
def rotate() -> None:
    """Make a new key, which seals from now on; the old one opens still."""
    add_newer(_folder(), IDENTITY, partial(_mark, "rotate"))
    click.echo(f"Kunci baru dibuat.\n{NEXT}")


@keys_group.command("reseal")
@with_appcontext
def reseal() -> None:
    """Seal everything with the newest key."""
    wait_for_older(_folder(), IDENTITY)
    _mark("reseal")
    key = kept_key(_folder(), IDENTITY)
    done, lost = resealing.reseal(key), resealing.unreadable(key)
    click.echo(f"{done} isian disandi ulang. Kunci lama dapat dihapus (sebaiknya sebulan lagi): keys forget")
    if lost:
        click.echo(LOST.format(count=lost), err=True)


@keys_group.command("forget")
@click.option("--lost", is_flag=True, help="Juga kalau ada isian yang kuncinya hilang selamanya.")
@with_appcontext
def forget(*, lost: bool) -> None:
    """Forget the old keys, once nothing needs them."""
    gone = keep_newest(_folder(), IDENTITY, partial(_refuse_while_needed, is_lost=lost))
    click.echo(f"{gone} kunci lama dihapus. Cadangan lama tetap memuatnya.")


def _refuse_while_needed(key: str, *, is_lost: bool) -> None:
    if left := resealing.left(key):
        raise Refused(f"{left} isian masih disandi dengan kunci lama. {NEXT}")
    if not is_lost and (count := resealing.unreadable(key)):
        raise Refused(f"{LOST.format(count=count)} Kalau kuncinya hilang selamanya: keys forget --lost")
    _mark("forget")


def _mark(word: str) -> None:
    """From here on no older file passes for this database's. The trail knows what is done before it is."""
    key_marks.keep(settings=current_app.config["SETTINGS"])
    _note(word, IDENTITY)


@keys_group.command("accept", cls=AnySchema)
@click.option("--lost", is_flag=True, help="Kuncinya hilang selamanya; apa yang disandi dengannya tidak terbaca lagi.")
@with_appcontext
def accept(*, lost: bool) -> None:
    """Go on with the keys that are in the data folder now: another secret.key, or with --lost any others."""
    gone, is_ready = current_app.config["LOST_KEYS"].names, schema.is_current()
    if not lost and (gone or (is_ready and key_marks.differing(read_afresh(), _folder()))):
        raise Refused("Yang disandi dengan kunci lama tidak akan terbaca lagi. Kalau memang hilang: keys accept --lost")
    for name in gone:
        kept_key(_folder(), name)
    differing = key_marks.other(read_afresh(), current_app.config["SETTINGS"]) if is_ready else []
    names = sorted({*gone, *differing})
    if is_ready and names:
        _note("accept", ", ".join(names))
    if is_ready:
        key_marks.accept(settings=current_app.config["SETTINGS"])
    click.echo(f"Dilanjutkan dengan kunci baru: {', '.join(names) or 'tidak ada yang berbeda'}.")
    if not is_ready:
        click.echo(FIRST, err=True)


def _note(word: str, names: str) -> None:
    everywhere.note(f"keys.{word}", names, by=f"perintah keys {word}", now=clock.now())


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].data_dir)


COMMANDS = (keys_group,)
