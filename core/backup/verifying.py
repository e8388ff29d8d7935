"""Verifies a backup as only a restore can: unpacked, put into a scratch database, upgraded, and asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app

from core import schema
from core.backup import archive, creating, house, scratch, snapshots
from core.backup.house import House
from core.backup.manifest import Manifest
from core.backup.rooms import Rooms, rooms_here
from core.config import Settings
from core.db import read_afresh
from core.errors import Refused

SHOWN = 3


@dataclass(frozen=True)
class Verified:
    """What was compared, in words; `faults` are those that did not match: none when the backup is good."""

    manifest: Manifest
    compared: Sequence[str]
    faults: Sequence[str]

    @property
    def is_good(self) -> bool:
        """Whether all of it matched."""
        return not self.faults


def verify(path: Path, *, now: datetime) -> Verified:
    """Raises Refused when the file can't even be read whole."""
    settings: Settings = current_app.config["SETTINGS"]
    with scratch.folder(settings.data_dir, now=now) as folder:
        manifest = house.unpack(path, folder, with_files=False)
        with house.opened(folder, manifest, now=now) as found:
            return proven(found, now=now)


def proven(found: House, *, now: datetime) -> Verified:
    """Ask the scratch house, in its own context; its database is this release's afterwards."""
    rooms, manifest = rooms_here(), found.manifest
    pairs = [_of_parts(manifest), _of_counts(manifest)]
    schema.upgrade(now=now, is_scratch=True)
    pairs += [_of_schema(manifest), _of_files(rooms, manifest)]
    pairs += _of_checks(rooms) + _of_facts(rooms, manifest)
    read_afresh()
    faults = [f"{what}: {fault}" for what, fault in pairs if fault]
    return Verified(manifest, [what for what, fault in pairs if not fault], faults)


def _of_parts(manifest: Manifest) -> tuple[str, str]:
    """Refused before when one had differed."""
    size = _grouped(sum(part.size for part in manifest.parts.values()))
    return f"sidik {_grouped(len(manifest.parts))} bagian, {size} bita", ""


def _of_counts(manifest: Manifest) -> tuple[str, str]:
    found = snapshots.counts(read_afresh())
    differing = sorted(name for name in {**found, **manifest.counts} if found.get(name) != manifest.counts.get(name))
    rows = _grouped(sum(manifest.counts.values()))
    return f"{rows} baris dalam {len(manifest.counts)} tabel", _few(differing)


def _of_schema(manifest: Manifest) -> tuple[str, str]:
    head = schema.known()[0]
    step = f"skema {manifest.revision}" + (f", dimutakhirkan ke {head}" if manifest.revision != head else "")
    return step, "" if schema.is_current() else "tidak sampai"


def _of_files(rooms: Rooms, manifest: Manifest) -> tuple[str, str]:
    """Every file that a row names must be there, but for those erased while the backup was made."""
    named = creating.files_named(rooms, read_afresh())
    absent = named.keys() - manifest.parts.keys() - set(manifest.gone)
    extra = [name for name in manifest.parts if name.startswith(f"{archive.FILES}/") and name not in named]
    return f"{len(named)} berkas yang disebut basis data", _few(sorted(absent) + extra)


def _of_checks(rooms: Rooms) -> list[tuple[str, str]]:
    return [(name, check(read_afresh()) or "") for name, check in (rooms.checks or {}).items()]


def _of_facts(rooms: Rooms, manifest: Manifest) -> list[tuple[str, str]]:
    """Those that both the maker of the backup and this release know."""
    known = {name: ask for name, ask in (rooms.facts or {}).items() if name in manifest.facts}
    found = {name: ask(read_afresh()) for name, ask in known.items()}
    return [(name, "" if found[name] == manifest.facts[name] else "keluar lain") for name in known]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _few(names: Sequence[str]) -> str:
    more = f" dan {len(names) - SHOWN} lagi" if len(names) > SHOWN else ""
    return f"tidak cocok: {', '.join(names[:SHOWN])}{more}" if names else ""


def refuse_faulty(found: Verified) -> None:
    """Raises Refused unless all matched."""
    if not found.is_good:
        raise Refused("Cadangan ini tidak baik:\n  " + "\n  ".join(found.faults))
