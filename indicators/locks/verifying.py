"""Proves locked months: that nobody changed what was stored, nor what it was counted from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from complaints.oversight import anchors
from complaints.oversight.anchors import Anchor
from core.calendar import Month
from core.periods import Period
from indicators.locks import queries
from indicators.locks.inputs import hash_of_inputs
from indicators.locks.locking import figures
from indicators.locks.models import MonthLock
from indicators.months import storing, whole
from offices.models import Office


@dataclass(frozen=True)
class Proof:
    """Whether a version's stored figures have their hash, what they rest on has its hash when it is counted again as of
    then, the anchor is still in the chain, and the six values come out again.
    """

    version: int
    is_content: bool
    is_inputs: bool
    is_anchor: bool
    is_counted: bool

    @property
    def holds(self) -> bool:
        """Whether all of it does."""
        return self.is_content and self.is_inputs and self.is_anchor and self.is_counted


def verify(session: Session, office: Office, month: Month) -> Sequence[Proof]:
    """Every version of the month, the oldest first."""
    return [_proof(session, office, lock) for lock in reversed(queries.versions(session, office.id, month))]


def _proof(session: Session, office: Office, lock: MonthLock) -> Proof:
    period = Period.parse(lock.month)
    again = whole.build(session, office, period, lock.as_of)
    return Proof(
        version=lock.version,
        is_content=storing.hash_of(lock.content) == lock.content_hash,
        is_inputs=hash_of_inputs(session, office, period, lock.as_of) == lock.inputs_hash,
        is_anchor=anchors.holds(session, office.id, Anchor(lock.anchor_events, lock.anchor_hash)),
        is_counted=figures(again) == json.loads(lock.figures),
    )
