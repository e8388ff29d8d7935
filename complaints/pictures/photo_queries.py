"""Named reads of photos."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import Joiner, Photo
from complaints.models import Complaint
from complaints.queries import Opened
from complaints.terms import PhotoKind
from core.media import ASKED_AT_ONCE, File
from core.rollup import pairs


def uploaded(session: Session, office_id: int, upload_id: UUID) -> Photo | None:
    """The photo that came under this upload id."""
    return session.scalar(sa.select(Photo).filter_by(office_id=office_id, upload_id=upload_id))


def own(session: Session, opened: Opened) -> Sequence[Photo]:
    """The photos that whoever holds this receipt has sent and that are still there, in the order sent."""
    return session.scalars(_of(opened).where(Photo.erased_at.is_(None)).order_by(Photo.id)).all()


def how_many_sent(session: Session, opened: Opened) -> int:
    """Erased ones too: erasing makes no room for others."""
    return session.scalar(sa.select(sa.func.count()).select_from(_of(opened).subquery())) or 0


def seen_by(session: Session, opened: Opened) -> Sequence[Photo]:
    """The photos that this receipt opens: its holder's own, and proofs that residents may see."""
    mine = sa.select(Photo).filter_by(office_id=opened.office_id, complaint_id=opened.complaint_id, erased_at=None)
    return session.scalars(mine.where(_visible(opened)).order_by(Photo.id)).all()


def of_case(session: Session, office_id: int, complaint_id: UUID) -> Sequence[Photo]:
    """All photos of a report that are still there: the residents' first, then proofs, each in the order sent."""
    chosen = sa.select(Photo).filter_by(office_id=office_id, complaint_id=complaint_id, erased_at=None)
    return session.scalars(chosen.order_by(Photo.kind.desc(), Photo.id)).all()


def is_of_case(session: Session, office_id: int, number: str, photo_id: UUID) -> bool:
    """Whether the photo belongs to the report with this public number and is still there."""
    same = sa.and_(Complaint.office_id == Photo.office_id, Complaint.id == Photo.complaint_id)
    chosen = sa.select(Photo.id).join(Complaint, same)
    wanted = (Photo.office_id == office_id, Photo.id == photo_id, Complaint.number == number.strip().upper())
    return session.scalar(chosen.where(*wanted, Photo.erased_at.is_(None))) is not None


def may_see(session: Session, opened: Opened, photo_id: UUID) -> bool:
    """Whether this receipt opens the photo: its holder's own, or a proof that residents may see."""
    chosen = sa.select(Photo.id).filter_by(office_id=opened.office_id, complaint_id=opened.complaint_id, id=photo_id)
    return session.scalar(chosen.where(_visible(opened), Photo.erased_at.is_(None))) is not None


def kept(session: Session, files: Collection[File]) -> Sequence[File]:
    """Those of the files that are photos still there."""
    chosen = sa.select(Photo.office_id, Photo.id).where(
        Photo.erased_at.is_(None), pairs(Photo.office_id, Photo.id, files)
    )
    return [(office, key) for office, key in session.execute(chosen)]


def all_there(session: Session) -> Iterator[File]:
    """Every photo of every office that is still there."""
    chosen = sa.select(Photo.office_id, Photo.id).where(Photo.erased_at.is_(None))
    return ((office, key) for office, key in session.execute(chosen.execution_options(yield_per=ASKED_AT_ONCE)))


def report(session: Session, opened: Opened) -> Complaint:
    """The report that the receipt opens."""
    return session.scalars(_report(opened)).one()


def handed_in(session: Session, office_id: int, submission_id: UUID) -> Opened | None:
    """What the receipt of this submission opens: a report, or one that was joined."""
    sent = {"office_id": office_id, "submission_id": submission_id}
    found = session.scalar(sa.select(Complaint.id).filter_by(**sent))
    if found:
        return Opened(office_id, found, None)
    joined = session.execute(sa.select(Joiner.complaint_id, Joiner.id).filter_by(**sent)).first()
    return Opened(office_id, joined.complaint_id, joined.id) if joined else None


def _report(opened: Opened) -> sa.Select[Complaint]:
    return sa.select(Complaint).filter_by(office_id=opened.office_id, id=opened.complaint_id)


def _of(opened: Opened) -> sa.Select[Photo]:
    chosen = sa.select(Photo).filter_by(office_id=opened.office_id, complaint_id=opened.complaint_id)
    return chosen.where(_by(opened))


def _visible(opened: Opened) -> sa.ColumnElement[bool]:
    return sa.or_(_by(opened), sa.and_(Photo.kind == PhotoKind.PROOF.value, Photo.is_shown))


def _by(opened: Opened) -> sa.ColumnElement[bool]:
    """Sent by whoever holds this receipt."""
    resident = Photo.kind == PhotoKind.RESIDENT.value
    who = Photo.joiner_id.is_(None) if opened.joiner_id is None else Photo.joiner_id == opened.joiner_id
    return sa.and_(resident, Photo.added_by.is_(None), who)
