"""What is kept about a resident: seen, taken away and erased by whoever holds the receipt."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import consents, erasure, queries, search, workflow
from complaints.carrying import carry_out
from complaints.case_models import Photo
from complaints.consents import NAMES, RESIDENT, WORDS, Purpose
from complaints.contacts import Who, open_who
from complaints.desk_models import PushSubscription
from complaints.fetching import locked
from complaints.following import corrections, tracking_queries
from complaints.following.tracking import viewer_of
from complaints.law_models import Consent, Correction
from complaints.models import Contact, Event
from complaints.pictures import photo_queries
from complaints.queries import Opened
from complaints.states import EventFact
from complaints.terms import Move, Status
from complaints.workflow import Details
from core.calendar import WIB
from core.db import transaction
from offices import audit

NOBODY = Who()
FOR_PROGRAMS = "data.json"


@dataclass(frozen=True)
class KeptPhoto:
    """A photo that came with the receipt."""

    id: UUID
    added_at: datetime


@dataclass(frozen=True)
class Agreed:
    """What was agreed to, in the words that were read; `withdrawn_at` None: it stands."""

    purpose: str
    what: str
    words: str
    given_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: Consent) -> Self:
        """With the words of its version."""
        purpose = Purpose(row.purpose)
        words = str(WORDS[purpose, row.words])
        return cls(row.purpose, str(NAMES[purpose]), words, row.given_at, row.withdrawn_at)


@dataclass(frozen=True)
class Wished:
    """A correction; `outcome` "": it waits, until `due_at` at the latest."""

    kind: str
    asked_at: datetime
    due_at: datetime
    wanted: str
    answered_at: datetime | None
    outcome: str
    answer: str

    @classmethod
    def of(cls, row: Correction) -> Self:
        """As the resident may see it."""
        return cls(row.kind, row.asked_at, row.due_at, row.wanted, row.answered_at, row.outcome, row.answer)


@dataclass(frozen=True)
class MyData:
    """Everything that came with one receipt. `said`: when and what was written later; `phones`: how many devices are
    told of this report. `report` is the report's own text, "" for somebody who joined it.
    """

    number: str
    received_at: datetime
    report: str
    joined: str
    who: Who
    said: tuple[tuple[datetime, str], ...]
    photos: tuple[KeptPhoto, ...]
    phones: int
    agreed: tuple[Agreed, ...] = ()
    wishes: tuple[Wished, ...] = ()

    @property
    def by_phone(self) -> bool:
        """Whether this receipt's phones are told."""
        return bool(self.phones)

    @property
    def by_mail(self) -> bool:
        """Whether e-mail goes to this address."""
        mails = [each for each in self.agreed if each.purpose == Purpose.EMAIL]
        return bool(self.who.email) and (not mails or any(each.withdrawn_at is None for each in mails))

    @property
    def erasable(self) -> bool:
        """Whether there is anything that can be erased."""
        wrote_later = self.said and not self.report  # of the first reporter the case keeps it
        wished = any(each.wanted for each in self.wishes)
        return bool(self.who != NOBODY or self.photos or self.phones or self.joined or wrote_later or wished)


def my_data(session: Session, opened: Opened, identity_key: str) -> MyData:
    """What is kept; raises Missing."""
    report = tracking_queries.traced(session, opened.office_id, opened.complaint_id)
    joiner = queries.joiner(session, opened)
    sealed = _sealed(session, opened)
    steps = queries.events_of(session, opened.office_id, opened.complaint_id)
    return MyData(
        number=report.number,
        received_at=joiner.joined_at if joiner else report.received_at,
        report="" if joiner else report.description,
        joined=joiner.said if joiner else "",
        who=open_who(identity_key, sealed) if sealed else NOBODY,
        said=tuple((s.fact.at, s.words.said) for s in steps if s.words.said and s.fact.joiner == opened.joiner_id),
        photos=tuple(KeptPhoto(photo.id, photo.added_at) for photo in photo_queries.own(session, opened)),
        phones=tracking_queries.subscriptions(session, opened),
        agreed=tuple(Agreed.of(row) for row in consents.of(session, opened)),
        wishes=tuple(Wished.of(row) for row in corrections.of(session, opened)),
    )


def _sealed(session: Session, opened: Opened) -> bytes | None:
    """Who holds the receipt, sealed; never the first reporter for somebody who joined."""
    if opened.joiner_id is None:
        return queries.contact(session, opened.office_id, opened.complaint_id)
    joiner = queries.joiner(session, opened)
    return joiner.sealed if joiner else None


def archive(data: MyData, text: str, read: Callable[[UUID], bytes | None]) -> bytes:
    """A ZIP of `text` for the resident, `data.json` for programs, and the photos; `read` gives a photo's file."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("baca-data-saya.txt", text)
        folder.writestr(FOR_PROGRAMS, json.dumps(asdict(data), default=_plain, ensure_ascii=False, indent=2))
        for number, photo in enumerate(data.photos, 1):
            if jpeg := read(photo.id):
                folder.writestr(f"foto-{number}.jpg", jpeg)
    return target.getvalue()


def _plain(value: object) -> str:
    """What JSON has no form for; moments in WIB, as the text has them."""
    return value.astimezone(WIB).isoformat() if isinstance(value, datetime) else str(value)


@transaction
def note_taken(session: Session, *, opened: Opened, now: datetime) -> None:
    """The holder of this receipt took a copy away."""
    report = tracking_queries.traced(session, opened.office_id, opened.complaint_id)
    audit.note(session, opened.office_id, RESIDENT, "data.taken", report.number, {}, now=now)


@transaction
def erase(session: Session, *, opened: Opened, now: datetime) -> Sequence[UUID]:
    """Erase who somebody is, their photos and devices, and what they wrote when they joined; the photos whose files
    are to go (what is missed, the night removes). The case, its words and its counting stay. Once more changes nothing.
    """
    report = locked(session, opened.office_id, opened.complaint_id)
    gone_photos = _erase_photos(session, opened, now)
    gone = _erase_joiner(session, opened) if opened.joiner_id else _erase_contact(session, opened)
    phones = _erase_phones(session, opened)
    corrections.forget(session, opened, now)
    consents.forget(session, opened)
    if (
        gone_photos or gone or phones
    ) and report.status != Status.WITHDRAWN:  # no more moves then, but erased all the same
        workflow.check(Status(report.status), Move.ERASE, viewer_of(opened).value, Details())
        search.again(session, report)
        carry_out(session, report, EventFact(Move.ERASE, now, now, joiner=opened.joiner_id), Details())
    audit.note(session, opened.office_id, RESIDENT, "data.erased", report.number, {}, now=now)
    return gone_photos


def _erase_contact(session: Session, opened: Opened) -> bool:
    erased = sa.delete(Contact).filter_by(office_id=opened.office_id, complaint_id=opened.complaint_id)
    return bool(session.execute(erased.returning(Contact.complaint_id)).all())


def _erase_joiner(session: Session, opened: Opened) -> bool:
    """Who joined, and all that they wrote: the case does not stand on it."""
    joiner = queries.joiner(session, opened)
    if joiner is None:
        return False
    had = joiner.sealed is not None or joiner.said != ""
    joiner.sealed, joiner.said = None, ""
    theirs = sa.and_(Event.complaint_id == opened.complaint_id, Event.joiner_id == opened.joiner_id)
    return bool(erasure.forget_words(session, opened.office_id, theirs)) or had


def _erase_photos(session: Session, opened: Opened, now: datetime) -> Sequence[UUID]:
    """Their hashes stay, so that a photo used twice can still be found."""
    ids = [photo.id for photo in photo_queries.own(session, opened)]
    gone = sa.update(Photo).where(Photo.office_id == opened.office_id, Photo.id.in_(ids)).values(erased_at=now)
    session.execute(gone.execution_options(synchronize_session=False))
    return ids


def _erase_phones(session: Session, opened: Opened) -> bool:
    """The devices that asked to be told with this receipt."""
    theirs = {"complaint_id": opened.complaint_id, "joiner_id": opened.joiner_id}
    erased = sa.delete(PushSubscription).filter_by(office_id=opened.office_id, **theirs)
    return bool(session.scalars(erased.returning(PushSubscription.id)).all())
