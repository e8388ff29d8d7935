"""What is shown of a period: the locked figures of a month that is locked, else those of the night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from complaints.oversight.anchors import Anchor
from core.errors import Missing
from core.periods import Period
from indicators.locks import queries
from indicators.locks.definitions import Definitions
from indicators.locks.differences import Difference, differences
from indicators.locks.models import MonthApproval, MonthLock
from indicators.months import storing
from indicators.months.export import NOT_LOCKED, Version
from indicators.months.whole import Whole, build
from offices import queries as offices
from offices.models import Office

__all__ = ["Difference", "LockFacts", "Shown", "Whole", "facts_of_all", "shown"]


@dataclass(frozen=True)
class LockFacts:
    """Who locked a version of a month, when and why, and what proves it; `approved_…` None: not by the Camat yet.

    `locked_by` and `approved_by` are names.
    """

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
    left_open: Sequence[str] = ()


@dataclass(frozen=True)
class Shown:
    """The figures, which version of the month they are, who locked it (None: nobody), what changed since, and what was
    in force when it was locked. `lock_then`: as of a moment, the version that was locked by then; the figures are not
    that version's, but what was recorded by then.
    """

    whole: Whole
    version: Version = NOT_LOCKED
    lock: LockFacts | None = None
    differences: Sequence[Difference] = ()
    definitions: Definitions | None = None
    lock_then: LockFacts | None = None

    def counted_by(self, as_of: datetime | None) -> datetime | None:
        """What was recorded by then is in the figures: the lock's moment, else the asked one; None: the night's."""
        return self.lock.as_of if self.lock else as_of


def shown(
    session: Session, office: Office, period: Period, version: int | None = None, as_of: datetime | None = None
) -> Shown:
    """A locked version (the newest unless asked) or the night's figures; with `as_of` what was recorded by then, and
    the version that was locked by then. Only a single month is ever locked. Raises Missing where the version never was.
    """
    lock = _lock(session, office.id, period, version, as_of)
    whole = build(session, office, period, as_of)
    if lock is None:
        return Shown(whole)
    locked = storing.value_of(lock.content, Whole)
    found, sealed = differences(locked, whole), Anchor(lock.anchor_events, lock.anchor_hash)
    if as_of is not None:
        then = Version(lock.version, is_locked=True, is_changed=bool(found), sealed=sealed)
        return Shown(whole, then, lock_then=_facts_of(session, office.id, period, lock, as_of))
    return Shown(
        whole=locked,
        version=Version(lock.version, is_locked=True, is_changed=bool(found), is_stored=True, sealed=sealed),
        lock=_facts_of(session, office.id, period, lock),
        differences=found,
        definitions=storing.value_of(lock.definitions, Definitions),
    )


def facts_of_all(session: Session, office_id: int, period: Period) -> Sequence[LockFacts]:
    """Every version of the month, the newest first."""
    people = offices.people(session, office_id)
    approvals = queries.approvals(session, office_id, period.last)
    rows = queries.versions(session, office_id, period.last)
    return [facts(row, approvals.get(row.version), people) for row in rows]


def _lock(
    session: Session, office_id: int, period: Period, version: int | None, as_of: datetime | None
) -> MonthLock | None:
    if period.length > 1:
        if version is not None:
            raise Missing("Hanya bulan yang dikunci.")
        return None
    if version is not None:
        return queries.version(session, office_id, period.last, version)
    return queries.newest(session, office_id, period.last, as_of)


def _facts_of(
    session: Session, office_id: int, period: Period, lock: MonthLock, as_of: datetime | None = None
) -> LockFacts:
    people = offices.people(session, office_id)
    return facts(lock, queries.approvals(session, office_id, period.last, as_of).get(lock.version), people)


def facts(lock: MonthLock, approval: MonthApproval | None, people: Mapping[str, str]) -> LockFacts:
    """`people`: names by e-mail address; who has none is called by the address."""
    return LockFacts(
        number=lock.version,
        as_of=lock.as_of,
        locked_at=lock.locked_at,
        locked_by=people.get(lock.locked_by, lock.locked_by),
        reason=lock.reason,
        letter_number=lock.letter_number,
        approved_at=approval.approved_at if approval else None,
        approved_by=people.get(approval.approved_by, approval.approved_by) if approval else None,
        anchor=str(Anchor(lock.anchor_events, lock.anchor_hash)),
        content_hash=lock.content_hash,
        left_open=tuple(lock.left_open.split()),
    )
