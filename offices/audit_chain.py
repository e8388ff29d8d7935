"""Chains the entries of the audit trail: at the end of their transaction, in turn, so that no number is missing."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from core.chain import SALT_BYTES, Facts, canonical, linked, salted_digest
from core.chained import extend
from offices.audit_models import AuditChain, AuditEntry
from offices.models import Office

WAITING = "audit_entries"  # in a session's info: what is to be chained when it commits
REVISED = "audit_revisions"
END_CHAIN = sa.update(AuditChain).where(AuditChain.office_id == sa.bindparam("office")).values(hash=sa.bindparam("end"))
ERASED = "(sudah dihapus)"  # who acted, where that was erased
Row = dict[str, Any]


def put(session: Session, row: Row, *, revises: bool) -> None:
    """Add an entry to the caller's transaction; `revises`: master data changed, and the office's revision grows."""
    salt = secrets.token_bytes(SALT_BYTES)
    whole = row | {"salt": salt, "words_digest": words_digest(salt, row["actor"], row["subject"], row["detail"])}
    session.info.setdefault(WAITING, []).append(whole)
    if revises:
        session.info.setdefault(REVISED, []).append(row["office_id"])


def words_digest(salt: bytes, actor: str, subject: str, detail: Mapping[str, Any]) -> str:
    """The salted digest that stands for what may have to be erased."""
    return salted_digest(salt, json.dumps([actor, subject, detail], sort_keys=True, ensure_ascii=True))


def facts(office_id: int, row: Mapping[str, Any]) -> Facts:
    """What is hashed of an entry, each value in its one fixed form."""
    return {
        "office_id": office_id,
        "id": str(row["id"]),
        "at": row["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        "action": row["action"],
        "words_digest": row["words_digest"],
    }


def _write(session: Session) -> None:
    """Before a commit: the last locks that its transaction takes, so that whoever holds them waits for nobody."""
    if session.in_nested_transaction():
        return
    session.flush()
    revised, waiting = session.info.pop(REVISED, []), session.info.pop(WAITING, [])
    for office_id in sorted(set(revised)):
        grown = (
            sa.update(Office).where(Office.id == office_id).values(revision=Office.revision + revised.count(office_id))
        )
        session.execute(grown, execution_options={"synchronize_session": False})
    for office_id in sorted({row["office_id"] for row in waiting}):
        _append(session, office_id, [row for row in waiting if row["office_id"] == office_id])


def _append(session: Session, office_id: int, rows: Sequence[Row]) -> None:
    seq, end = extend(session, AuditChain, office_id, len(rows))
    for number, row in enumerate(rows, seq):
        previous, end = end, linked(end, canonical(facts(office_id, row)))
        row.update(seq=number, previous_hash=previous, hash=end)
    session.connection().execute(sa.insert(AuditEntry), rows)
    session.connection().execute(END_CHAIN, {"office": office_id, "end": end})


def _forget(session: Session, _transaction: SessionTransaction) -> None:
    """After a rollback: nothing happened."""
    session.info.pop(WAITING, None)
    session.info.pop(REVISED, None)


sa.event.listen(Session, "before_commit", _write)
sa.event.listen(Session, "after_soft_rollback", _forget)
