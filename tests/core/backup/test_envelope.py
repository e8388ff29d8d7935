"""A backup's file: whole or not there, and nothing is taken from one that was changed, cut short or made for others."""

import errno
import os
from pathlib import Path
from typing import IO, Any

import pytest

from core.backup import archive, envelope
from core.backup.archive import Writer
from core.backup.manifest import Manifest
from core.errors import Refused
from tests.core.backup.houses import KEY, NOW, OTHER_KEY

BODY = os.urandom(300_000)
both = pytest.mark.parametrize("keys", [(), (KEY,)], ids=["plain", "sealed"])


def fill(out: IO[bytes]) -> None:
    body = Path(os.environ["BODY"])
    writer = Writer(out, NOW)
    writer.add("database", body)
    writer.add("files/media/1/aa/photo.jpg", body)
    writer.finish(Manifest(NOW, "sqlite", "0001", {}, {}, writer.parts))


@pytest.fixture(autouse=True)
def _body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "body").write_bytes(BODY)
    monkeypatch.setenv("BODY", str(tmp_path / "body"))


def read(path: Path, *keys: str, folder: Path | None = None) -> Manifest:
    found: list[Manifest] = []
    place = (lambda name: folder / name) if folder else (lambda _name: None)
    envelope.read(path, keys, lambda source: found.append(archive.read(source, place)))
    return found[0]


@both
def test_what_went_in_comes_out(tmp_path: Path, keys: tuple[str, ...]) -> None:
    tally = envelope.write(tmp_path / "a", keys, fill)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert (tally.size, tally.digest.hexdigest()) == (
        (tmp_path / "a").stat().st_size,
        envelope.digest_of(tmp_path / "a"),
    )
    assert envelope.is_sealed(tmp_path / "a") is bool(keys)
    assert set(read(tmp_path / "a", *keys, folder=tmp_path / "out").parts) == {"database", "files/media/1/aa/photo.jpg"}
    assert (tmp_path / "out" / "database").read_bytes() == BODY


def test_any_of_several_keys_opens(tmp_path: Path) -> None:
    envelope.write(tmp_path / "a", (KEY, OTHER_KEY), fill)
    assert read(tmp_path / "a", OTHER_KEY, KEY)
    with pytest.raises(Refused, match="kunci lain"):
        read(tmp_path / "a", OTHER_KEY)
    with pytest.raises(Refused, match="Pasang BACKUP_KEY"):
        read(tmp_path / "a")


@both
@pytest.mark.parametrize("part", [0.001, 0.2, 0.5, 0.8, 0.995])
def test_a_changed_byte_is_found(tmp_path: Path, keys: tuple[str, ...], part: float) -> None:
    envelope.write(tmp_path / "a", keys, fill)
    raw = bytearray((tmp_path / "a").read_bytes())
    raw[int(len(raw) * part)] ^= 1
    (tmp_path / "a").write_bytes(raw)
    with pytest.raises(Refused):
        read(tmp_path / "a", *keys)


@both
@pytest.mark.parametrize("part", [0, 0.0001, 0.3, 0.6, 0.96])
def test_a_file_cut_short_is_found(tmp_path: Path, keys: tuple[str, ...], part: float) -> None:
    envelope.write(tmp_path / "a", keys, fill)
    os.truncate(tmp_path / "a", int((tmp_path / "a").stat().st_size * part))
    with pytest.raises(Refused):
        read(tmp_path / "a", *keys)


@both
def test_a_full_disk_leaves_nothing(tmp_path: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(tally: envelope.Tally, content: bytes) -> int:
        if tally.size + len(content) > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return int(whole(tally, content))

    whole: Any = envelope.Tally.write
    monkeypatch.setattr(envelope.Tally, "write", full)
    with pytest.raises(OSError, match="No space"):
        envelope.write(tmp_path / "a", keys, fill)
    assert [path.name for path in tmp_path.iterdir()] == ["body"]


def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    def outside(out: IO[bytes]) -> None:
        writer = Writer(out, NOW)
        writer.add("../outside", tmp_path / "body")
        writer.finish(Manifest(NOW, "sqlite", "0001", {}, {}, writer.parts))

    envelope.write(tmp_path / "a", (), outside)
    with pytest.raises(Refused):
        read(tmp_path / "a", folder=tmp_path / "out")
    assert not (tmp_path / "outside").exists()
