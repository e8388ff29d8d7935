"""What residents answer: the officer's question, whether it is settled, and whatever they want to add."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import queries, workflow
from complaints.carrying import carry_out
from complaints.following import tracking_queries
from complaints.following.tracking import viewer_of
from complaints.queries import Opened, Step
from complaints.states import EventFact
from complaints.terms import NEED_WORDS, QUIET, Move, Need, Status
from complaints.workflow import Details
from core.db import transaction
from core.errors import Conflict, Refused

CHANGED = "Laporan ini baru saja berubah. Lihat keadaannya sekarang; tulisan Anda masih ada."
ANSWERS = frozenset({Move.REPLY, Move.CONFIRM, Move.HALF_FIXED, Move.DENY, Move.DISPUTE, Move.ADD})


@transaction
def answer(
    session: Session, *, opened: Opened, move: Move, said: str, seen: int, with_photos: bool = False, now: datetime
) -> None:
    """Make a resident's move on the report as they saw it: with its first `seen` moves.

    Raises Conflict when it was moved since, Refused (naming the field) when the table or a missing word forbids it.
    The same answer once more, as a second tap makes it, changes nothing.
    """
    if move not in ANSWERS:
        raise ValueError(f"{move} is not for residents to make")
    report = tracking_queries.locked(session, opened.office_id, opened.complaint_id)
    since = queries.events_of(session, opened.office_id, report.id)[max(seen, 0) :]
    fact = EventFact(move, now, now, joiner=opened.joiner_id)
    if _made_already(since, fact, said):
        return
    if move not in QUIET and any(step.fact.move not in QUIET for step in since):
        raise Conflict(CHANGED)
    if move is Move.ADD and not said and not with_photos:
        raise Refused(NEED_WORDS[Need.SAID], Need.SAID.value)
    given = Details(said=said)
    workflow.check(Status(report.status), move, viewer_of(opened).value, given, held=report.is_held)
    if carry_out(session, report, fact, given) is None:
        raise Conflict(CHANGED)


def _made_already(since: Sequence[Step], fact: EventFact, said: str) -> bool:
    """Whether this very answer, by the same resident, is among what came since they looked."""
    made = [(step.fact.move, step.fact.joiner, step.words.said) for step in since]
    return (fact.move, fact.joiner, said) in made
