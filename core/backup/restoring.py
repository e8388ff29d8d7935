"""Restores a backup: verified first, then put in place of what was there, which is moved aside and never deleted."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from pysqlite3 import dbapi2
from sqlalchemy.engine import URL, make_url

from core import jobs, media
from core.backup import archive, envelope, house, postgres, recording, scratch, snapshots, unfinished, verifying
from core.backup.house import House
from core.backup.rooms import rooms_here
from core.backup.verifying import Verified
from core.calendar import WIB
from core.config import Settings
from core.db import reader
from core.errors import Refused

JUST_MADE = timedelta(minutes=1)  # keys that this very command made when it began
IN_USE = (
    "Data ini sedang dipakai oleh layanan yang berjalan. Hentikan dahulu (Ctrl-C atau systemctl stop), lalu ulangi."
)


@dataclass(frozen=True)
class Restored:
    """`aside`: where what was there before now is; empty when nothing was."""

    verified: Verified
    aside: Sequence[str]


def whose_data() -> str | None:
    """Whose data would be overwritten; None where there is none, "" where it can't be told."""
    settings: Settings = current_app.config["SETTINGS"]
    url = make_url(settings.database_url)
    if snapshots.is_postgres(url) and not postgres.exists(url):
        return None
    if any(next((settings.data_dir / name).glob("**/*.*"), None) for name in _shelves()):
        return _owner() or ""
    return _owner()


def _owner() -> str | None:
    """None: no tables."""
    try:
        if not snapshots.counts(reader()):
            return None
        return rooms_here().owner(reader()) or ""
    except Exception:  # noqa: BLE001 (a damaged database is overwritten like any other, but not taken for none)
        return ""
    finally:
        house.close()


def restore(path: Path, *, now: datetime) -> Restored:
    """Put the backup in the place of whatever is there. Ask `whose_data` and the person first."""
    settings: Settings = current_app.config["SETTINGS"]
    url = make_url(settings.database_url)
    is_bare = _owner() is None
    refuse_in_use(url)
    with scratch.folder(settings.data_dir, now=now) as folder:
        manifest = house.unpack(path, folder, with_files=True)
        if (manifest.database == snapshots.POSTGRES) is not snapshots.is_postgres(url):
            raise Refused(house.OTHER_KIND.format(manifest.database))
        with house.opened(folder, manifest, now=now) as found:
            verified = verifying.proven(found, now=now)
            verifying.refuse_faulty(verified)
            house.close()
            unfinished.mark(settings.data_dir)
            aside = _swap(settings, found, is_bare=is_bare, now=now)
    return Restored(verified, aside)


def follow_up(path: Path, verified: Verified, *, now: datetime) -> None:
    """What a restored house needs before it serves anybody, in an application of its own: this one was built before
    it. Only then is the restore finished.
    """
    settings: Settings = current_app.config["SETTINGS"]
    rooms = rooms_here()
    own = {"SECRET_KEY": settings.secret_key} if settings.secret_key else {}
    app = rooms.make_app({**house.environ(settings.data_dir, make_url(settings.database_url)), **own})
    with app.app_context():
        jobs.free_all()
        recording.verified(envelope.digest_of(path), verified, path, now=now)
        for step in rooms.after_restore:
            step(now)
        house.close()
    unfinished.clear(settings.data_dir)


def refuse_in_use(url: URL) -> None:
    """Raises Refused while a server has the data open."""
    if snapshots.is_postgres(url):
        if postgres.exists(url) and postgres.others(url):
            raise Refused(IN_USE)
        return
    with _alone(Path(url.database or "")):
        pass


def _swap(settings: Settings, found: House, *, is_bare: bool, now: datetime) -> Sequence[str]:
    """`is_bare`: our database has no tables, and need not be kept."""
    url, moment = make_url(settings.database_url), f"{now.astimezone(WIB):%Y%m%d-%H%M%S}"
    aside = settings.data_dir / f"before-restore-{moment}"
    if snapshots.is_postgres(url):
        moved = _swap_database(url, found.url, moment, is_bare=is_bare)
    else:
        path = Path(url.database or "")
        with _alone(path):
            moved = _swap_file(path, found.folder / house.FILE, aside, is_bare=is_bare)
    for name in _shelves():
        moved |= _replace(settings.data_dir / name, found.folder / archive.FILES / name, aside / name)
    for name in (name for name in found.manifest.parts if name.startswith(f"{archive.KEYS}/")):
        moved |= _replace_key(settings.data_dir, Path(name).relative_to(archive.KEYS), found.folder, aside, now)
    media.settle(settings.data_dir)
    return sorted(moved)


def _swap_database(ours: URL, scratch_url: URL, moment: str, *, is_bare: bool) -> set[str]:
    """Renames only: the old one stays on the server."""
    name, moved = str(ours.database), set[str]()
    if postgres.exists(ours) and is_bare:
        postgres.drop(scratch_url, name)
    elif postgres.exists(ours):
        old = f"{name[:40]}_before_{moment.replace('-', '_')}"
        postgres.rename(ours, name, old)
        moved = {f"basis data {old}"}
    postgres.rename(ours, str(scratch_url.database), name)
    return moved


def _swap_file(path: Path, restored: Path, aside: Path, *, is_bare: bool) -> set[str]:
    beside = [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")]
    old = [each for each in (path, *beside) if each.exists() and not is_bare]
    moved = {place for each in old for place in _put_aside(each, aside / each.name)}
    for each in beside:
        each.unlink(missing_ok=True)
    shutil.move(restored, path)
    path.chmod(0o600)
    return moved


def _replace(place: Path, restored: Path, aside: Path) -> set[str]:
    moved = _put_aside(place, aside) if place.exists() else set()
    if restored.exists():
        shutil.move(restored, place)
    return moved


def _replace_key(data_dir: Path, name: Path, folder: Path, aside: Path, now: datetime) -> set[str]:
    place, key = data_dir / name, folder / name
    is_other = place.exists() and place.read_bytes() != key.read_bytes()
    is_old = is_other and place.stat().st_mtime < (now - JUST_MADE).timestamp()
    moved = _put_aside(place, aside / name) if is_old else set()
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.move(key, place)
    return moved


def _put_aside(place: Path, aside: Path) -> set[str]:
    aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.move(place, aside)
    return {str(aside)}


def _shelves() -> Sequence[str]:
    return sorted({filed.shelf.folder for filed in rooms_here().filed})


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else has the SQLite file open, nor opens it meanwhile; raises Refused."""
    with closing(dbapi2.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            ((mode,),) = connection.execute("PRAGMA journal_mode=DELETE").fetchall()  # no one else may have it open
            if mode != "delete":
                raise Refused(IN_USE)
            connection.execute("BEGIN EXCLUSIVE")
        except dbapi2.OperationalError as fault:
            raise Refused(IN_USE) from fault
        except dbapi2.DatabaseError:  # no database at all, or a broken one: nobody can be using it
            pass
        yield
