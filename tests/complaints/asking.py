"""What the office would like to know of a kind of disorder, as an operator sets it."""

import sqlalchemy as sa

from complaints.desk import categories
from complaints.models import Category
from core.db import read_afresh
from tests import make

KEPT = ("name", "settle_days", "position", "is_urgent", "is_public")


def ask(code: str, text: str) -> None:
    row = read_afresh().scalars(sa.select(Category).filter_by(office_id=make.OFFICE, code=code)).one()
    kept = {name: getattr(row, name) for name in KEPT}
    categories.edit(office_id=make.OFFICE, code=code, questions=text, is_open=True, by="tests", now=make.START, **kept)
