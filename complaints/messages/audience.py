"""Who is told of a move: residents, staff, other systems. Found when the notice is sent, not when it was put down."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from complaints import consents, queries, receipts
from complaints.case_models import Joiner
from complaints.contacts import open_who
from complaints.desk_models import PushSubscription
from complaints.messages import letters, notice_queries, routing, subscribing
from complaints.messages.notice_queries import Told
from complaints.messages.subscribing import Kept
from complaints.models import Complaint
from complaints.reporting.intake import Keys, stored_receipt
from complaints.terms import Move
from core.calendar import ONE_DAY, WIB
from core.outbox import Channel

# So long what residents add to one report is gathered for staff: one notice at the end of it.
GATHERED, GATHERED_URGENT = timedelta(hours=1), timedelta(minutes=10)
# Between these hours of WIB staff are told of what is not urgent; what comes later waits for the morning.
WAKING, SLEEPING = time(6), time(20)


@dataclass(frozen=True)
class Receiver:
    """One message to be put down: by which way, what tells it from others of its cause, the ids that it holds. `cause`:
    what it is told of, "": this move alone.
    """

    channel: Channel
    key: str
    names: dict[str, UUID]
    not_before: datetime | None = None
    cause: str = ""


@dataclass(frozen=True)
class Resident:
    """Somebody who reported: `joiner` None is the first. `code` None: a receipt that can't be made again. `number` is
    that of their own report, which may be a duplicate of another.
    """

    report: UUID
    number: str
    joiner: UUID | None
    code: str | None
    email: str


def receivers(session: Session, what: Told, keys: Keys, *, now: datetime) -> Iterator[Receiver]:
    """Everybody who is told of the move. A report held for review is told to nobody until it is released; one of an
    office whose data is invented never: its people's addresses may be somebody's.
    """
    if what.is_invented or what.report.is_held or _was_held(what):
        return
    if what.move is Move.REISSUE:  # between the office and one resident
        yield from _replaced(session, what, keys)
        return
    yield from _residents(session, what, keys)
    yield from _staff(session, what, now)
    for hook in notice_queries.webhooks(session, what.report.office_id):
        yield Receiver(Channel.WEBHOOK, str(hook.id), {"webhook": hook.id})


def _was_held(what: Told) -> bool:
    """Whether the report came in held. Its receipt is told by its release, also where both are told only now."""
    return what.move is Move.RECEIVE and what.report.held_because is not None


def residents(session: Session, report: Complaint, prefix: str, keys: Keys) -> list[Resident]:
    """Those who reported this, as things stand now: the first, then those who joined."""
    joined = queries.joiners(session, report.office_id, report.id)
    sealed = queries.contact(session, report.office_id, report.id)
    unwanted = consents.without_mail(session, report.office_id, report.id)
    rows: list[tuple[Complaint | Joiner, bytes | None]] = [(report, sealed), *((row, row.sealed) for row in joined)]
    return [
        Resident(
            report=report.id,
            number=report.number,
            joiner=row.id if isinstance(row, Joiner) else None,
            code=_code(row, prefix, keys),
            email="" if (row.id if isinstance(row, Joiner) else None) in unwanted else _email(keys, sealed),
        )
        for row, sealed in rows
    ]


def is_told(what: Told, who: Resident, *, put_off: bool) -> bool:
    """Whether a resident is told of the move: it concerns them, or it moved the promised day."""
    first = who.joiner is None and who.report == what.report.id
    return put_off or (what.move in letters.RESIDENTS_TOLD and (first or what.move not in letters.FIRST_ONLY))


def is_receipt(what: Told, who: Resident) -> bool:
    """Whether by this move the very report of this resident came in. One that was held came in when it was released."""
    if who.joiner is not None:
        return what.move is Move.JOIN and who.joiner == what.event.joiner_id
    came_in = Move.RELEASE if what.report.held_because else Move.RECEIVE
    return what.move is came_in and who.report == what.report.id


def concerned(session: Session, report: Complaint) -> frozenset[UUID]:
    """Who is to act on the report now."""
    people = notice_queries.people(session, report.office_id)
    rules = notice_queries.rules(session, report.office_id)
    return routing.concerned(rules, people, report.assignee_id, report.category_code, report.village_code)


def awake(now: datetime) -> datetime:
    """Now, or the next morning when staff sleep."""
    local = now.astimezone(WIB)
    if WAKING <= local.time() < SLEEPING:
        return now
    day = local.date() + ONE_DAY if local.time() >= SLEEPING else local.date()
    return datetime.combine(day, WAKING, WIB)


def _residents(session: Session, what: Told, keys: Keys) -> Iterator[Receiver]:
    """Also those whose report is a duplicate of this one: theirs follows it."""
    if what.move in letters.CAME_IN:
        everybody = residents(session, what.report, what.prefix, keys)
        yield from _by_mail(who for who in everybody if is_receipt(what, who))
        return
    put_off = notice_queries.new_due(session, what) is not None
    if not put_off and what.move not in letters.RESIDENTS_TOLD:
        return
    for report in (what.report, *notice_queries.followers(session, what.report)):
        everybody = residents(session, report, what.prefix, keys)
        told = [who for who in everybody if is_told(what, who, put_off=put_off)]
        yield from _by_mail(told)
        codes = {who.code for who in told}
        yield from _pushed(phone for phone, kept in _phones(session, report, keys) if kept.receipt in codes)


def _replaced(session: Session, what: Told, keys: Keys) -> Iterator[Receiver]:
    """The one whose code was replaced, and the phones that know the old one."""
    report, joiner = what.report, what.event.joiner_id
    holders = [who for who in residents(session, report, what.prefix, keys) if who.joiner == joiner]
    yield from _by_mail(holders)
    codes = {who.code for who in holders}
    known = ((phone, kept) for phone, kept in _phones(session, report, keys) if phone.joiner_id == joiner)
    yield from _pushed(phone for phone, kept in known if kept.receipt not in codes)


def _phones(session: Session, report: Complaint, keys: Keys) -> Iterator[tuple[PushSubscription, Kept]]:
    """Those of the report, with what they hold; without what a lost key sealed: nobody else must wait for that."""
    for phone in notice_queries.phones_of_report(session, report.office_id, report.id):
        kept = subscribing.opened(keys, phone)
        if kept is not None:
            yield phone, kept


def _pushed(phones: Iterable[PushSubscription]) -> Iterator[Receiver]:
    for phone in phones:
        yield Receiver(Channel.PUSH, str(phone.id), {"subscription": phone.id})


def _by_mail(told: Iterable[Resident]) -> Iterator[Receiver]:
    for who in told:
        if who.email:
            names = {"report": who.report} | ({"joiner": who.joiner} if who.joiner else {})
            yield Receiver(Channel.EMAIL, f"{who.report}:{who.joiner or 'first'}", names)


def _staff(session: Session, what: Told, now: datetime) -> Iterator[Receiver]:
    if what.move not in letters.STAFF_WORDS:
        return
    chosen: Collection[UUID] = concerned(session, what.report)
    told = sorted(set(chosen) - {what.event.actor_id})
    cause, later = _when(what, now)
    unwanted = notice_queries.without_mail(session, what.report.office_id)
    for staff_id in (one for one in told if one not in unwanted):
        yield Receiver(Channel.EMAIL, str(staff_id), {"staff": staff_id}, later, cause)
    for phone in notice_queries.phones_of_staff(session, what.report.office_id, told):
        yield Receiver(Channel.PUSH, str(phone.id), {"subscription": phone.id}, later, cause)


def _when(what: Told, now: datetime) -> tuple[str, datetime]:
    """What staff are told of, and when. Additions to a report that are told at the same time are told once."""
    if what.move is not Move.ADD:
        return "", now if what.is_urgent else awake(now)
    seconds = int((GATHERED_URGENT if what.is_urgent else GATHERED).total_seconds())
    ends = datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, UTC)
    told = ends if what.is_urgent else awake(ends)
    return f"add:{what.report.id}:{int(told.timestamp())}", told


def _code(row: Complaint | Joiner, prefix: str, keys: Keys) -> str | None:
    """The receipt, made again; None for a report from the log book, which has none."""
    code = receipts.make(keys.receipt.encode(), prefix, row.submission_id, row.receipt_issue)
    return code if stored_receipt(keys, code) == row.receipt_digest else None


def _email(keys: Keys, sealed: bytes | None) -> str:
    if sealed is None:
        return ""
    try:
        return open_who(keys.identity, sealed).email
    except InvalidToken:  # sealed with a key that is lost: nobody can be told, and nobody else must wait for that
        return ""
