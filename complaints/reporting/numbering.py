"""Gives reports their public numbers, one after the other in each year."""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import YearNumber
from core.upsert import insert_of


def next_number(session: Session, office_id: int, year: int, how_many: int = 1) -> int:
    """Claim the year's next public numbers: the first of `how_many` in a row."""
    claim = _claim_of(session.get_bind().dialect.name)
    last: int = session.connection().execute(claim, {"office": office_id, "year": year, "many": how_many}).scalar_one()
    return last - how_many + 1


@cache
def _claim_of(dialect: str) -> sa.UpdateBase:
    office, year, many = (sa.bindparam(name, type_=sa.Integer) for name in ("office", "year", "many"))
    row = insert_of(dialect, YearNumber).values(office_id=office, year=year, last=many)
    raised = row.on_conflict_do_update(index_elements=["office_id", "year"], set_={"last": YearNumber.last + many})
    return raised.returning(YearNumber.last)
