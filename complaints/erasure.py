"""Erases who reported, some time after a report has ended. The report and its counting stay."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import search
from complaints.case_models import Joiner, Photo
from complaints.desk_models import PushSubscription
from complaints.models import Complaint, Contact, Event, EventWords
from complaints.terms import PhotoKind


def erase_ended(session: Session, office_id: int, ended_before: date, *, now: datetime) -> int:
    """Erase, of reports that are closed and had their last move before the day: the contacts, who joined and what they
    wrote, the residents' photos (the night removes their files, their hashes stay), and the browsers that were told;
    how many contacts. Proofs are the office's own and stay.
    """
    ended = _ended(office_id, ended_before)
    phones = sa.and_(PushSubscription.office_id == office_id, PushSubscription.complaint_id.in_(ended))
    joined = sa.and_(Joiner.office_id == office_id, Joiner.complaint_id.in_(ended))
    photos = sa.and_(Photo.office_id == office_id, Photo.complaint_id.in_(ended), Photo.erased_at.is_(None))
    session.execute(sa.delete(PushSubscription).where(phones))
    wrote = set(session.scalars(sa.select(Joiner.complaint_id).where(joined, Joiner.said != "")))
    wrote |= forget_words(session, office_id, Event.complaint_id.in_(ended))
    session.execute(sa.update(Joiner).where(joined, _says_something()).values(sealed=None, said=""))
    for complaint_id in wrote:
        search.again(session, session.get_one(Complaint, (office_id, complaint_id)))
    session.execute(sa.update(Photo).where(photos, Photo.kind == PhotoKind.RESIDENT.value).values(erased_at=now))
    erased = sa.delete(Contact).where(Contact.office_id == office_id, Contact.complaint_id.in_(ended))
    return len(session.scalars(erased.returning(Contact.complaint_id)).all())


def forget_words(session: Session, office_id: int, which: sa.ColumnElement[bool]) -> set[UUID]:
    """Delete what residents who joined wrote with these events; the reports whose words are to be indexed anew."""
    theirs = sa.and_(Event.office_id == office_id, Event.joiner_id.is_not(None), Event.actor_id.is_(None), which)
    same = sa.and_(EventWords.office_id == Event.office_id, EventWords.event_id == Event.id)
    reports = set(session.scalars(sa.select(Event.complaint_id).join(EventWords, same).where(theirs)))
    events = sa.select(Event.id).where(theirs)
    gone = sa.delete(EventWords).where(EventWords.office_id == office_id, EventWords.event_id.in_(events))
    session.execute(gone.execution_options(synchronize_session=False))
    return reports


def _ended(office_id: int, ended_before: date) -> sa.Select[UUID]:
    moved_since = sa.exists().where(
        Event.office_id == Complaint.office_id, Event.complaint_id == Complaint.id, Event.day >= ended_before
    )
    return sa.select(Complaint.id).where(
        Complaint.office_id == office_id, Complaint.due_on.is_(None), sa.not_(moved_since)
    )


def _says_something() -> sa.ColumnElement[bool]:
    return sa.or_(Joiner.sealed.is_not(None), Joiner.said != "")
