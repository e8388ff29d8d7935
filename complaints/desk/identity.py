"""Shows who reported to those who handle the report: with a reason, each look recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import queries
from complaints.case_models import IdentityLook
from complaints.contacts import Who, open_who
from complaints.fetching import for_staff
from complaints.models import Complaint
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from offices import audit, rights
from offices import queries as offices_queries
from offices.rights import Action

NOBODY_NAMED = "Tidak ada identitas yang tersimpan: pelapor tanpa nama, atau datanya sudah dihapus."


@dataclass(frozen=True)
class Identities:
    """Who reported; `first` None: without a name, or erased. Those who joined with the moment they did."""

    first: Who | None
    joined: tuple[tuple[datetime, Who], ...]


@transaction
def look(
    session: Session, *, office_id: int, number: str, staff_id: UUID, role: str, reason: str, key: str, now: datetime
) -> Identities:
    """Who reported, opened with the identity key; the look is recorded in the same transaction, or nothing is shown.

    Raises Refused for somebody who does not handle reports, without a reason, or when nobody said who they are.
    """
    if role not in rights.holders(Action.SEE_IDENTITY):
        raise Refused("Identitas pelapor hanya untuk petugas dan kepala Seksi Trantib.")
    if not reason.strip():
        raise Refused("Tulis untuk apa Anda perlu tahu siapa pelapornya.", "reason")
    report = for_staff(session, office_id, number)
    found = Identities(_first(session, report, key), _joined(session, report, key))
    if found == Identities(None, ()):
        raise Refused(NOBODY_NAMED)
    record(session, report, staff_id, reason, now=now)
    return found


def record(session: Session, report: Complaint, staff_id: UUID, reason: str, *, now: datetime) -> None:
    """Put down, in the caller's transaction, that somebody could learn who reported."""
    row = {"office_id": report.office_id, "id": uuid7(now), "complaint_id": report.id, "staff_id": staff_id}
    session.execute(sa.insert(IdentityLook), row | {"at": now, "reason": reason.strip()})
    actor = offices_queries.staff_member(session, report.office_id, staff_id).email
    audit.note(session, report.office_id, actor, "look.identity", report.number, {}, now=now)


def _first(session: Session, report: Complaint, key: str) -> Who | None:
    sealed = queries.contact(session, report.office_id, report.id)
    return open_who(key, sealed) if sealed else None


def _joined(session: Session, report: Complaint, key: str) -> tuple[tuple[datetime, Who], ...]:
    found = queries.joiners(session, report.office_id, report.id)
    return tuple((one.joined_at, open_who(key, one.sealed)) for one in found if one.sealed)
