"""Writes of the register of SAKIP reviews (IKU 5)."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Refused
from indicators.registers.keeping import Desk, check_day, check_year
from indicators.registers.terms import Register
from offices.attachments import Kept

HIGHEST = 100
NO_FILE = "Lampirkan berkas hasil evaluasinya: nilai tanpa berkas tidak dihitung."


class ReviewValues(TypedDict):
    """What an entry says: `score` 0–100, at most 2 decimals."""

    year: int
    reviewed_on: date
    score: Decimal
    reviewer: str


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
    **values: Unpack[ReviewValues],
) -> UUID:
    """The result of a review, with its file. Raises Refused, Conflict."""
    _check(values, now)
    if filed is None:
        raise Refused(NO_FILE, "evidence")
    return Desk(session, Register.REVIEWS, office_id, by, now).add(entry_id, values, filed)


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
    **values: Unpack[ReviewValues],
) -> None:
    """Say it otherwise. Raises Missing, Conflict, Refused."""
    _check(values, now)
    Desk(session, Register.REVIEWS, office_id, by, now).edit(entry_id, seen, values, filed)


def _check(values: ReviewValues, now: datetime) -> None:
    check_year(values["year"])
    check_day(values["reviewed_on"], "reviewed_on", now)
    if not 0 <= values["score"] <= HIGHEST:
        raise Refused("Nilai SAKIP antara 0 dan 100.", "score")
