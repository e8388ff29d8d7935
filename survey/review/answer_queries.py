"""The answers to a single element of one service, month by month."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import rollup
from core.periods import Period
from survey.elements import ElementKey
from survey.figures.queries import Answers
from survey.models import Rating


def of_service(
    session: Session, office_id: int, service_code: str, element: ElementKey, span: Period
) -> Sequence[Answers]:
    """From the ratings themselves."""
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
