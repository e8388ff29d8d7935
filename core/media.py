"""Files beside the database, on shelves: whole or not there, for the owner alone."""

import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from core.batches import batches

DRAFT = ".part"
ASKED_AT_ONCE = 400  # a database takes a few thousand values in one statement
File = tuple[int, UUID]  # office, key
Kept = Callable[[Collection[File]], Collection[File]]


@dataclass(frozen=True)
class Shelf:
    """A folder of the data directory, and how the names on this shelf end. Two shelves may share a folder."""

    folder: str
    ending: str


PHOTOS = Shelf("media", ".jpg")
# So much room is left to the database, of a small disk a twentieth: reports and ratings go on while photos wait.
RESERVE_BYTES, RESERVE_PART = 1024 * 1024 * 1024, 20


def is_short(data_dir: Path) -> bool:
    """Whether what is left on the disk is kept for the database."""
    room = shutil.disk_usage(data_dir)
    return room.free < min(RESERVE_BYTES, room.total // RESERVE_PART)


def write(data_dir: Path, office_id: int, file_id: UUID, content: bytes, shelf: Shelf = PHOTOS) -> None:
    """Keep the file, safely on the disk when this returns. Call it before the row is committed."""
    path = path_of(data_dir, office_id, file_id, shelf)
    _make_folder(path.parent)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{DRAFT}")
    with whole(path, draft, os.O_EXCL) as file:
        file.write(content)


@contextmanager
def whole(path: Path, draft: Path, flag: int) -> Iterator[BinaryIO]:
    """A file to be filled, opened as `draft` with this flag besides: at `path` it is whole and safely on the disk, or
    not there.
    """
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | flag, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    settle(path.parent)


def read(data_dir: Path, office_id: int, file_id: UUID, shelf: Shelf = PHOTOS) -> bytes | None:
    """The file; None when it is not there."""
    try:
        return path_of(data_dir, office_id, file_id, shelf).read_bytes()
    except FileNotFoundError:
        return None


def erase(data_dir: Path, office_id: int, file_id: UUID, shelf: Shelf = PHOTOS) -> None:
    """Remove the file, if it is there."""
    path = path_of(data_dir, office_id, file_id, shelf)
    try:
        path.unlink()
    except FileNotFoundError:
        return
    settle(path.parent)


def remove_orphans(data_dir: Path, kept: Kept, shelf: Shelf = PHOTOS, *, before: datetime) -> int:
    """Remove the files on this shelf, of all offices, last written before the moment that `kept` (of those it is asked
    about) doesn't name, and drafts that were never finished; how many. Asked about many at once: the number of
    questions follows that of the files.
    """
    old = _last_written(data_dir / shelf.folder, before)
    return sum(_remove(part, kept, shelf) for part in batches(old, ASKED_AT_ONCE))


def _last_written(folder: Path, before: datetime) -> list[Path]:
    moment = before.timestamp()
    return [path for path in sorted(folder.glob("*/??/*")) if path.stat().st_mtime < moment]


def _remove(paths: Sequence[Path], kept: Kept, shelf: Shelf) -> int:
    files = {path: found for path in paths if (found := _file_of(path, shelf))}
    needed = set(kept(files.values())) if files else set()
    gone = [path for path in paths if path.suffix == DRAFT or (path in files and files[path] not in needed)]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def path_of(data_dir: Path, office_id: int, file_id: UUID, shelf: Shelf) -> Path:
    """Where the file lies, or would. The last digits spread the files: the first are the time's."""
    return data_dir / shelf.folder / str(office_id) / file_id.hex[-2:] / f"{file_id}{shelf.ending}"


def _file_of(path: Path, shelf: Shelf) -> File | None:
    """None for what stands on another shelf."""
    try:
        return (int(path.parent.parent.name), UUID(path.stem)) if path.suffix == shelf.ending else None
    except ValueError:
        return None


def _make_folder(folder: Path) -> None:
    """With each folder's name safely in the one above it."""
    for missing in reversed([path for path in _upwards(folder) if not path.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
        settle(missing.parent)


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def settle(folder: Path) -> None:
    """A new or removed name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
