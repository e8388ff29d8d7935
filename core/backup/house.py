"""A scratch house: what a backup holds, unpacked and opened by an application of its own."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy.engine import URL, make_url

from core.backup import archive, envelope, postgres, scratch, snapshots
from core.backup.archive import DATABASE, FILES, KEYS
from core.backup.manifest import Manifest
from core.backup.rooms import rooms_here
from core.config import Settings
from core.db import db
from core.errors import Refused

FILE = "restored.db"
SCRATCH = "sukma_scratch_"
OTHER_KIND = "Cadangan ini dari {}, sedangkan DATABASE_URL menunjuk basis data jenis lain. Pasang alamat yang sejenis."


@dataclass(frozen=True)
class House:
    """The unpacked backup in `folder`; its database is at `url`, opened by `app`."""

    folder: Path
    manifest: Manifest
    url: URL
    app: Flask


def unpack(path: Path, folder: Path, *, with_files: bool) -> Manifest:
    """Check every byte against the list; database and keys are put into the folder, files only when asked for."""
    settings: Settings = current_app.config["SETTINGS"]
    found: list[Manifest] = []

    def place(name: str) -> Path | None:
        return folder / name if with_files or not name.startswith(f"{FILES}/") else None

    envelope.read(path, settings.backup_keys, lambda source: found.append(archive.read(source, place)))
    if DATABASE not in found[0].parts:
        raise Refused(archive.FOREIGN)
    return found[0]


@contextmanager
def opened(folder: Path, manifest: Manifest, *, now: datetime) -> Iterator[House]:
    """The house of an unpacked backup. A scratch database of PostgreSQL ends with the block, unless it got another
    name by then.
    """
    for kept in sorted((folder / KEYS).glob("**/*")):
        if kept.is_file():
            _move_up(kept, folder)
    if manifest.database == snapshots.POSTGRES:
        with _on_server(folder / DATABASE, now) as url:
            yield from _run(folder, manifest, url)
    else:
        (folder / DATABASE).rename(folder / FILE)
        yield from _run(folder, manifest, make_url(f"sqlite:///{folder}/{FILE}"))


def _move_up(kept: Path, folder: Path) -> None:
    place = folder / kept.relative_to(folder / KEYS)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.rename(place)


@contextmanager
def _on_server(dumped: Path, now: datetime) -> Iterator[URL]:
    settings: Settings = current_app.config["SETTINGS"]
    ours = make_url(settings.database_url)
    if not snapshots.is_postgres(ours):
        raise Refused(OTHER_KIND.format(snapshots.POSTGRES))
    postgres.sweep(ours, SCRATCH, before=_scratch_name(now - scratch.ABANDONED_AFTER))
    url = postgres.make(ours, f"{_scratch_name(now)}_{secrets.token_hex(4)}")
    try:
        postgres.restore(url, dumped)
        dumped.unlink()
        yield url
    finally:
        postgres.drop(ours, str(url.database))


def _scratch_name(moment: datetime) -> str:
    """With the moment, for a killed process leaves its database on the server: `scratch` does the same with folders."""
    return f"{SCRATCH}{moment:%Y%m%d_%H%M}"


def _run(folder: Path, manifest: Manifest, url: URL) -> Iterator[House]:
    app = rooms_here().make_app(environ(folder, url))
    with app.app_context():
        yield House(folder, manifest, url, app)
        close()


def environ(data_dir: Path, url: URL) -> Mapping[str, str]:
    """The settings of a house of its own."""
    return {"DATA_DIR": str(data_dir), "DATABASE_URL": url.render_as_string(hide_password=False)}


def close() -> None:
    """Let go of this application's database."""
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()
