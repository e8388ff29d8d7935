"""Proves that the keys in the data folder are those of the database: a mark of each stands in it.

Without its own keys a database is lost in silence: receipts open nothing, names can't be read, nobody signs in.
"""

import hashlib
import hmac
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, transaction
from core.errors import Refused
from core.upsert import insert_for

# What is lost with others ends sessions and notices, and nothing that was told to us.
NAMES = ("receipt.key", "identity.key", "totp.key", "password.salt")
MARKED = b"the mark of this key"
OTHERS = (
    "Kunci di DATA_DIR bukan kunci data ini (hilang atau tertukar): {names}. Tanpa kunci itu kode tanda terima, nama, "
    "dan akun tidak dapat dibuka. Kembalikan berkasnya dari salinan DATA_DIR, atau pulihkan cadangan: "
    "flask --app wsgi backup restore BERKAS --overwrite. Kalau kuncinya hilang selamanya: flask --app wsgi keys accept"
)


class KeyMark(Base):
    """By its `mark` (64 hex digits) a key is known again; nobody finds the key by it. Belongs to no office."""

    __tablename__ = "key_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]


def mark_of(key: str) -> str:
    """The mark of a key of 32 random bytes in hex."""
    return hmac.digest(key.encode(), MARKED, hashlib.sha256).hex()


def differing(session: Session, data_dir: Path) -> list[str]:
    """The keys that are missing in the folder, or are another database's; those never marked are taken as they are."""
    marks = session.execute(sa.select(KeyMark.name, KeyMark.mark))
    return [name for name, mark in marks if mark not in map(mark_of, _lines(data_dir, name))]


def refuse_others(session: Session, data_dir: Path) -> None:
    """Raises Refused when keys are missing or another database's."""
    if names := differing(session, data_dir):
        raise Refused(OTHERS.format(names=", ".join(names)))


@transaction
def keep(session: Session, *, data_dir: Path) -> None:
    """Mark the newest keys; raises Refused when others stand marked."""
    refuse_others(session, data_dir)
    _mark(session, data_dir)


@transaction
def accept(session: Session, *, data_dir: Path) -> Sequence[str]:
    """Mark the keys that are there as this database's, whatever was marked before; those that differed."""
    names = differing(session, data_dir)
    _mark(session, data_dir)
    return names


def _mark(session: Session, data_dir: Path) -> None:
    for name in NAMES:
        for mark in map(mark_of, _lines(data_dir, name)[:1]):
            row = insert_for(session, KeyMark).values(name=name, mark=mark)
            session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"mark": mark}))


def _lines(data_dir: Path, name: str) -> list[str]:
    """The newest first; none where the file is not there."""
    path = data_dir / name
    return path.read_text(encoding="ascii").split() if path.is_file() else []
