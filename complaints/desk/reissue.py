"""A new receipt for a resident who lost theirs: the old code opens nothing from then on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from complaints import queries, receipts, workflow
from complaints.carrying import carry_out
from complaints.case_models import Joiner
from complaints.desk import identity
from complaints.fetching import for_staff, locked
from complaints.models import Complaint
from complaints.reporting.intake import Keys, stored_receipt
from complaints.states import EventFact
from complaints.terms import Move, Status
from complaints.workflow import Details
from core.db import transaction
from core.errors import Conflict, Refused

AGAIN = timedelta(minutes=10)  # so long a second tap shows the same code once more
ISSUED_MEANWHILE = "Kode untuk pelapor ini baru saja diganti. Kalau pelapor belum menerimanya, ganti sekali lagi."
LOOKED = "kode diganti: {reason}"  # as the register of looks at identities names it
NOBODY = "Pilih pelapor yang kehilangan kodenya."


@dataclass(frozen=True)
class Reissued:
    """The new code, to be shown once, and the report it opens."""

    number: str
    code: str


@transaction
def reissue(
    session: Session,
    *,
    office_id: int,
    prefix: str,
    number: str,
    joiner_id: UUID | None,
    issue: int,
    role: str,
    actor_id: UUID,
    reason: str,
    keys: Keys,
    now: datetime,
) -> Reissued:
    """Replace the receipt of the first reporter, or of who joined; `issue` is how often it was issued on the page.

    `reason` says how it was made sure that this is the resident. Raises Missing, Refused (naming the field), Conflict
    when somebody else issued a code meanwhile. The same tap again shows the same code.

    Whoever has the new code can read who reported and answer for them: so it is registered as a look at their identity,
    and whoever had the old one is told.
    """
    report = locked(session, office_id, for_staff(session, office_id, number).id)
    holder = _holder(session, report, joiner_id)
    given = Details(reason=reason)
    workflow.check(Status(report.status), Move.REISSUE, role, given, held=report.is_held)
    fact = EventFact(Move.REISSUE, now, now, actor_id, joiner=joiner_id)
    if holder.receipt_issue != issue:
        _allow_second_tap(session, report, holder, issue, fact, reason)
        return _code(report, holder, prefix, keys, holder.receipt_issue)
    made = _next_free(session, report, holder, prefix, keys)
    holder.receipt_issue, holder.receipt_digest = made
    session.flush()
    identity.record(session, report, actor_id, LOOKED.format(reason=reason.strip()), now=now)
    carry_out(session, report, fact, given)
    return _code(report, holder, prefix, keys, made[0])


def _holder(session: Session, report: Complaint, joiner_id: UUID | None) -> Complaint | Joiner:
    if joiner_id is None:
        return report
    joiner = session.get(Joiner, (report.office_id, joiner_id))
    if joiner is None or joiner.complaint_id != report.id:
        raise Refused(NOBODY, "who")
    return joiner


def _next_free(
    session: Session, report: Complaint, holder: Complaint | Joiner, prefix: str, keys: Keys
) -> tuple[int, str]:
    """The next issue whose receipt nobody has, with its digest. Another's is met once in about 10^15 times."""
    issue = holder.receipt_issue
    while True:
        issue += 1
        code = receipts.make(keys.receipt.encode(), prefix, holder.submission_id, issue)
        digest = stored_receipt(keys, code)
        if queries.opened_by(session, report.office_id, digest) is None:
            return issue, digest


def _code(report: Complaint, holder: Complaint | Joiner, prefix: str, keys: Keys, issue: int) -> Reissued:
    code = receipts.make(keys.receipt.encode(), prefix, holder.submission_id, issue)
    return Reissued(report.number, code)


def _allow_second_tap(
    session: Session, report: Complaint, holder: Complaint | Joiner, issue: int, fact: EventFact, reason: str
) -> None:
    """Raise Conflict unless all that came between is this very issue by this very officer, just now."""
    steps = queries.events_of(session, report.office_id, report.id)
    made = [step for step in steps if step.fact.move is Move.REISSUE and step.fact.joiner == fact.joiner]
    same = made and (made[-1].fact.actor, made[-1].words.reason) == (fact.actor, reason)
    if not same or holder.receipt_issue != issue + 1 or fact.at - made[-1].fact.at > AGAIN:
        raise Conflict(ISSUED_MEANWHILE)
