"""Any two periods beside each other."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.periods import Period
from indicators.formulas import Settlement
from indicators.months.whole import Whole
from offices.models import Office
from survey import queries as survey
from survey.figures import queries as survey_figures
from survey.figures.building import Counting
from survey.figures.changes import Change, compare, compare_shares
from survey.figures.results import Sums


@dataclass(frozen=True)
class Proof:
    """Whether the two indicators that can be tested really differ, from the one period to the other; None where it
    can't be told.
    """

    ikm: Change | None
    settlement: Change | None


NOT_TESTED = Proof(None, None)


def is_apart(before: Period, after: Period) -> bool:
    """Whether the periods have no month in common: what is counted on both sides proves nothing."""
    return before.last < after.first or after.last < before.first


def is_counted_whole(side: Whole) -> bool:
    """Whether the period was over when it was counted: of one that runs nothing is claimed."""
    counted_at = side.summary.as_of
    return counted_at is not None and side.summary.period.is_over(counted_at)


def proof(
    session: Session, office: Office, before: Whole, after: Whole, moments: tuple[datetime | None, datetime | None]
) -> Proof:
    """By the weight of the later one; `moments`: as of when each side was counted, None: by the night."""
    periods = before.summary.period, after.summary.period
    if not is_apart(*periods) or not (is_counted_whole(before) and is_counted_whole(after)):
        return NOT_TESTED
    counting = Counting(survey.items_per_element(session, office.id), after.summary.survey.weight)
    sums = [_sums(session, office.id, each, at, counting) for each, at in zip(periods, moments, strict=True)]
    is_outside = before.summary.is_outside or after.summary.is_outside
    shares = [_share(each.summary.order.settlement) for each in (before, after)]
    return Proof(
        ikm=None if is_outside else compare(sums[0], sums[1], counting.weight),
        settlement=compare_shares(shares[0], shares[1]),
    )


def _sums(session: Session, office_id: int, period: Period, as_of: datetime | None, counting: Counting) -> Sums:
    rows = survey_figures.service_rows(session, office_id, period, as_of)
    return counting.pooled((row.edition_code, row.counts) for row in rows)


def _share(counts: Settlement) -> tuple[int, int]:
    return counts.settled, counts.received
