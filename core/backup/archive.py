"""A backup's inside: a tar with the database first, then files, keys, and the list of all at its end."""

import io
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Self

from core.backup import manifest as manifests
from core.backup.envelope import CHANGED, CHUNK, Tally
from core.backup.manifest import Manifest, Part
from core.errors import Refused

DATABASE = "database"
KEYS = "keys"
FILES = "files"
LARGEST_MANIFEST = 512 * 1024 * 1024
FOREIGN = "Berkas ini bukan cadangan dari aplikasi ini, atau isinya terpotong."


class Writer:
    """Adds parts to a tar one after the other, and notes size and hash of each."""

    def __init__(self, out: IO[bytes], moment: datetime) -> None:
        self.tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK)  # noqa: SIM115
        self.moment, self.parts = moment, dict[str, Part]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        """Let go of what a fault left half written, while the file behind it is open: a destructor would come later."""
        with suppress(OSError):
            self.tar.fileobj.close()

    def add(self, name: str, path: Path) -> None:
        """A file, by its name within the backup; raises FileNotFoundError."""
        with path.open("rb") as file:
            info = self._info(name, path.stat().st_size)
            tally = Tally(file)
            self.tar.addfile(info, tally)
        self.parts[name] = Part(tally.size, tally.digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """The list, and the end."""
        raw = manifest.as_json()
        self.tar.addfile(self._info(manifests.NAME, len(raw)), io.BytesIO(raw))
        self.tar.close()

    def _info(self, name: str, size: int) -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(self.moment.timestamp())
        return info


def read(source: IO[bytes], place: Callable[[str], Path | None]) -> Manifest:
    """Take everything out, each part to the path that `place` gives its name (None: hashed and let go), and compare it
    with the list; raises Refused when anything differs.
    """
    found: dict[str, Part] = {}
    raw = b""
    try:
        with tarfile.open(fileobj=source, mode="r|", bufsize=CHUNK) as tar:
            for info, content in _members(tar):
                if info.name == manifests.NAME:
                    raw = content.read(LARGEST_MANIFEST)
                else:
                    found[info.name] = _take(content, place(info.name))
    except (tarfile.TarError, EOFError) as fault:
        raise Refused(FOREIGN) from fault
    if not raw:
        raise Refused(FOREIGN)
    manifest = manifests.read(raw)
    _compare(found, manifest.parts)
    return manifest


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Regular files only, whose names stay within the folder they are put in."""
    for info in tar:
        content = tar.extractfile(info) if info.isreg() else None
        if content is None or info.name.startswith("/") or ".." in Path(info.name).parts:
            raise Refused(FOREIGN)
        yield info, content


def _take(content: IO[bytes], path: Path | None) -> Part:
    tally = Tally(content)
    if path is None:
        while tally.read(CHUNK):
            pass
        return Part(tally.size, tally.digest.hexdigest())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        path.chmod(0o600)
        while block := tally.read(CHUNK):
            file.write(block)
    return Part(tally.size, tally.digest.hexdigest())


def _compare(found: Mapping[str, Part], listed: Mapping[str, Part]) -> None:
    differing = sorted(name for name in found.keys() | listed.keys() if found.get(name) != listed.get(name))
    if differing:
        raise Refused(f"{CHANGED} Yang tidak cocok: {', '.join(differing[:3])}.")
