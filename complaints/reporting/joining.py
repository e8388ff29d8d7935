"""Joining somebody's report: a receipt of one's own on the same case, which is counted once."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from complaints import consents, promises, receipts, search, workflow
from complaints.carrying import carry_out
from complaints.case_models import Joiner
from complaints.contacts import Who, seal_who
from complaints.events import Row
from complaints.models import Category, Complaint
from complaints.queries import Opened
from complaints.reporting import submissions
from complaints.reporting.intake import ISSUES, Handed, Keys, Report, again, content_digest, stored_receipt
from complaints.reporting.submissions import Clash
from complaints.states import EventFact
from complaints.terms import Move, Status
from complaints.workflow import OPEN, Details
from core.calendar import long_moment
from core.db import transaction
from core.ids import uuid7
from core.sealing import passed_back, passing

TOKEN_LASTS_S = 2 * 3600
PURPOSE = "join:"  # so that nothing else that the key seals is taken for a token


def token(secret: str, office_id: int, complaint_id: UUID, *, now: datetime) -> str:
    """What names a case on a page that anybody may see: it says nothing, and holds for TOKEN_LASTS_S."""
    return passing(PURPOSE + secret, f"{office_id}:{complaint_id}", now=now)


def case_of(secret: str, office_id: int, text: str, *, now: datetime) -> UUID | None:
    """The case that a token of ours names; None for an old one, another office's, or none of ours."""
    inside = passed_back(PURPOSE + secret, text, seconds=TOKEN_LASTS_S, now=now)
    office, _colon, case = (inside or "").partition(":")
    return UUID(case) if inside and office == str(office_id) else None


def join(
    *, office_id: int, prefix: str, complaint_id: UUID, submission_id: UUID, report: Report, keys: Keys, now: datetime
) -> Handed | None:
    """Put one more resident on a case, once for each submission id; raises Conflict when the id came with other
    content. None when the case takes nobody like this any more: the report is then to be taken in as its own.
    """
    digest = content_digest(keys, report)
    known = again(office_id, submission_id, digest, prefix, keys, now=now)
    if known is not None:
        return known
    row = _row(office_id, complaint_id, submission_id, report, keys, now) | {"digest": digest}
    for issue in ISSUES:
        code = receipts.make(keys.receipt.encode(), prefix, submission_id, issue)
        try:
            receipt = {"receipt_issue": issue, "receipt_digest": stored_receipt(keys, code)}
            return _add(row | receipt, report.category, code, by_mail=bool(report.who.email), now=now)
        except (IntegrityError, Clash):
            known = again(office_id, submission_id, digest, prefix, keys, now=now)
            if known is not None:
                return known
    raise RuntimeError("no receipt is free")


@transaction
def _add(session: Session, row: Row, category: str, code: str, *, by_mail: bool, now: datetime) -> Handed | None:
    """The joiner with the case's event. The locks are taken in the order of every move: report, counters, chain."""
    office_id, complaint_id = row["office_id"], row["complaint_id"]
    if not _counted(session, office_id, complaint_id, category):
        return None
    report = session.get_one(Complaint, (office_id, complaint_id))
    workflow.check(Status(report.status), Move.JOIN, "system", Details(), held=report.is_held)
    session.execute(sa.insert(Joiner), row)
    if by_mail:
        opened = Opened(office_id, complaint_id, row["id"])
        consents.give(session, opened, consents.Purpose.EMAIL, now=now)
    search.add(session, office_id, report.number, row["said"])
    carry_out(session, report, EventFact(Move.JOIN, now, now, joiner=row["id"]), Details())
    submissions.refuse_clash(session, Complaint, office_id, row["submission_id"], row["receipt_digest"])
    due = promises.standing(session, report, now=now).settle_due
    return Handed(report.number, code, due, created=True, joined=True)


def _counted(session: Session, office_id: int, complaint_id: UUID, category: str) -> bool:
    """Whether the case may still be shown to whoever reports this kind, and one more has joined it: nobody can close it
    meanwhile. A token outlives what was true when it was given.
    """
    public = sa.select(Category.code).filter_by(office_id=office_id, code=category, is_public=True)
    counted = (
        sa.update(Complaint)
        .where(
            Complaint.office_id == office_id,
            Complaint.id == complaint_id,
            Complaint.status.in_([status.value for status in OPEN]),
            sa.not_(Complaint.is_held),
            sa.not_(Complaint.is_confidential),
            Complaint.category_code == category,
            public.exists(),
        )
        .values(joined=Complaint.joined + 1)
        .returning(Complaint.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(counted).first() is not None


def _row(office_id: int, complaint_id: UUID, submission_id: UUID, report: Report, keys: Keys, now: datetime) -> Row:
    return {
        "office_id": office_id,
        "id": uuid7(now),
        "complaint_id": complaint_id,
        "submission_id": submission_id,
        "joined_at": now,
        "said": said(report),
        "sealed": seal_who(keys.identity, report.who) if report.who != Who() else None,
    }


def said(report: Report) -> str:
    """Everything that the joiner wrote about the matter, as one text for the officer."""
    lines = [report.description]
    if report.place:
        lines.append(f"Tempat: {report.place}")
    if report.lat is not None and report.lng is not None:
        lines.append(f"Posisi: {report.lat}, {report.lng}")
    if report.happened_at:
        lines.append(f"Waktu kejadian: {long_moment(report.happened_at)}")
    if report.confidential:
        lines.append("Minta dirahasiakan dari pihak yang dilaporkan.")
    return "\n".join(lines)
