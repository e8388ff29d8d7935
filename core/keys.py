"""Secret keys: made once, kept in the data folder for the owner alone (mode 600).

One may be several, newest first, each on a line (core/sealing.py): it is changed by putting a newer one before, and by
forgetting the older ones later. Both may be done while people work (docs/adr/0041).
"""

import fcntl
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core.errors import Refused

KEY_BYTES = 32
BEFORE = "before"  # how a replaced file's name ends, for as long as somebody may work with what stands in it
POLL_S = 0.02
TURN_S = 60.0  # longer than whoever changes a key waits for those who work
WORK_S = 30.0
TAKEN = "Kunci sedang diganti, atau cadangan sedang dibuat. Ulangi sesudah itu selesai."
AT_WORK = (
    "Masih ada pekerjaan yang dimulai dengan kunci sebelumnya. Ulangi sebentar lagi; kalau tetap begini, mulai ulang "
    "layanan dan penjadwal, lalu ulangi."
)


@dataclass(frozen=True)
class Held:
    """A kept key that stays good for whoever holds it: until `let_go`, nobody forgets a line of it."""

    text: str
    handle: int

    def let_go(self) -> None:
        """Done with it."""
        os.close(self.handle)


def kept_key(data_dir: Path, name: str) -> str:
    """The hex key kept as `name` in `data_dir`; made there when absent. Safe when two processes start at once."""
    path = data_dir / name
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def passing_key() -> str:
    """One that is kept nowhere."""
    return secrets.token_hex(KEY_BYTES)


def held_key(data_dir: Path, name: str) -> Held:
    """The key as the file has it now; raises FileNotFoundError. Writes nothing, so it works on a full disk, too."""
    path = data_dir / name
    while True:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return Held(os.pread(handle, os.fstat(handle).st_size, 0).decode("ascii").strip(), handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # replaced meanwhile: who did so may not have seen us


def add_newer(data_dir: Path, name: str, known: Callable[[], object]) -> None:
    """Put a new key before those kept as `name`. First it only opens, until everybody who works knows it; then, once
    `known` has been called, it seals. Raises Refused when somebody works too long with what was there before; once
    more goes on from there.
    """
    with _alone(data_dir, name):
        path, lines = data_dir / name, kept_key(data_dir, name).splitlines()
        if newest(lines) == lines[0]:
            lines = [lines[0], passing_key(), *lines]
            _replace(path, lines)
        _wait_for_older(path)
        known()
        _replace(path, lines[1:])


def newest(lines: Sequence[str]) -> str:
    """Of the keys in a file; one that only opens as yet stands between the one that seals, and that one again."""
    return lines[1] if lines[0] in lines[1:] else lines[0]


def wait_for_older(data_dir: Path, name: str) -> None:
    """Return once nobody works with what was kept as `name` before the newest key came; raises Refused."""
    with _alone(data_dir, name):
        _wait_for_older(data_dir / name)


def keep_newest(data_dir: Path, name: str, check: Callable[[str], object]) -> int:
    """Forget all keys but the newest: how many are gone. `check` gets all of them, and raises what speaks against it;
    by then nothing is sealed with an older one any more.
    """
    with _alone(data_dir, name):
        path, key = data_dir / name, kept_key(data_dir, name)
        _wait_for_older(path)
        check(key)
        first, *older = key.splitlines()
        if older:
            _replace(path, [first])
            for known in _replaced(path):
                known.unlink()
            _sync(path.parent)
        return len({*older} - {first})


@contextmanager
def unchanged(data_dir: Path, name: str) -> Iterator[None]:
    """While this lasts, the file of this name is not changed; raises Refused when it is being changed for long."""
    with _turn(data_dir, name, fcntl.LOCK_SH):
        yield


@contextmanager
def _alone(data_dir: Path, name: str) -> Iterator[None]:
    with _turn(data_dir, name, fcntl.LOCK_EX):
        yield


@contextmanager
def _turn(data_dir: Path, name: str, how: int) -> Iterator[None]:
    handle = os.open(data_dir / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle, how, TURN_S, TAKEN)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, how: int, seconds: float, refusal: str) -> None:
    deadline = time.monotonic() + seconds
    while True:
        with suppress(BlockingIOError):
            return fcntl.flock(handle, how | fcntl.LOCK_NB)
        if time.monotonic() > deadline:
            raise Refused(refusal)
        time.sleep(POLL_S)


def _wait_for_older(path: Path) -> None:
    for known in _replaced(path):
        handle = os.open(known, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _lock(handle, fcntl.LOCK_EX, WORK_S, AT_WORK)
            known.unlink()
        finally:
            os.close(handle)


def _replaced(path: Path) -> list[Path]:
    """What somebody may still hold. A replacing that was cut short has left the file itself under that name."""
    found = sorted(path.parent.glob(f"{path.name}.*.{BEFORE}"))
    for known in filter(path.samefile, found):
        known.unlink()
    return [known for known in found if known.exists()]


def _replace(path: Path, lines: list[str]) -> None:
    """All of it or nothing, and on the disk when this returns. What was there keeps a name by which those who hold it
    are found.
    """
    draft = _draft(path, "\n".join(lines))
    os.link(path, path.with_name(f"{path.name}.{secrets.token_hex(4)}.{BEFORE}"))
    draft.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(path, passing_key())
    try:
        os.link(draft, path)  # fails when another process was first: its key then holds
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
