"""Secret keys: made once, kept in the data folder for the owner alone (mode 600)."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def kept_key(data_dir: Path, name: str) -> str:
    """The hex key kept as `name` in `data_dir`; made there when absent. Safe when two processes start at once."""
    path = data_dir / name
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def passing_key() -> str:
    """One that is kept nowhere."""
    return secrets.token_hex(KEY_BYTES)


def add_newer(data_dir: Path, name: str) -> None:
    """Put a new key before those kept as `name`: it seals from the next start on, and the others open still."""
    _replace(data_dir / name, f"{passing_key()}\n{kept_key(data_dir, name)}")


def keep_newest(data_dir: Path, name: str) -> int:
    """Forget all keys but the newest: how many are gone."""
    newest, *older = kept_key(data_dir, name).splitlines()
    if older:
        _replace(data_dir / name, newest)
    return len(older)


def _replace(path: Path, text: str) -> None:
    """All of it or nothing, and on the disk when this returns."""
    draft = _draft(path, text)
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
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
