"""Claims the next places in a chain of hashes that a table keeps the end of: a row for each office."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.chain import GENESIS
from core.upsert import insert_of


def extend(session: Session, ends: Any, office_id: int, length: int) -> tuple[int, str]:
    """Lock the office's chain and claim `length` numbers: the first of them, and the hash that it follows.

    `ends` is the model of the table, with office_id, seq and hash.
    """
    claim = _claim_of(session.get_bind().dialect.name, ends)
    numbers = {"office": office_id, "length": length, "genesis": GENESIS}
    last, previous = session.connection().execute(claim, numbers).one()
    return last - length + 1, previous


@cache
def _claim_of(dialect: str, ends: Any) -> sa.UpdateBase:
    office, length = (sa.bindparam(name, type_=sa.BigInteger) for name in ("office", "length"))
    row = insert_of(dialect, ends).values(office_id=office, seq=length, hash=sa.bindparam("genesis"))
    longer = row.on_conflict_do_update(index_elements=["office_id"], set_={"seq": ends.seq + length})
    return longer.returning(ends.seq, ends.hash)
