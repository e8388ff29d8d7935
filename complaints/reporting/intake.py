"""Takes a report in: its number, its promises, its first event and its receipt, in one transaction."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from complaints import consents, counters, events, notices, promises, queries, receipts, search
from complaints.case_models import Joiner
from complaints.contacts import Who, seal_who
from complaints.counters import place_of
from complaints.deadlines import deadlines, next_due
from complaints.events import NewEvent, Row, WrittenWords
from complaints.models import Complaint, Contact
from complaints.queries import Opened
from complaints.reporting import submissions
from complaints.reporting.numbering import next_number
from complaints.terms import Move, Source, Status
from core.calendar import wib_day
from core.db import reader, transaction
from core.errors import Conflict
from core.ids import uuid7
from core.sealing import lasting
from offices import dirty
from offices import queries as office_queries
from offices.dirty import Figures

ALREADY_SENT = "Laporan dengan nomor formulir ini sudah kami terima, dengan isi yang lain."
# Built once: building a statement takes longer than running it.
INSERT_COMPLAINT = sa.insert(Complaint)
ISSUES = (1, 2)  # the second only where the first receipt is taken, once in about 10^15 submissions


@dataclass(frozen=True)
class Keys:
    """The kept keys: one makes receipts, the other seals who reported."""

    receipt: str
    identity: str


@dataclass(frozen=True)
class Handed:
    """What the resident gets. `code` is None once the office has issued another; `created`: not a repetition;
    `is_held`: taken in now, and held for review; `joined`: on somebody else's report.
    """

    number: str
    code: str | None
    settle_due: date
    created: bool
    is_held: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Entered:
    """Who put in a report that came another way; `received_at` is the written time (None: as it is put in), `reason`
    why it is put in so late, "" where it is not.
    """

    by: UUID
    received_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """A report's content, normalised: what makes two submissions the same."""

    category: str
    description: str
    village: str | None
    place: str
    lat: Decimal | None
    lng: Decimal | None
    happened_at: datetime | None
    confidential: bool
    point: str | None
    who: Who


def submit(
    *,
    office_id: int,
    prefix: str,
    submission_id: UUID,
    category: str,
    description: str,
    village: str | None,
    place: str,
    lat: Decimal | None,
    lng: Decimal | None,
    happened_at: datetime | None,
    name: str,
    phone: str,
    email: str,
    confidential: bool,
    point: str | None,
    source: Source,
    keys: Keys,
    held_because: str | None = None,
    found_village: str | None = None,
    entered: Entered | None = None,
    now: datetime,
) -> Handed:
    """Take the report in, once for each submission id; raises Conflict when the id came with other content.

    `prefix` is the office's; `point` the code of the service point it came by; `held_because` says why it is to be
    reviewed first; `found_village` is the desa at the position, for who chose none. Promises and public number
    follow the time at which a report was received, which staff may have `entered`.
    """
    who = Who(name, phone, email)
    report = Report(category, description, village, place, lat, lng, happened_at, confidential, point, who)
    received_at = (entered.received_at if entered else None) or now
    row = _row(office_id, report, submission_id, source, received_at, now) | _promises(office_id, category, received_at)
    digest = content_digest(keys, report, entered)
    row |= {"digest": digest, "is_held": held_because is not None, "held_because": held_because}
    row["village_code"] = village or found_village  # found, not typed: a repetition has the same digest without it
    words = search.entry(reader(), office_id, row["village_code"], description, place)
    return _issued(row, words, who, prefix, keys, entered, now)


def _issued(
    row: Row, words: list[str], who: Who, prefix: str, keys: Keys, entered: Entered | None, now: datetime
) -> Handed:
    """Add it under the first receipt that is free, unless it was there before."""
    for issue in ISSUES:
        try:
            code = receipts.make(keys.receipt.encode(), prefix, row["submission_id"], issue)
            return _add(row | {"receipt_issue": issue}, words, who, code, keys, entered, now=now)
        except (IntegrityError, submissions.Clash):
            known = again(row["office_id"], row["submission_id"], row["digest"], prefix, keys, now=now)
            if known is not None:
                return known
    raise RuntimeError("no receipt is free")


def content_digest(keys: Keys, report: Report, entered: Entered | None = None) -> str:
    """64 hex digits of the content; keyed, because a phone number could be guessed from a plain digest."""
    content = asdict(report) | ({"entered": asdict(entered)} if entered else {})
    text = json.dumps(content, default=str, sort_keys=True)
    return hmac.new(lasting(keys.identity).encode(), text.encode(), hashlib.sha256).hexdigest()


@transaction
def _add(
    session: Session,
    row: Row,
    words: list[str],
    who: Who,
    code: str,
    keys: Keys,
    entered: Entered | None,
    *,
    now: datetime,
) -> Handed:
    """The report with everything that belongs to it. The chain's lock comes last of the locks."""
    office_id, received_on = row["office_id"], row["received_on"]
    number = receipts.public_number(received_on.year, next_number(session, office_id, received_on.year))
    stored = {"number": number, "receipt_digest": stored_receipt(keys, code)}
    connection = session.connection()  # below the ORM, which costs as much again for each row
    connection.execute(INSERT_COMPLAINT, row | stored)
    if who != Who():
        sealed = seal_who(keys.identity, who)
        connection.execute(sa.insert(Contact), {"office_id": office_id, "complaint_id": row["id"], "sealed": sealed})
    if who.email:
        said = consents.BY_STAFF if entered else consents.VERSION
        opened = Opened(office_id, row["id"], None)
        consents.give(session, opened, consents.Purpose.EMAIL, words=said, now=now)
    search.write(session, office_id, [search.Entry(row["id"], number, words)])
    dirty.mark(session, office_id, Figures.COMPLAINTS, {received_on}, now=now)
    counters.add(session, office_id, [place_of(row)])
    event_id = events.append(session, office_id, _received(row, entered), now=now)
    notices.put_down(session, office_id, row["id"], event_id, Move.RECEIVE, now=now)
    submissions.refuse_clash(session, Joiner, office_id, row["submission_id"], stored["receipt_digest"])
    return Handed(number, code, row["settle_due"], created=True, is_held=row["is_held"])


def _received(row: Row, entered: Entered | None) -> NewEvent:
    """The first move; in the name of whoever put the report in."""
    if entered is None:
        return NewEvent(row["id"], Move.RECEIVE, row["received_at"])
    words = WrittenWords(reason=entered.reason) if entered.reason else None
    return NewEvent(row["id"], Move.RECEIVE, row["received_at"], actor_id=entered.by, words=words)


@transaction
def again(
    session: Session, office_id: int, submission_id: UUID, digest: str, prefix: str, keys: Keys, *, now: datetime
) -> Handed | None:
    """What this submission got the first time, as a report or joining one; None when it is new. Raises Conflict."""
    known = submissions.known(session, office_id, submission_id)
    if known is None:
        return None
    if known.digest != digest:
        raise Conflict(ALREADY_SENT)
    code = receipts.make(keys.receipt.encode(), prefix, submission_id, ISSUES[0])
    still_holds = stored_receipt(keys, code) == known.receipt_digest
    due = promises.standing(session, known.report, now=now).settle_due
    return Handed(known.report.number, code if still_holds else None, due, created=False, joined=known.joined)


def stored_receipt(keys: Keys, code: str) -> str:
    """What is stored of a receipt that `receipts.make` made."""
    receipt = receipts.parse(code)
    if receipt is None:
        raise ValueError("not a receipt of ours")
    return receipts.digest(keys.receipt.encode(), receipt)


def _promises(office_id: int, category: str, now: datetime) -> Row:
    """The due days, read before the write begins so that nobody waits for them."""
    days = queries.settle_days(reader(), office_id, category)
    dates = deadlines(now, days, office_queries.days_off(reader(), office_id, since=wib_day(now)))
    return asdict(dates) | {"due_on": next_due(Status.RECEIVED, dates)}


def _row(
    office_id: int, report: Report, submission_id: UUID, source: Source, received_at: datetime, now: datetime
) -> Row:
    return {
        "office_id": office_id,
        "id": uuid7(now),
        "submission_id": submission_id,
        "category_code": report.category,
        "description": report.description,
        "village_code": report.village,
        "place": report.place,
        "lat": report.lat,
        "lng": report.lng,
        "happened_at": report.happened_at,
        "point_code": report.point,
        "is_confidential": report.confidential,
        "source": source.value,
        "received_at": received_at,
        "received_on": wib_day(received_at),
        "recorded_at": now,
        "status": Status.RECEIVED.value,
    }
