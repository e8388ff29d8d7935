"""Everything that the monthly page tells of a period: the sheet, and what stands behind it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.periods import Period
from indicators.months import breakdown, summary
from indicators.months.breakdown import Breakdown
from indicators.months.results import Summary
from offices.models import Office


@dataclass(frozen=True)
class Whole:
    """The six rows and their breakdown, counted together."""

    summary: Summary
    breakdown: Breakdown


def build(session: Session, office: Office, period: Period, as_of: datetime | None = None) -> Whole:
    """From the nightly figures, or with `as_of` from everything recorded by then."""
    return Whole(summary.build(session, office, period, as_of), breakdown.build(session, office, period, as_of))
