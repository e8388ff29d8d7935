"""The audit trail of master data: who changed what, in the transaction of the change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core.ids import uuid7
from offices.models import AuditEntry


def record(
    session: Session, office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Add an entry; `actor` is an e-mail address or the name of a command."""
    entry = AuditEntry(
        office_id=office_id, id=uuid7(now), at=now, actor=actor, action=action, subject=subject, detail=dict(detail)
    )
    session.add(entry)
