"""What residents answer: the officer's question, whether it is settled, and whatever they want to add."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from complaints import queries, workflow
from complaints.carrying import carry_out
from complaints.fetching import locked
from complaints.following.tracking import viewer_of
from complaints.queries import Opened, Step
from complaints.states import EventFact
from complaints.terms import NEED_WORDS, QUIET, Move, Need, Status
from complaints.workflow import Details
from core.calendar import ONE_DAY
from core.db import transaction
from core.errors import Conflict, Refused

CHANGED = "Laporan ini baru saja berubah. Lihat keadaannya sekarang; tulisan Anda masih ada."
# What a resident can say again and again; more in a day than anybody needs would bury the case and those who handle it.
REPEATED = frozenset({Move.ADD, Move.HALF_FIXED, Move.DISPUTE})
MOST_A_DAY = 20
ENOUGH = (
    f"Dalam sehari keterangan dapat dikirim {MOST_A_DAY} kali. Kirim lagi besok, atau sampaikan langsung kepada kantor."
)
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
    report = locked(session, opened.office_id, opened.complaint_id)
    steps = queries.events_of(session, opened.office_id, report.id)
    since = steps[max(seen, 0) :]
    fact = EventFact(move, now, now, joiner=opened.joiner_id)
    if _made_already(since, fact, said):
        return
    if move not in QUIET and any(step.fact.move not in QUIET for step in since):
        raise Conflict(CHANGED)
    if move is Move.ADD and not said and not with_photos:
        raise Refused(NEED_WORDS[Need.SAID], Need.SAID.value)
    if move in REPEATED and _said_today(steps, fact) >= MOST_A_DAY:
        raise Refused(ENOUGH)
    given = Details(said=said)
    workflow.check(Status(report.status), move, viewer_of(opened).value, given, held=report.is_held)
    if carry_out(session, report, fact, given) is None:
        raise Conflict(CHANGED)


def _said_today(steps: Sequence[Step], fact: EventFact) -> int:
    """How often the holder of this receipt has said something in the last 24 hours."""
    mine = (step.fact for step in steps if step.fact.joiner == fact.joiner and step.fact.move in REPEATED)
    return sum(fact.at - one.at < ONE_DAY for one in mine)


def _made_already(since: Sequence[Step], fact: EventFact, said: str) -> bool:
    """Whether this very answer, by the same resident, is among what came since they looked."""
    made = [(step.fact.move, step.fact.joiner, step.words.said) for step in since]
    return (fact.move, fact.joiner, said) in made
