"""The list at the end of a backup: what it holds, of when, and the hash of each part."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from core.errors import Refused

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True)
class Part:
    """One file within a backup; `size` in bytes, `sha256` in hex."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`database`: "sqlite" or "postgresql"; `revision` of its tables. `counts`: rows by table. `missing`: files that
    rows name and that were not there; `gone`: the same, but erased on purpose while the backup was made.
    """

    made_at: datetime
    database: str
    revision: str
    counts: Mapping[str, int]
    facts: Mapping[str, str]
    parts: Mapping[str, Part]
    missing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    def as_json(self) -> bytes:
        """As it is written."""
        plain = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(plain, indent=1, sort_keys=True).encode()


def read(raw: bytes) -> Manifest:
    """Raises Refused for what is no list of ours, or of a later format."""
    try:
        plain: dict[str, Any] = json.loads(raw)
        if plain["format"] > FORMAT:
            raise Refused("Cadangan ini dibuat oleh versi aplikasi yang lebih baru. Pasang versi itu, lalu ulangi.")
        return _made(plain)
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused("Daftar isi cadangan ini tidak dapat dibaca. Pakai berkas cadangan lain.") from fault


def _made(plain: Mapping[str, Any]) -> Manifest:
    return Manifest(
        made_at=datetime.fromisoformat(plain["made_at"]),
        database=str(plain["database"]),
        revision=str(plain["revision"]),
        counts=dict(plain["counts"]),
        facts=dict(plain["facts"]),
        parts={name: Part(**part) for name, part in plain["parts"].items()},
        missing=tuple(plain["missing"]),
        gone=tuple(plain["gone"]),
        format=int(plain["format"]),
    )
