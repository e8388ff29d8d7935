"""`backup create|verify|restore|key`: one file that holds the whole house."""

from pathlib import Path

import click
import pyrage
from tqdm import tqdm

from core import clock, schema
from core.backup import creating, envelope, recording, restoring, verifying
from core.backup.models import Kind
from core.backup.rooms import rooms_here
from core.backup.verifying import Verified
from core.calendar import long_moment
from core.commands import AnySchema, Commands
from core.errors import Refused

FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path, resolve_path=True, dir_okay=False))


@click.group("backup", cls=Commands)
def backup() -> None:
    """Backups: database, files and keys in one file."""


@backup.command("create")
@FILE
def create(file: Path) -> None:
    """Make a backup while people work. Encrypted when BACKUP_KEY is set."""
    now = clock.now()
    with tqdm(unit="B", unit_scale=True, disable=None) as bar:
        made = creating.create(file, tick=bar.update, now=now)
    run_id = recording.begin(Kind.COMMAND, "backup create", now=now)
    recording.made(run_id, made, now=now)
    for told in rooms_here().after_create:
        told(now)
    sealed = "disandi" if made.sealed else "TIDAK disandi: siapa pun yang memegang berkas ini dapat membaca semuanya"
    click.echo(f"{made.path}: {_bytes(made.size)}, {len(made.manifest.parts)} bagian, {sealed}.")
    click.echo(f"SHA-256 {made.sha256}")
    if made.manifest.missing:
        raise Refused(f"{len(made.manifest.missing)} berkas hilang dari data: {', '.join(made.manifest.missing[:3])}")


@backup.command("verify", cls=AnySchema)
@FILE
def verify(file: Path) -> None:
    """Restore a backup into a scratch database and compare it with what was noted when it was made."""
    now = clock.now()
    found = verifying.verify(file, now=now)
    _tell(found)
    if schema.is_current():
        recording.verified(envelope.digest_of(file), found, file, now=now)
    verifying.refuse_faulty(found)
    click.echo("Cadangan ini baik.")


@backup.command("restore", cls=AnySchema)
@FILE
@click.option("--overwrite", is_flag=True, help="Ganti data yang ada; yang lama dipindahkan, tidak dihapus.")
@click.option("--office", help="Nama kantor yang datanya diganti; tanpa ini ditanyakan.")
def restore(file: Path, office: str | None, *, overwrite: bool) -> None:
    """Put a backup in the place of the data here. Stop the service first."""
    envelope.is_sealed(file)  # refused at once when it is not there
    now, whose = clock.now(), restoring.whose_data()
    if whose is not None:
        _agree(whose, office, overwrite=overwrite)
    done = restoring.restore(file, now=now)
    _tell(done.verified)
    for place in done.aside:
        click.echo(f"Yang lama sekarang di {place}")
    click.echo(f"Nama pelapor yang lewat masa simpannya dihapus menurut jam komputer ini: {long_moment(now)}")
    restoring.follow_up(file, done.verified, now=now)
    click.echo("Semua petugas keluar dan harus masuk lagi; tautan sandi yang belum dipakai harus dibuat lagi.")
    click.echo("Dipulihkan. Jalankan layanan: systemctl start sukma-web sukma-scheduler (tanpa systemd: make run)")


@backup.command("key")
def key() -> None:
    """Make a key for BACKUP_KEY. Keep it outside this machine too: without it no backup can be opened."""
    click.echo(str(pyrage.x25519.Identity.generate()))


def _agree(whose: str, office: str | None, *, overwrite: bool) -> None:
    """Raises Refused unless the person means it."""
    if not overwrite:
        raise Refused("Di sini sudah ada data. Tambahkan --overwrite untuk menggantinya; yang lama dipindahkan.")
    wanted = whose or "GANTI"
    typed = office or click.prompt(f"Data {whose or 'di sini'} akan diganti. Ketik {wanted} untuk melanjutkan")
    if typed.strip().casefold() != wanted.casefold():
        raise Refused("Tidak sama. Tidak ada yang diganti.")


def _tell(found: Verified) -> None:
    click.echo(f"Isi cadangan: keadaan {long_moment(found.manifest.made_at)}")
    for words in found.compared:
        click.echo(f"  cocok  {words}")


def _bytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


COMMANDS = (backup,)
