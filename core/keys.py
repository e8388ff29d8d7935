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


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when another process was first: its key then holds
    except FileExistsError:
        pass
    finally:
        draft.unlink()
