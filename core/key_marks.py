"""Proves that the keys in the data folder are those of the database: a mark of each stands in it.

Without its own keys a database is lost in silence: receipts open nothing, names can't be read, nobody signs in.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import keys
from core.config import Settings
from core.db import Base, db, transaction
from core.errors import Refused
from core.upsert import insert_for

# What is lost with others ends sessions, links and notices, and nothing that was told to us.
NAMES = ("receipt.key", "identity.key", "totp.key", "password.salt")
# Its change is told and refuses nothing: all sign in again, and links and addresses that were given away end.
SIGNING = "secret.key"
ELSEWHERE = "SECRET_KEY"  # in place of its mark: the key comes from the setting, whose words somebody may have chosen
Uses = Mapping[str, Sequence[tuple[str, str]]]  # a key, and tables and columns that hold what was made with it
MARKED = b"the mark of this key"
OTHERS = (
    "Kunci di DATA_DIR bukan kunci data ini (hilang atau tertukar): {names}. Tanpa kunci itu kode tanda terima, nama, "
    "dan akun tidak dapat dibuka. Kembalikan berkasnya dari salinan DATA_DIR, atau pulihkan cadangan: "
    "flask --app wsgi backup restore BERKAS --overwrite. Kalau kuncinya hilang selamanya: flask --app wsgi keys accept"
)
UNKNOWN = (
    "Basis data tidak menjawab, dan di DATA_DIR tidak ada {names}. Kunci baru hanya dibuat untuk basis data yang "
    "kosong: nyalakan basis datanya, lalu ulangi."
)


class KeyMark(Base):
    """By its `mark` (64 hex digits) a key is known again; nobody finds the key by it. Belongs to no office."""

    __tablename__ = "key_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]


def mark_of(key: str) -> str:
    """The mark of a key of 32 random bytes in hex."""
    return hmac.digest(key.encode(), MARKED, hashlib.sha256).hex()


@dataclass(frozen=True)
class Lost:
    """Keys that must not be made anew, and why nothing may be done without them."""

    names: frozenset[str] = frozenset()
    words: str = ""

    def refuse(self, data_dir: Path) -> None:
        """Raises Refused while any is missing; a restore may have brought them since."""
        if not all((data_dir / name).exists() for name in self.names):
            raise Refused(self.words)


def lost(engine: Engine, data_dir: Path, uses: Uses) -> Lost:
    """The keys without a file although the database has something of theirs, or their mark; all without a file where it
    does not answer. Asks nothing of it while all files are there, and reads an older release's tables, too.
    """
    absent = {name: use for name, use in uses.items() if not (data_dir / name).exists()}
    try:
        names = _lost(engine, absent) if absent else frozenset()
    except SQLAlchemyError:
        return Lost(frozenset(absent), _told(UNKNOWN, absent))
    return Lost(names, _told(OTHERS, names))


def take_keys(app: Flask, uses: Uses) -> None:
    """The keys in the data folder, made there the first time. Where one is lost none is made anew: every command and
    server refuses to work then, but for those that put things right.
    """
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        gone = lost(db.engine, settings.data_dir, uses)

    def key(name: str) -> str:
        is_passing = gone.names and not (settings.data_dir / name).exists()
        return keys.passing_key() if is_passing else keys.kept_key(settings.data_dir, name)

    app.config.update(
        LOST_KEYS=gone,
        SECRET_KEY=settings.secret_key or key("secret.key"),
        SECURITY_PASSWORD_SALT=key("password.salt"),
        RECEIPT_KEY=key("receipt.key"),
        IDENTITY_KEY=key("identity.key"),
        TOTP_KEY=key("totp.key"),
        VAPID_KEY=key("vapid.key"),
    )


def _lost(engine: Engine, absent: Uses) -> frozenset[str]:
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        has_marks = inspector.has_table(KeyMark.__tablename__)
        marked = set(connection.scalars(sa.select(KeyMark.name))) if has_marks else set()

        def is_used(name: str) -> bool:
            return any(_has_made(connection, inspector, table, column) for table, column in absent[name])

        return frozenset(name for name in absent if name in marked or is_used(name))


def _has_made(connection: Connection, inspector: sa.Inspector, table: str, column: str) -> bool:
    if not inspector.has_table(table) or column not in {each["name"] for each in inspector.get_columns(table)}:
        return False
    made = sa.select(sa.literal(1)).select_from(sa.table(table)).where(sa.column(column).is_not(None))
    return connection.scalar(made.limit(1)) is not None


def differing(session: Session, data_dir: Path) -> list[str]:
    """The keys that are missing in the folder, or are another database's; those never marked are taken as they are."""
    marks = session.execute(sa.select(KeyMark.name, KeyMark.mark).where(KeyMark.name.in_(NAMES)))
    return [name for name, mark in marks if mark not in map(mark_of, _lines(data_dir, name))]


def refuse_others(session: Session, data_dir: Path) -> None:
    """Raises Refused when keys are missing or another database's."""
    if names := differing(session, data_dir):
        raise Refused(_told(OTHERS, names))


def _told(words: str, names: Iterable[str]) -> str:
    return words.format(names=", ".join(sorted(names)))


def signs_anew(session: Session, settings: Settings) -> bool:
    """Whether what signs sessions and links is not what it was, and nobody has said that this is right."""
    kept = session.scalar(sa.select(KeyMark.mark).filter_by(name=SIGNING))
    return kept not in {None, _signing_mark(settings)}


@transaction
def keep(session: Session, *, settings: Settings) -> None:
    """Mark the newest keys, also one that only opens as yet; raises Refused when others stand marked. That which signs
    keeps its first mark.
    """
    refuse_others(session, settings.data_dir)
    _mark(session, settings.data_dir)
    row = insert_for(session, KeyMark).values(name=SIGNING, mark=_signing_mark(settings))
    session.execute(row.on_conflict_do_nothing())


def other(session: Session, settings: Settings) -> Sequence[str]:
    """The keys that are not those that were marked, also that which signs."""
    return differing(session, settings.data_dir) + [SIGNING] * signs_anew(session, settings)


@transaction
def accept(session: Session, *, settings: Settings) -> None:
    """Mark the keys that are there as this database's, whatever was marked before."""
    _mark(session, settings.data_dir)
    _put(session, SIGNING, _signing_mark(settings))


def _mark(session: Session, data_dir: Path) -> None:
    for name in NAMES:
        if lines := _lines(data_dir, name):
            _put(session, name, mark_of(keys.newest(lines)))


def _put(session: Session, name: str, mark: str) -> None:
    row = insert_for(session, KeyMark).values(name=name, mark=mark)
    session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"mark": mark}))


def _signing_mark(settings: Settings) -> str:
    """Nothing where the file is gone."""
    kept = [ELSEWHERE] if settings.secret_key else [mark_of(line) for line in _lines(settings.data_dir, SIGNING)]
    return "".join(kept[:1])


def _lines(data_dir: Path, name: str) -> list[str]:
    """The newest first; none where the file is not there."""
    path = data_dir / name
    return path.read_text(encoding="ascii").split() if path.is_file() else []
