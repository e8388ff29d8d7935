"""Named reads of photos."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import Joiner, Photo
from complaints.models import Complaint
from complaints.queries import Opened
from complaints.terms import PhotoKind
from offices.models import Office


def uploaded(session: Session, office_id: int, upload_id: UUID) -> Photo | None:
    """The photo that came under this upload id."""
    return session.scalar(sa.select(Photo).filter_by(office_id=office_id, upload_id=upload_id))


def own(session: Session, opened: Opened) -> Sequence[Photo]:
    """The photos that whoever holds this receipt has sent and that are still there, in the order sent."""
    return session.scalars(_of(opened).where(Photo.erased_at.is_(None)).order_by(Photo.id)).all()


def how_many_sent(session: Session, opened: Opened) -> int:
    """Erased ones too: erasing makes no room for others."""
    return session.scalar(sa.select(sa.func.count()).select_from(_of(opened).subquery())) or 0


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
    shown = sa.and_(Photo.kind == PhotoKind.PROOF.value, Photo.is_shown)
    chosen = sa.select(Photo.id).filter_by(office_id=opened.office_id, complaint_id=opened.complaint_id, id=photo_id)
    return session.scalar(chosen.where(sa.or_(_by(opened), shown), Photo.erased_at.is_(None))) is not None


def kept(session: Session, office_id: int, ids: Collection[UUID]) -> Sequence[UUID]:
    """Those of the ids that are photos still there."""
    return session.scalars(
        sa.select(Photo.id).filter_by(office_id=office_id, erased_at=None).where(Photo.id.in_(ids))
    ).all()


def offices(session: Session) -> Sequence[int]:
    """Every office's id."""
    return session.scalars(sa.select(Office.id)).all()


def locked(session: Session, opened: Opened) -> Complaint:
    """The report, locked until the transaction ends: two of its photos never come in at the same time."""
    chosen = sa.select(Complaint).filter_by(office_id=opened.office_id, id=opened.complaint_id)
    return session.scalars(chosen.with_for_update()).one()


def joiner(session: Session, opened: Opened) -> Joiner | None:
    """Who of those that joined holds the receipt; None: the first reporter."""
    return session.get(Joiner, (opened.office_id, opened.joiner_id)) if opened.joiner_id else None


def _of(opened: Opened) -> sa.Select[Photo]:
    chosen = sa.select(Photo).filter_by(office_id=opened.office_id, complaint_id=opened.complaint_id)
    return chosen.where(_by(opened))


def _by(opened: Opened) -> sa.ColumnElement[bool]:
    """Sent by whoever holds this receipt."""
    resident = Photo.kind == PhotoKind.RESIDENT.value
    who = Photo.joiner_id.is_(None) if opened.joiner_id is None else Photo.joiner_id == opened.joiner_id
    return sa.and_(resident, Photo.added_by.is_(None), who)
