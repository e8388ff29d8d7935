"""Makes a backup while people work: the database of one moment first, then the files that its rows name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy.orm import Session

from core import media, schema
from core.backup import archive, envelope, scratch, snapshots
from core.backup.archive import Writer
from core.backup.manifest import Manifest
from core.backup.rooms import Filed, Rooms, rooms_here
from core.backup.snapshots import Snapshot
from core.config import Settings
from core.db import read_afresh, reader
from core.errors import Refused
from core.identity_key import IDENTITY
from core.keys import unchanged
from core.media import File

KEY_FILES = ("*.key", "*.salt", "keys/*")
Tick = Callable[[int], object]
Named = Mapping[str, tuple[Filed, File]]  # by the name within the backup


@dataclass(frozen=True)
class Made:
    """A backup that lies at `path`; `size` in bytes, `sha256` of the whole file."""

    path: Path
    size: int
    sha256: str
    sealed: bool
    same_disk: bool
    manifest: Manifest


def create(path: Path, *, overwrite: bool = False, tick: Tick = lambda _bytes: None, now: datetime) -> Made:
    """Make the backup; raises Refused with what stands in the way. Nothing is left of one that failed."""
    settings: Settings = current_app.config["SETTINGS"]
    if path.exists() and not overwrite:
        raise Refused(f"{path} sudah ada. Pilih nama lain: cadangan tidak menimpa berkas.")
    if not schema.is_current():
        raise Refused("Basis data belum dimutakhirkan. Jalankan dahulu: flask --app wsgi init")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            unchanged(settings.data_dir, IDENTITY),  # the keys that come last open what the snapshot has
            scratch.folder(settings.data_dir, now=now) as folder,
            snapshots.snapshot(folder) as shot,
        ):
            return _written(path, _Plan(settings, rooms_here(), shot, now, tick))
    except OSError as fault:
        raise Refused(f"Cadangan tidak dapat ditulis: {fault.strerror or fault}. Tidak ada yang tertinggal.") from fault


@dataclass(frozen=True)
class _Plan:
    settings: Settings
    rooms: Rooms
    shot: Snapshot
    now: datetime
    tick: Tick


def _written(path: Path, plan: _Plan) -> Made:
    manifests: list[Manifest] = []
    keys = plan.settings.backup_keys
    tally = envelope.write(path, keys, lambda out: manifests.append(_filled(out, plan)))
    same = path.stat().st_dev == plan.settings.data_dir.stat().st_dev
    return Made(path, tally.size, tally.digest.hexdigest(), bool(keys), same, manifests[0])


def _filled(out: IO[bytes], plan: _Plan) -> Manifest:
    session = plan.shot.session
    listed = Manifest(
        made_at=plan.now,
        database=plan.shot.dialect,
        revision=str(schema.revision_of(session.connection())),
        counts=snapshots.counts(session),
        facts=_facts(plan.rooms, session),
        parts={},
    )
    named = files_named(plan.rooms, session)
    session.rollback()
    with Writer(out, plan.now) as writer:
        writer.add(archive.DATABASE, plan.shot.dumped)
        plan.tick(writer.parts[archive.DATABASE].size)
        absent = _add_files(writer, named, plan)
        _add_keys(writer, plan.settings.data_dir)
        gone = _erased_since(absent, plan.rooms)
        listed = replace(listed, parts=writer.parts, gone=gone, missing=tuple(sorted(set(absent) - set(gone))))
        writer.finish(listed)
    return listed


def _facts(rooms: Rooms, session: Session) -> dict[str, str]:
    return {name: ask(session) for name, ask in (rooms.facts or {}).items()}


def files_named(rooms: Rooms, session: Session) -> Named:
    """Every file that a row names."""
    found = ((filed, file) for filed in rooms.filed for file in filed.named(session))
    return {_name_of(filed, file): (filed, file) for filed, file in found}


def _name_of(filed: Filed, file: File) -> str:
    return media.path_of(Path(archive.FILES), *file, filed.shelf).as_posix()


def _add_files(writer: Writer, named: Named, plan: _Plan) -> Sequence[str]:
    """The names of those that are not there."""
    absent = []
    for name, (filed, file) in sorted(named.items()):
        try:
            writer.add(name, media.path_of(plan.settings.data_dir, *file, filed.shelf))
            plan.tick(writer.parts[name].size)
        except FileNotFoundError:
            absent.append(name)
    return absent


def _add_keys(writer: Writer, data_dir: Path) -> None:
    for path in key_files(data_dir):
        writer.add(f"{archive.KEYS}/{path.relative_to(data_dir).as_posix()}", path)


def key_files(data_dir: Path) -> Sequence[Path]:
    """The keys that lie beside the data."""
    return sorted(path for pattern in KEY_FILES for path in data_dir.glob(pattern) if path.is_file())


def _erased_since(absent: Sequence[str], rooms: Rooms) -> tuple[str, ...]:
    """Those of the absent files that by now no row names: somebody erased them while the backup was made."""
    if not absent:
        return ()
    still = files_named(rooms, read_afresh())
    reader().rollback()  # an open read would keep the write-ahead file from being emptied
    return tuple(sorted(set(absent) - still.keys()))
