"""Erases who reported, some time after a report has ended. The report and its counting stay."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import search
from complaints.case_models import Joiner, Photo
from complaints.desk_models import PushSubscription
from complaints.law_models import Consent, Correction, Outcome
from complaints.models import Complaint, Contact, Event, EventWords
from complaints.terms import Exclusion, PhotoKind
from core.batches import batches
from core.retention import Ends
from core.rollup import BATCH, pairs

Report = tuple[int, UUID]  # office, key
ERASED = "(sudah dihapus)"  # what stands where somebody's words were, so that nothing counts them out
Eraser = Callable[[Session, Sequence[Report], datetime], Collection[Report]]


def erase_identities(session: Session, ends: Ends, *, now: datetime) -> Counter[int]:
    """Erase, of reports that are closed and had their last move before the day: the contacts, who joined and what they
    wrote, what they agreed to and had corrected. How many reports of each office; all offices are asked at once, and
    only reports that still have something to erase are touched.
    """
    return _each(session, _due(session, ends, _with_somebody()), _erase_identities, now)


def erase_photos(session: Session, ends: Ends, *, now: datetime) -> Counter[int]:
    """Likewise residents' photos (the night removes their files, their hashes stay). Proofs are the office's own."""
    mine = sa.select(Photo.office_id, Photo.complaint_id).where(_kept_photo()).distinct()
    return _each(session, _due(session, ends, mine), _erase_photos, now)


def erase_phones(session: Session, ends: Ends, *, now: datetime) -> Counter[int]:
    """Likewise the browsers that were told."""
    told = sa.select(PushSubscription.office_id, PushSubscription.complaint_id).distinct()
    return _each(session, _due(session, ends, told), _erase_phones, now)


def erase_spam(session: Session, ends: Ends, *, now: datetime) -> Counter[int]:
    """Likewise what was written in reports that were excluded as no reports: they may speak ill of a neighbour. Kind,
    desa and counting stay.
    """
    spam = sa.select(Complaint.office_id, Complaint.id.label("complaint_id")).where(
        Complaint.exclusion == Exclusion.SPAM.value, Complaint.description != ERASED
    )
    return _each(session, _due(session, ends, spam), _erase_spam, now)


def _each(session: Session, due: Sequence[Report], erase: Eraser, now: datetime) -> Counter[int]:
    """How many of each office."""
    return Counter(office for part in batches(due, BATCH) for office, _key in erase(session, part, now))


def forget_words(session: Session, office_id: int, which: sa.ColumnElement[bool]) -> set[UUID]:
    """Delete what residents who joined wrote with these events; the reports whose words are to be indexed anew."""
    return {key for _office, key in _forget(session, sa.and_(Event.office_id == office_id, which))}


def _due(session: Session, ends: Ends, having: sa.SelectBase) -> Sequence[Report]:
    left = having.subquery()
    same = sa.and_(Complaint.office_id == left.c.office_id, Complaint.id == left.c.complaint_id)
    moved_since = sa.exists().where(
        Event.office_id == Complaint.office_id,
        Event.complaint_id == Complaint.id,
        Event.day >= ends.day(Complaint.office_id),
    )
    chosen = sa.select(Complaint.office_id, Complaint.id).join(left, same)
    found = session.execute(chosen.where(Complaint.due_on.is_(None), sa.not_(moved_since)))
    return [(office, key) for office, key in found]


def _with_somebody() -> sa.CompoundSelect[Any]:
    """(office, report) wherever something is left to erase."""
    wrote = sa.and_(
        Event.office_id == Joiner.office_id, Event.complaint_id == Joiner.complaint_id, Event.joiner_id == Joiner.id
    )
    words = sa.and_(EventWords.office_id == Event.office_id, EventWords.event_id == Event.id)
    return sa.union(
        sa.select(Contact.office_id, Contact.complaint_id),
        sa.select(Consent.office_id, Consent.complaint_id),
        sa.select(Correction.office_id, Correction.complaint_id).where(corrected()),
        sa.select(Joiner.office_id, Joiner.complaint_id).where(_says_something()),
        sa.select(Joiner.office_id, Joiner.complaint_id).join(Event, wrote).join(EventWords, words).where(_theirs()),
    )


def _erase_identities(session: Session, ended: Sequence[Report], now: datetime) -> Sequence[Report]:
    joined = pairs(Joiner.office_id, Joiner.complaint_id, ended)
    said = sa.select(Joiner.office_id, Joiner.complaint_id).where(joined, Joiner.said != "")
    wrote = {(office, key) for office, key in session.execute(said)}
    wrote |= _forget(session, pairs(Event.office_id, Event.complaint_id, ended))
    session.execute(sa.update(Joiner).where(joined, _says_something()).values(sealed=None, said=""))
    for report in sorted(wrote):
        search.again(session, session.get_one(Complaint, report))
    forget_wishes(session, pairs(Correction.office_id, Correction.complaint_id, ended), now)
    session.execute(sa.delete(Consent).where(pairs(Consent.office_id, Consent.complaint_id, ended)))
    session.execute(sa.delete(Contact).where(pairs(Contact.office_id, Contact.complaint_id, ended)))
    return ended


def forget_wishes(session: Session, which: sa.ColumnElement[bool], now: datetime) -> None:
    """Delete the words of corrections; that they were asked for and answered in time stays. What waits for an answer
    ends with them: there is nothing left to answer.
    """
    ended = {"answered_at": now, "outcome": Outcome.WITHDRAWN.value}
    waits = sa.update(Correction).where(which, Correction.answered_at.is_(None)).values(ended)
    session.execute(waits.execution_options(synchronize_session=False))
    words = {"wanted": "", "before": "", "answer": ""}
    gone = sa.update(Correction).where(which, corrected()).values(words)
    session.execute(gone.execution_options(synchronize_session=False))


def _erase_photos(session: Session, ended: Sequence[Report], now: datetime) -> Sequence[Report]:
    photos = sa.and_(pairs(Photo.office_id, Photo.complaint_id, ended), _kept_photo())
    session.execute(sa.update(Photo).where(photos).values(erased_at=now))
    return ended


def _erase_phones(session: Session, ended: Sequence[Report], _now: datetime) -> Sequence[Report]:
    phones = pairs(PushSubscription.office_id, PushSubscription.complaint_id, ended)
    session.execute(sa.delete(PushSubscription).where(phones))
    return ended


def _erase_spam(session: Session, ended: Sequence[Report], _now: datetime) -> Sequence[Report]:
    of = pairs(Event.office_id, Event.complaint_id, ended)
    events = sa.select(Event.office_id, Event.id).where(of, Event.actor_id.is_(None))
    said = sa.delete(EventWords).where(sa.tuple_(EventWords.office_id, EventWords.event_id).in_(events))
    session.execute(said.execution_options(synchronize_session=False))
    blank = {"description": ERASED, "place": "", "lat": None, "lng": None}
    gone = sa.update(Complaint).where(pairs(Complaint.office_id, Complaint.id, ended)).values(blank)
    session.execute(gone.execution_options(synchronize_session=False))
    session.expire_all()
    for report in ended:
        search.again(session, session.get_one(Complaint, report))
    return ended


def _forget(session: Session, which: sa.ColumnElement[bool]) -> set[Report]:
    same = sa.and_(EventWords.office_id == Event.office_id, EventWords.event_id == Event.id)
    found = sa.select(Event.office_id, Event.complaint_id).join(EventWords, same).where(which, _theirs())
    reports = {(office, key) for office, key in session.execute(found)}
    if reports:
        events = sa.select(Event.office_id, Event.id).where(which, _theirs())
        gone = sa.delete(EventWords).where(sa.tuple_(EventWords.office_id, EventWords.event_id).in_(events))
        session.execute(gone.execution_options(synchronize_session=False))
    return reports


def _theirs() -> sa.ColumnElement[bool]:
    """Moves of residents who joined, not of staff."""
    return sa.and_(Event.joiner_id.is_not(None), Event.actor_id.is_(None))


def _says_something() -> sa.ColumnElement[bool]:
    return sa.or_(Joiner.sealed.is_not(None), Joiner.said != "")


def _kept_photo() -> sa.ColumnElement[bool]:
    return sa.and_(Photo.kind == PhotoKind.RESIDENT.value, Photo.erased_at.is_(None))


def corrected() -> sa.ColumnElement[bool]:
    """A correction that still says what it was about."""
    return sa.or_(Correction.wanted != "", Correction.before != "", Correction.answer != "")
