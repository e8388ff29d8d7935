"""What is shown of a period: the locked figures of a month that is locked, else those of the night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.periods import Period
from indicators.months import summary
from indicators.months.export import NOT_LOCKED, Version
from indicators.months.results import Summary
from indicators.sheet import Indicator
from offices.models import Office


@dataclass(frozen=True)
class Whole:
    """All figures of a period."""

    summary: Summary


@dataclass(frozen=True)
class LockFacts:
    """Who locked a version of a month, when and why, and what proves it; `approved_…` None: not by the Camat yet."""

    number: int
    as_of: datetime
    locked_at: datetime
    locked_by: str
    reason: str
    letter_number: str
    approved_at: datetime | None
    approved_by: str | None
    anchor: str
    content_hash: str


@dataclass(frozen=True)
class Difference:
    """What changed since the month was locked, both as texts; `detail` names a figure behind the indicator, "" is the
    indicator's own value.
    """

    indicator: Indicator
    locked: str
    now: str
    detail: str = ""


@dataclass(frozen=True)
class Shown:
    """The figures, which version of the month they are, who locked it (None: nobody), and what changed since."""

    whole: Whole
    version: Version = NOT_LOCKED
    lock: LockFacts | None = None
    differences: Sequence[Difference] = ()


def shown(
    session: Session, office: Office, period: Period, version: int | None = None, as_of: datetime | None = None
) -> Shown:
    """A locked version (the newest unless asked) or the night's figures; with `as_of` as it stood at that moment.

    Raises Missing where the version was never locked.
    """
    return Shown(Whole(summary.build(session, office, period, as_of)))
