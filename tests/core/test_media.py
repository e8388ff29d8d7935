"""Files beside the database: whole or not there, private, and swept when nobody needs them."""

import os
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core import media
from tests import make

OFFICE = make.OFFICE


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_written_can_be_read(tmp_path: Path) -> None:
    photo_id = uuid4()
    media.write(tmp_path, OFFICE, photo_id, b"gambar")
    assert media.read(tmp_path, OFFICE, photo_id) == b"gambar"
    assert media.read(tmp_path, OFFICE + 1, photo_id) is None


def test_it_is_the_owners_alone(tmp_path: Path) -> None:
    media.write(tmp_path, OFFICE, uuid4(), b"gambar")
    assert {path.stat().st_mode & 0o777 for path in files(tmp_path)} == {0o600}
    folders = [path for path in (tmp_path / "media").rglob("*") if path.is_dir()] + [tmp_path / "media"]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_what_is_erased_is_gone(tmp_path: Path) -> None:
    photo_id = uuid4()
    media.write(tmp_path, OFFICE, photo_id, b"gambar")
    media.erase(tmp_path, OFFICE, photo_id)
    media.erase(tmp_path, OFFICE, photo_id)
    assert media.read(tmp_path, OFFICE, photo_id) is None


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", lambda handle: full(handle) if os.fstat(handle).st_mode & 0o100000 else None)
    with pytest.raises(OSError, match="no space"):
        media.write(tmp_path, OFFICE, uuid4(), b"gambar")
    assert files(tmp_path) == []


def test_the_disk_is_asked_before_it_counts_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(handle: int) -> None:
        done.append("file" if os.fstat(handle).st_mode & 0o100000 else "folder")
        fsync(handle)

    def noted_replace(path: Path, to: Path) -> Path:
        done.append("rename")
        return replace(path, to)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    media.write(tmp_path, OFFICE, uuid4(), b"gambar")
    assert done[-3:] == ["file", "rename", "folder"]


def test_files_that_nobody_needs_are_removed_after_a_while(tmp_path: Path) -> None:
    needed, orphan, fresh = uuid4(), uuid4(), uuid4()
    for photo_id in (needed, orphan, fresh):
        media.write(tmp_path, OFFICE, photo_id, b"gambar")
    draft = files(tmp_path)[0].with_name("x.jpg.0a.part")
    draft.write_bytes(b"setengah")
    for path in files(tmp_path):
        if fresh.hex not in path.stem.replace("-", ""):
            os.utime(path, (0, 0))

    def kept(asked: Collection[media.File]) -> set[media.File]:
        return set(asked) & {(OFFICE, needed)}

    assert media.remove_orphans(tmp_path, kept, before=make.START - timedelta(days=1)) == 2
    assert {UUID(path.stem) for path in files(tmp_path)} == {needed, fresh}


def test_nothing_to_sweep_is_no_fault(tmp_path: Path) -> None:
    assert media.remove_orphans(tmp_path, set, before=make.START) == 0
