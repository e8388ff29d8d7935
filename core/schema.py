"""Which release's tables a database has, and the step from one to the next."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, current_app
from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from core import key_marks
from core.backup import postgres, snapshots, unfinished
from core.calendar import WIB
from core.config import ROOT, Settings
from core.db import db, read_afresh, writer_engine
from core.errors import Refused

BEFORE = "before-upgrade"
KEPT_COPIES = 3
NEWER = (
    "Basis data ini dipakai oleh versi aplikasi yang lebih baru (skema {found}; versi ini mengenal sampai {known}). "
    "Pasang kembali versi yang lebih baru itu, atau pulihkan cadangan dari sebelum pemutakhiran: "
    "flask --app wsgi backup restore BERKAS --overwrite"
)

NO_WAY_BACK = (
    "Basis data ini berisi data, dan versi yang lebih lama tidak punya tempat untuk sebagian darinya. Tidak ada yang "
    "diubah. Untuk kembali, pulihkan salinan dari sebelum pemutakhiran: DATA_DIR/before-upgrade, atau cadangan lama "
    "dengan versi aplikasinya."
)


@cache
def known() -> tuple[str, frozenset[str]]:
    """The newest revision of this code, and all that lead to it."""
    scripts = ScriptDirectory.from_config(_alembic())
    return str(scripts.get_current_head()), frozenset(script.revision for script in scripts.walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """The revision of a database's tables; None while it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def revision() -> str | None:
    """That of our database."""
    with db.engine.connect() as connection:
        return revision_of(connection)


def refuse_unfit() -> None:
    """Raises Refused when a newer release has changed the tables: this one would misread them, or write what that one
    can't read. Likewise where a restore was left half done, and where the keys are not this database's. A database that
    does not answer is not judged.
    """
    settings: Settings = current_app.config["SETTINGS"]
    unfinished.refuse(settings.data_dir)
    current_app.config["LOST_KEYS"].refuse(settings.data_dir)
    try:
        found = revision()
    except SQLAlchemyError:
        return
    head, all_known = known()
    if found is not None and found not in all_known:
        raise Refused(NEWER.format(found=found, known=head))
    if found == head:
        key_marks.refuse_others(read_afresh(), settings.data_dir)
        # The read is ended: who asks goes on, some for months, and SQLite's write-ahead file could not be emptied.
        read_afresh()


def refuse_going_back(connection: Connection, asked: Mapping[str, object]) -> None:
    """Raises CommandError when older tables are asked for (`asked`: the migration's own options) and there is data,
    which they have no place for.
    """
    found, wanted = revision_of(connection), str(asked.get("destination_rev", "heads"))
    is_back = wanted == "base" or wanted.startswith("-") or (wanted[:1].isdigit() and wanted < str(found))
    offices = sa.select(sa.exists().select_from(sa.table("office")))
    if is_back and sa.inspect(connection).has_table("office") and connection.scalar(offices):
        raise CommandError(NO_WAY_BACK)


def stop_if_unfit(app: Flask) -> None:
    """End a web process before it answers anybody."""
    try:
        with app.app_context():
            refuse_unfit()
    except Refused as refusal:
        raise SystemExit(refusal.message) from None


def is_current() -> bool:
    """Whether the tables are this release's."""
    return revision() == known()[0]


def upgrade(*, is_scratch: bool = False, now: datetime) -> Path | None:
    """Bring the tables to this release; the copy that was made of those of an earlier one (none of a scratch house)."""
    refuse_unfit()
    found = revision()
    is_earlier = found is not None and found != known()[0] and not is_scratch
    copy = _copy(str(found), now) if is_earlier else None
    flask_migrate.upgrade()
    return copy


def _copy(found: str, now: datetime) -> Path | None:
    """Beside the data, for the owner alone; the last three are kept. None where PostgreSQL's tools are not there: its
    migrations are undone whole when one fails.
    """
    settings: Settings = current_app.config["SETTINGS"]
    folder, url = settings.data_dir / BEFORE, writer_engine().url
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = f"{now.astimezone(WIB):%Y%m%d-%H%M%S}"
    if snapshots.is_postgres(url):
        path = _dumped(url, folder / f"skema-{found}-{moment}.dump")
    else:
        path = snapshots.copy_sqlite(str(url.database), folder / f"skema-{found}-{moment}.db")
    for old in sorted(folder.glob("skema-*"), key=lambda each: each.stat().st_mtime)[:-KEPT_COPIES]:
        old.unlink()
    return path


def _dumped(url: URL, path: Path) -> Path | None:
    try:
        postgres.dump_now(url, path)
    except Refused:
        path.unlink(missing_ok=True)
        return None
    path.chmod(0o600)
    return path


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config
