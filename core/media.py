"""Photos as files beside the database: whole or not there, for the owner alone."""

import os
import secrets
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

FOLDER = "media"
ENDING = ".jpg"
DRAFT = ".part"


def write(data_dir: Path, office_id: int, photo_id: UUID, jpeg: bytes) -> None:
    """Keep the photo, safely on the disk when this returns. Call it before the row is committed."""
    path = _path(data_dir, office_id, photo_id)
    _make_folder(path.parent)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{DRAFT}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(jpeg)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def read(data_dir: Path, office_id: int, photo_id: UUID) -> bytes | None:
    """The photo; None when it is not there."""
    try:
        return _path(data_dir, office_id, photo_id).read_bytes()
    except FileNotFoundError:
        return None


def erase(data_dir: Path, office_id: int, photo_id: UUID) -> None:
    """Remove the photo, if it is there."""
    path = _path(data_dir, office_id, photo_id)
    try:
        path.unlink()
    except FileNotFoundError:
        return
    _settle(path.parent)


def remove_orphans(
    data_dir: Path, office_id: int, kept: Callable[[Collection[UUID]], Collection[UUID]], *, before: datetime
) -> int:
    """Remove an office's files last written before the moment that `kept` (of the ids it is asked about) doesn't
    name, and drafts that were never finished; how many.
    """
    removed = 0
    for folder in sorted((data_dir / FOLDER / str(office_id)).glob("??")):
        old = [path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()]
        ids = {path: photo_id for path in old if (photo_id := _id_of(path))}
        needed = set(kept(ids.values())) if ids else set()
        for path in old:
            if path.suffix == DRAFT or (path in ids and ids[path] not in needed):
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _path(data_dir: Path, office_id: int, photo_id: UUID) -> Path:
    """The last digits spread the files: the first are the time's."""
    return data_dir / FOLDER / str(office_id) / photo_id.hex[-2:] / f"{photo_id}{ENDING}"


def _id_of(path: Path) -> UUID | None:
    try:
        return UUID(path.stem) if path.suffix == ENDING else None
    except ValueError:
        return None


def _make_folder(folder: Path) -> None:
    """With each folder's name safely in the one above it."""
    for missing in reversed([path for path in _upwards(folder) if not path.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
        _settle(missing.parent)


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _settle(folder: Path) -> None:
    """A new or removed name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
