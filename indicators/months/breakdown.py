"""Builds what stands behind the six figures of a period, in a fixed number of readings."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.periods import Period
from indicators.months.breakdown_parts import Breakdown as Breakdown
from offices.models import Office


def build(session: Session, office: Office, period: Period, as_of: datetime | None = None) -> Breakdown:
    """From the nightly figures, or with `as_of` from everything recorded by then."""
    return Breakdown()
