"""A backup's outside: a file that is whole or not there, for the owner alone, sealed with age when there is a key."""

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pyrage

from core import media
from core.errors import Refused

CHUNK = 1024 * 1024
SEALED_BEGINS = b"age-encryption.org/"
WRONG_KEY = "Cadangan ini disandi dengan kunci lain. Pasang BACKUP_KEY yang dipakai ketika cadangan dibuat."
CHANGED = "Isi cadangan ini berubah atau terpotong sejak dibuat. Pakai berkas cadangan lain."


class Tally:
    """Passes bytes on to a file or from it, counts and hashes them."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def write(self, content: bytes) -> int:
        """All of it."""
        self.file.write(content)
        return self._told(content)

    def read(self, size: int = -1) -> bytes:
        """As the file does."""
        content = self.file.read(size)
        self._told(content)
        return content

    def flush(self) -> None:
        """As the file does."""
        self.file.flush()

    def _told(self, content: bytes) -> int:
        self.digest.update(content)
        self.size += len(content)
        return len(content)


def is_sealed(path: Path) -> bool:
    """Whether the file is encrypted; raises Refused when it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(SEALED_BEGINS)) == SEALED_BEGINS
    except OSError as fault:
        raise Refused(f"{path} tidak dapat dibaca: {fault.strerror}.") from fault


def digest_of(path: Path) -> str:
    """The SHA-256 of the file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, keys: Sequence[str], fill: Callable[[IO[bytes]], None]) -> Tally:
    """Have `fill` write the file, sealed with the first key. Whole or not there; its size and hash."""
    with media.whole(path, path.with_name(path.name + media.DRAFT), os.O_TRUNC) as file:
        tally = Tally(file)
        _sealed(tally, keys[0], fill) if keys else fill(tally)  # type: ignore[arg-type]
    return tally


def read(path: Path, keys: Sequence[str], take: Callable[[IO[bytes]], None]) -> None:
    """Have `take` read what the file holds; raises Refused when the key is another or a byte was changed."""
    if not is_sealed(path):
        with path.open("rb") as file:
            take(file)
        return
    if not keys:
        raise Refused("Cadangan ini disandi. Pasang BACKUP_KEY yang dipakai ketika cadangan dibuat.")
    _unsealed(path, keys, take)


def _sealed(out: Tally, key: str, fill: Callable[[IO[bytes]], None]) -> None:
    """Through a pipe to a thread of its own: the whole is never in the memory."""
    identity = pyrage.x25519.Identity.from_str(key)
    source, sink = _pipe()

    def seal() -> None:
        try:
            with source:
                pyrage.encrypt_io(source, out, [identity.to_public()])  # type: ignore[arg-type]
        except pyrage.EncryptError as fault:  # its words hold those of the fault below it
            raise OSError(str(fault)) from fault

    with ThreadPoolExecutor(1) as pool:
        sealing = pool.submit(seal)
        try:
            with sink:
                fill(sink)
        except BrokenPipeError:
            sealing.result()  # why the other end was closed
            raise
        sealing.result()


def _unsealed(path: Path, keys: Sequence[str], take: Callable[[IO[bytes]], None]) -> None:
    identities = [pyrage.x25519.Identity.from_str(key) for key in keys]
    source, sink = _pipe()

    def unseal() -> None:
        with path.open("rb") as file, sink:
            pyrage.decrypt_io(file, sink, identities)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as pool:
        unsealing = pool.submit(unseal)
        try:
            with source:
                take(source)
                while source.read(CHUNK):  # to the end, whose mark says that nothing is missing
                    pass
        except BaseException:
            _raise_refusal(unsealing)
            raise
        _raise_refusal(unsealing)


def _raise_refusal(unsealing: Future[None]) -> None:
    try:
        unsealing.result()
    except pyrage.DecryptError as fault:
        raise Refused(WRONG_KEY if "key" in str(fault) else CHANGED) from fault
    except BrokenPipeError:
        return
    except OSError as fault:
        raise Refused(CHANGED) from fault


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    source, sink = os.pipe()
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")
