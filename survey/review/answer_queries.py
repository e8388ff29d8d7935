"""Named reads of the answers to single elements, month by month."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.periods import Period
from survey.elements import ElementKey
from survey.figures.models import RatingGroupMonth
from survey.models import Rating


@dataclass(frozen=True)
class Answers:
    """How many in the month gave answers to the element's items that add up to `value`; those in the index alone."""

    element: ElementKey
    month: str
    edition_code: str
    value: int
    respondents: int


def of_office(session: Session, office_id: int, elements: Collection[ElementKey], span: Period) -> Sequence[Answers]:
    """From the nightly sums, of all services."""
    row = RatingGroupMonth
    chosen = sa.select(row.dimension, row.month, row.edition_code, row.value, row.respondents).where(
        row.office_id == office_id,
        row.month.between(*span.texts),
        row.dimension.in_([each.value for each in elements]),
    )
    return [
        Answers(ElementKey(element), month, edition, int(value), respondents)
        for element, month, edition, value, respondents in session.execute(chosen)
    ]


def of_service(
    session: Session, office_id: int, service_code: str, element: ElementKey, span: Period
) -> Sequence[Answers]:
    """From the ratings themselves, of one service."""
    month, value = rollup.month_of(Rating.day), _column(element)
    keys = (month, Rating.edition_code, value)
    chosen = sa.select(*keys, sa.func.count()).where(
        Rating.office_id == office_id,
        Rating.day >= span.first.first_day,
        Rating.day < span.last.day_after,
        Rating.service_code == service_code,
        Rating.withdrawn_at.is_(None),
        Rating.is_excluded.is_(False),
    )
    rows = session.execute(chosen.group_by(*keys))
    return [Answers(element, month, edition, value, respondents) for month, edition, value, respondents in rows]


def _column(element: ElementKey) -> sa.ColumnElement[Any]:
    column: sa.ColumnElement[Any] = getattr(Rating, element.value)
    return column
