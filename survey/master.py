"""The first questionnaire edition: the official nine questions, one an element (Permenpan RB 14/2017)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from offices.models import Office
from survey.elements import ELEMENTS
from survey.models import Edition, EditionItem

FIRST_EDITION = "skm-2017"
# Before any rating that could be imported: the regulation's year.
FIRST_DAY = date(2017, 1, 1)


def seed(session: Session, now: datetime) -> None:
    """Give every office the first edition. Safe to repeat."""
    for office_id in session.scalars(sa.select(Office.id)).all():
        if session.get(Edition, (office_id, FIRST_EDITION)) is None:
            edition = Edition(
                office_id=office_id, code=FIRST_EDITION, name="SKM Permenpan RB 14/2017", starts_on=FIRST_DAY
            )
            session.add(edition)
            session.flush()
            session.add_all(_items(office_id))
    session.flush()


def _items(office_id: int) -> list[EditionItem]:
    return [
        EditionItem(
            office_id=office_id,
            edition_code=FIRST_EDITION,
            key=element.key.value,
            element=element.key.value,
            position=position,
            question=element.question,
            labels=list(element.labels),
        )
        for position, element in enumerate(ELEMENTS, 1)
    ]
