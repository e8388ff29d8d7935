"""Writes of the register of organisation documents (IKU 1)."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Refused
from indicators.registers.keeping import Desk, check_day, check_year
from indicators.registers.terms import Register
from offices.attachments import Kept


class DocumentValues(TypedDict):
    """What an entry says: `kind` a DocumentKind, `approved_on` None while it is not approved."""

    year: int
    kind: str
    title: str
    dated: date
    approved_on: date | None


@transaction
def add(
    session: Session,
    /,
    *,
    office_id: int,
    entry_id: UUID,
    filed: Kept | None,
    by: str,
    now: datetime,
    **values: Unpack[DocumentValues],
) -> UUID:
    """A new document. Raises Refused, Conflict."""
    _check(values, now)
    return Desk(session, Register.DOCUMENTS, office_id, by, now).add(entry_id, values, filed)


@transaction
def edit(
    session: Session,
    /,
    *,
    office_id: int,
    entry_id: UUID,
    seen: UUID | None,
    filed: Kept | None,
    by: str,
    now: datetime,
    **values: Unpack[DocumentValues],
) -> None:
    """Say it otherwise. Raises Missing, Conflict, Refused."""
    _check(values, now)
    Desk(session, Register.DOCUMENTS, office_id, by, now).edit(entry_id, seen, values, filed)


def _check(values: DocumentValues, now: datetime) -> None:
    check_year(values["year"])
    check_day(values["dated"], "dated")
    approved = values["approved_on"]
    check_day(approved, "approved_on", now)
    if approved and approved < values["dated"]:
        raise Refused("Tanggal disetujui tidak boleh sebelum tanggal dokumen.", "approved_on")
