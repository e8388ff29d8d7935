"""Tables of the audit trail."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow, OfficeRow


class AuditEntry(GrowingRow, Base):
    """What staff did, or looked at: only added, numbered and hash-chained per office (docs/adr/0037).

    `words_digest` is the salted digest that stands for actor, subject and detail in the chain. Where these are erased
    one day, the salt goes with them, and the chain still holds.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.Index(None, "office_id", "seq", unique=True),
        sa.Index(None, "office_id", "actor", "id"),
        sa.Index(None, "office_id", "action", "id"),
        sa.Index(None, "office_id", "subject", "id"),
    )

    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    seq: Mapped[int] = mapped_column(sa.BigInteger, server_default="0")
    previous_hash: Mapped[str] = mapped_column(server_default="")
    hash: Mapped[str] = mapped_column(server_default="")
    salt: Mapped[bytes | None]
    words_digest: Mapped[str] = mapped_column(server_default="")


class AuditChain(OfficeRow, Base):
    """The end of the office's audit trail; its row is the lock that keeps the trail single."""

    __tablename__ = "audit_chain"

    seq: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[str]
