"""Reads the respondents behind a report, one row each, without anything of who they were."""

from collections.abc import Iterator
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Session

from survey import queries
from survey.elements import OFFICIAL_ORDER
from survey.figures.recount import is_excluded, standing
from survey.figures.results import Figures
from survey.models import Rating
from survey.reports.material import Respondent

AT_ONCE = 5000


def respondents(session: Session, office_id: int, figures: Figures) -> Iterator[Respondent]:
    """Those in the index as it stood when the figures were counted, in an order that says nothing of when they came:
    that of the id which their own device drew by lot.
    """
    if figures.as_of is None:
        return
    items = queries.items_per_element(session, office_id)
    period = figures.period
    chosen = sa.select(Rating.edition_code, *(getattr(Rating, key.value) for key in OFFICIAL_ORDER)).where(
        Rating.office_id == office_id,
        Rating.day >= period.first.first_day,
        Rating.day < period.last.day_after,
        standing(figures.as_of),
        sa.not_(is_excluded(figures.as_of)),
    )
    ordered = chosen.order_by(Rating.submission_id).execution_options(yield_per=AT_ONCE)
    for edition, *sums in session.execute(ordered):
        of = items[edition]
        yield Respondent([Fraction(total, of[key]) for total, key in zip(sums, OFFICIAL_ORDER, strict=True)])
