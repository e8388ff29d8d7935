"""The audit trail: who changed, opened or took along what, in the transaction of the change (docs/adr/0037)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core.ids import uuid7
from offices import audit_chain


def record(
    session: Session, office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Add an entry; `actor` is an e-mail address or the name of a command. The office's revision grows with it.

    It is chained when the transaction commits; until then no query finds it.
    """
    audit_chain.put(session, _row(office_id, actor, action, subject, detail, now), revises=True)


def note(
    session: Session, office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Likewise for what changes no master data: a look, a sign-in, a file taken along. No new revision."""
    audit_chain.put(session, _row(office_id, actor, action, subject, detail, now), revises=False)


def _row(
    office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    entry = {"office_id": office_id, "id": uuid7(now), "at": now, "actor": actor, "action": action}
    return entry | {"subject": subject, "detail": dict(detail)}
