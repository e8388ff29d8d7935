"""Sheets on their way in: kept on the disk between the steps, for a day at most."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from uuid import UUID, uuid4

from core.config import ROOT
from core.errors import Missing, Refused

FOLDER = "uploads"
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024  # of a workbook, which is a packed file
MOST_PARTS = 1000
KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 120
PACKED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# An OpenDocument file names its type in its first, unpacked part.
OPEN_DOCUMENT, NAMED_WITHIN = b"application/vnd.oasis.opendocument.spreadsheet", 200
CONVERTED = frozenset({".xls", ".ods"})
PATIENCE_S = 60.0
GONE = "Berkas ini sudah dimasukkan atau dihapus. Unggah lagi kalau masih perlu."
BROKEN = "Berkas ini bukan lembar kerja yang utuh. Simpan ulang sebagai XLSX dari aplikasi lembar kerja."


@dataclass(frozen=True)
class Upload:
    """A kept sheet: where it lies, what it was called, and how its columns were matched (empty: not yet)."""

    id: UUID
    path: Path
    file_name: str
    matching: Mapping[str, str]


def keep(data_dir: Path, office_id: int, stream: IO[bytes], file_name: str) -> Upload:
    """Keep what was sent; raises Refused for what is too large or no sheet."""
    content = stream.read(MOST_BYTES + 1)
    kind = _kind(content)
    if kind in CONVERTED:
        content, kind = _converted(content, kind), ".xlsx"
    folder = _folder(data_dir, office_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    upload_id = uuid4()
    upload = Upload(upload_id, folder / f"{upload_id}{kind}", _plain_name(file_name), {})
    _write(upload.path, content)
    try:
        _check_unpacked(upload.path)
    except Refused:
        upload.path.unlink(missing_ok=True)
        raise
    note(upload, {})
    return upload


def find(data_dir: Path, office_id: int, upload_id: UUID) -> Upload:
    """A kept sheet of this office; raises Missing."""
    folder = _folder(data_dir, office_id)
    try:
        notes = json.loads((folder / f"{upload_id}.json").read_text(encoding="utf-8"))
        path = next(folder / f"{upload_id}{kind}" for kind in (".csv", ".xlsx") if _is_there(folder, upload_id, kind))
    except (FileNotFoundError, StopIteration):
        raise Missing(GONE) from None
    return Upload(upload_id, path, notes["file_name"], notes["matching"])


def note(upload: Upload, matching: Mapping[str, str]) -> Upload:
    """Write down how the columns were matched."""
    notes = {"file_name": upload.file_name, "matching": dict(matching)}
    _write(upload.path.with_suffix(".json"), json.dumps(notes).encode())
    return replace(upload, matching=matching)


def remove(upload: Upload) -> None:
    """Remove a sheet and its notes, if they are there."""
    for suffix in (".json", upload.path.suffix):
        upload.path.with_suffix(suffix).unlink(missing_ok=True)


def remove_old(data_dir: Path, *, now: datetime) -> int:
    """Remove what has waited longer than a day; how many files."""
    before = (now - KEPT_FOR).timestamp()
    old = [path for path in (data_dir / FOLDER).glob("*/*") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder(data_dir: Path, office_id: int) -> Path:
    return data_dir / FOLDER / str(office_id)


def _is_there(folder: Path, upload_id: UUID, kind: str) -> bool:
    return (folder / f"{upload_id}{kind}").exists()


def _write(path: Path, content: bytes) -> None:
    """For the owner alone, whole or not there."""
    draft = path.with_name(f"{path.name}.{uuid4().hex}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    draft.replace(path)


def _kind(content: bytes) -> str:
    """The ending, by what the file begins with."""
    if not content.strip():
        raise Refused("Berkas ini kosong.", "sheet")
    if len(content) > MOST_BYTES:
        raise Refused("Berkas ini lebih dari 10 MB. Bagi menjadi beberapa berkas.", "sheet")
    if content.startswith(OLD_EXCEL):
        return ".xls"
    if content.startswith(PACKED):
        return ".ods" if OPEN_DOCUMENT in content[:NAMED_WITHIN] else ".xlsx"
    return ".csv"


def _converted(content: bytes, kind: str) -> bytes:
    """The same sheet as XLSX; raises Refused when it is none, or claims more than any sheet holds."""
    with TemporaryDirectory(prefix="sukma-lembar-") as folder:
        source, target = Path(folder, f"asal{kind}"), Path(folder, "jadi.xlsx")
        source.write_bytes(content)
        command = [sys.executable, "-m", "survey.editing.converting", str(source), str(target)]
        try:
            subprocess.run(command, cwd=ROOT, check=True, timeout=PATIENCE_S, capture_output=True)  # noqa: S603 (our own)
            return target.read_bytes()
        except (subprocess.SubprocessError, OSError) as fault:
            raise Refused(BROKEN, "sheet") from fault


def _check_unpacked(path: Path) -> None:
    """A small packed file may hold very much: refuse it before anything unpacks it."""
    if path.suffix != ".xlsx":
        return
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise Refused(BROKEN, "sheet") from fault
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("Isi berkas ini terlalu besar untuk dibuka. Simpan ulang sebagai CSV.", "sheet")


def _plain_name(name: str) -> str:
    """The last part of a name, without what nobody can type."""
    plain = "".join(letter for letter in name.replace("\\", "/").rsplit("/", maxsplit=1)[-1] if letter.isprintable())
    return plain[-LONGEST_NAME:] or "lembar"
