"""Erases who reported, some time after a report has ended. The report and its counting stay."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import search
from complaints.case_models import Joiner, Photo
from complaints.desk_models import PushSubscription
from complaints.models import Complaint, Contact, Event, EventWords
from complaints.terms import PhotoKind
from core.batches import batches
from core.rollup import BATCH, pairs

Report = tuple[int, UUID]  # office, key


@dataclass(frozen=True)
class Ends:
    """The day before which a report must have had its last move: the `usual` one, and that of offices which chose
    another.
    """

    usual: date
    of_office: Mapping[int, date] = field(default_factory=dict)

    def day(self, office: sa.SQLColumnExpression[int]) -> sa.ColumnElement[date]:
        """The same for the office of a row."""
        offices: defaultdict[date, list[int]] = defaultdict(list)
        for key, day in self.of_office.items():
            offices[day].append(key)
        usual = sa.literal(self.usual, sa.Date)
        chosen = [(office.in_(keys), sa.literal(day, sa.Date)) for day, keys in offices.items()]
        return sa.case(*chosen, else_=usual) if chosen else usual


def erase_ended(session: Session, ends: Ends, *, now: datetime) -> int:
    """Erase, of reports that are closed and had their last move before the day: the contacts, who joined and what they
    wrote, the residents' photos (the night removes their files, their hashes stay), and the browsers that were told;
    how many contacts. Proofs are the office's own and stay. All offices are asked at once, and only reports that still
    have something to erase are touched.
    """
    due = _due(session, ends)
    return sum(_erase(session, part, now) for part in batches(due, BATCH))


def forget_words(session: Session, office_id: int, which: sa.ColumnElement[bool]) -> set[UUID]:
    """Delete what residents who joined wrote with these events; the reports whose words are to be indexed anew."""
    return {key for _office, key in _forget(session, sa.and_(Event.office_id == office_id, which))}


def _due(session: Session, ends: Ends) -> Sequence[Report]:
    left = _left().subquery()
    same = sa.and_(Complaint.office_id == left.c.office_id, Complaint.id == left.c.complaint_id)
    moved_since = sa.exists().where(
        Event.office_id == Complaint.office_id,
        Event.complaint_id == Complaint.id,
        Event.day >= ends.day(Complaint.office_id),
    )
    chosen = sa.select(Complaint.office_id, Complaint.id).join(left, same)
    found = session.execute(chosen.where(Complaint.due_on.is_(None), sa.not_(moved_since)))
    return [(office, key) for office, key in found]


def _left() -> sa.CompoundSelect[int, UUID | None]:
    """(office, report) wherever something is left to erase."""
    wrote = sa.and_(
        Event.office_id == Joiner.office_id, Event.complaint_id == Joiner.complaint_id, Event.joiner_id == Joiner.id
    )
    words = sa.and_(EventWords.office_id == Event.office_id, EventWords.event_id == Event.id)
    residents = sa.and_(Photo.kind == PhotoKind.RESIDENT.value, Photo.erased_at.is_(None))
    return sa.union(
        sa.select(Contact.office_id, Contact.complaint_id),
        sa.select(PushSubscription.office_id, PushSubscription.complaint_id),
        sa.select(Joiner.office_id, Joiner.complaint_id).where(_says_something()),
        sa.select(Photo.office_id, Photo.complaint_id).where(residents),
        sa.select(Joiner.office_id, Joiner.complaint_id).join(Event, wrote).join(EventWords, words).where(_theirs()),
    )


def _erase(session: Session, ended: Collection[Report], now: datetime) -> int:
    phones = pairs(PushSubscription.office_id, PushSubscription.complaint_id, ended)
    joined = pairs(Joiner.office_id, Joiner.complaint_id, ended)
    photos = sa.and_(pairs(Photo.office_id, Photo.complaint_id, ended), Photo.erased_at.is_(None))
    session.execute(sa.delete(PushSubscription).where(phones))
    said = sa.select(Joiner.office_id, Joiner.complaint_id).where(joined, Joiner.said != "")
    wrote = {(office, key) for office, key in session.execute(said)}
    wrote |= _forget(session, pairs(Event.office_id, Event.complaint_id, ended))
    session.execute(sa.update(Joiner).where(joined, _says_something()).values(sealed=None, said=""))
    for report in sorted(wrote):
        search.again(session, session.get_one(Complaint, report))
    session.execute(sa.update(Photo).where(photos, Photo.kind == PhotoKind.RESIDENT.value).values(erased_at=now))
    erased = sa.delete(Contact).where(pairs(Contact.office_id, Contact.complaint_id, ended))
    return len(session.scalars(erased.returning(Contact.complaint_id)).all())


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
