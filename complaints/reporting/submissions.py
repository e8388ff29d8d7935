"""What came with a submission id: a report of its own, or joining one. One id never stands for both."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import Joiner
from complaints.models import Complaint


class Clash(Exception):
    """The id, or the receipt made of it, is taken on the other side."""


@dataclass(frozen=True)
class Known:
    """What was taken in under an id; `joined`: on somebody else's report."""

    report: Complaint
    digest: str
    receipt_digest: str
    joined: bool


# Built once: every report that comes in asks this.
TAKEN = {
    model: sa.select(model.id)
    .where(
        model.office_id == sa.bindparam("office"),
        sa.or_(model.submission_id == sa.bindparam("submission"), model.receipt_digest == sa.bindparam("receipt")),
    )
    .limit(1)
    for model in (Complaint, Joiner)
}


def known(session: Session, office_id: int, submission_id: UUID) -> Known | None:
    """What came with this submission id."""
    mine = {"office_id": office_id, "submission_id": submission_id}
    report = session.scalar(sa.select(Complaint).filter_by(**mine))
    if report is not None:
        return Known(report, report.digest, report.receipt_digest, joined=False)
    joiner = session.scalar(sa.select(Joiner).filter_by(**mine))
    if joiner is None:
        return None
    case = session.get_one(Complaint, (office_id, joiner.complaint_id))
    return Known(case, joiner.digest, joiner.receipt_digest, joined=True)


def refuse_clash(
    session: Session, model: type[Complaint] | type[Joiner], office_id: int, submission_id: UUID, receipt_digest: str
) -> None:
    """Raise Clash when a row of `model`, the other side's, has this id or receipt.

    To be asked once the chain is locked: whoever was there first has then been committed, and is seen.
    """
    asked = {"office": office_id, "submission": submission_id, "receipt": receipt_digest}
    if session.connection().execute(TAKEN[model], asked).first() is not None:
        raise Clash
