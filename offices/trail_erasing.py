"""Erases who and what stands in old entries of the audit trail. When and what kind stays, and the chain holds."""

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.retention import Ends
from offices.audit_chain import ERASED
from offices.audit_models import AuditEntry


def erase_words(session: Session, ends: Ends) -> Counter[int]:
    """Erase actor, subject and detail of what was written before the day, of all offices at once; how many of each.

    The salt goes with them: without it the digest in the chain tells nothing.
    """
    old = sa.and_(AuditEntry.salt.is_not(None), AuditEntry.at < ends.moment(AuditEntry.office_id))
    blank: dict[str, object] = {"actor": ERASED, "subject": "", "detail": {}, "salt": None}
    gone = sa.update(AuditEntry).where(old).values(blank).returning(AuditEntry.office_id)
    return Counter(session.scalars(gone.execution_options(synchronize_session=False)))
