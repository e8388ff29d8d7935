"""Keeps which browsers want to be told, sealed: of one report by its receipt, or of the desk's by account."""

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from complaints import consents
from complaints.consents import Purpose
from complaints.desk_models import NoticeChoice, PushSubscription
from complaints.queries import Opened
from complaints.reporting.intake import Keys
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from core.push import Subscription, endpoint_digests
from core.sealing import seal, unseal
from core.upsert import insert_for

MOST_PHONES = 10
TOO_MANY = f"Sudah ada {MOST_PHONES} HP yang diberi tahu. Hentikan dulu di salah satu HP itu."


@dataclass(frozen=True)
class Kept:
    """What is sealed: where the browser is reached, and the receipt that it asked with ("" for staff)."""

    subscription: Subscription
    receipt: str


def opened(keys: Keys, row: PushSubscription) -> Kept | None:
    """The row's contents; None when it was sealed with a key that is lost: that browser can't be reached any more."""
    try:
        found = json.loads(unseal(keys.identity, row.sealed))
    except InvalidToken:
        return None
    return Kept(Subscription(**found["subscription"]), found["receipt"])


@transaction
def subscribe(
    session: Session,
    *,
    office_id: int,
    complaint_id: UUID | None = None,
    joiner_id: UUID | None = None,
    staff_id: UUID | None = None,
    receipt: str = "",
    subscription: Subscription,
    keys: Keys,
    now: datetime,
) -> None:
    """Tell this browser from now on, of one report (by the receipt, which is a joiner's or the first's) or as one
    account; the same again changes nothing. Raises Refused when this receipt or account has too many already; those
    that know a replaced code of it are told no more, and don't count.
    """
    digests = endpoint_digests(keys.identity, subscription.endpoint)
    of = _of(office_id, complaint_id, joiner_id, staff_id)
    session.execute(sa.delete(PushSubscription).where(of, PushSubscription.endpoint_digest.in_(digests)))
    kept = [opened(keys, row) for row in session.scalars(sa.select(PushSubscription).where(of))]
    if sum(one is not None and one.receipt == receipt for one in kept) >= MOST_PHONES:
        raise Refused(TOO_MANY)
    row = {
        "office_id": office_id,
        "id": uuid7(now),
        "complaint_id": complaint_id,
        "joiner_id": joiner_id,
        "staff_id": staff_id,
        "endpoint_digest": digests[0],
        "sealed": _sealed(keys, Kept(subscription, receipt)),
        "added_at": now,
    }
    session.execute(sa.insert(PushSubscription).values(row))
    if complaint_id is not None:
        consents.give(session, Opened(office_id, complaint_id, joiner_id), Purpose.PUSH, now=now)


@transaction
def unsubscribe(
    session: Session,
    *,
    office_id: int,
    complaint_id: UUID | None = None,
    joiner_id: UUID | None = None,
    staff_id: UUID | None = None,
    endpoint: str,
    keys: Keys,
    now: datetime,
) -> None:
    """Tell this browser no longer, by this receipt or account; one that was never told changes nothing."""
    of, digests = _of(office_id, complaint_id, joiner_id, staff_id), endpoint_digests(keys.identity, endpoint)
    session.execute(sa.delete(PushSubscription).where(of, PushSubscription.endpoint_digest.in_(digests)))
    if complaint_id is not None and session.scalar(sa.select(PushSubscription.id).where(of).limit(1)) is None:
        consents.end(session, Opened(office_id, complaint_id, joiner_id), Purpose.PUSH, now=now)


@transaction
def renew(session: Session, *, office_id: int, old: Subscription, new: Subscription, keys: Keys) -> None:
    """The browser that was reached by `old` is reached by `new` from now on, for all that it is told of. Only it and we
    know the secret of the old one; with another nothing changes.
    """
    digests = endpoint_digests(keys.identity, new.endpoint)
    known_by = PushSubscription.endpoint_digest.in_(endpoint_digests(keys.identity, old.endpoint))
    for row in session.scalars(sa.select(PushSubscription).where(known_by).filter_by(office_id=office_id)).all():
        kept = opened(keys, row)
        if kept is None or not hmac.compare_digest(kept.subscription.auth.encode(), old.auth.encode()):
            continue
        doubled = sa.and_(PushSubscription.endpoint_digest.in_(digests), PushSubscription.id != row.id)
        of = _of(office_id, row.complaint_id, row.joiner_id, row.staff_id)
        session.execute(sa.delete(PushSubscription).where(of, doubled))
        row.endpoint_digest, row.sealed = digests[0], _sealed(keys, Kept(new, kept.receipt))


def forget(session: Session, office_id: int, subscription_id: UUID) -> None:
    """The browser is gone: so is every subscription with its endpoint, in the caller's transaction."""
    digest = sa.select(PushSubscription.endpoint_digest).filter_by(office_id=office_id, id=subscription_id)
    gone = session.scalar(digest)
    session.execute(sa.delete(PushSubscription).filter_by(office_id=office_id, endpoint_digest=gone))


def _sealed(keys: Keys, kept: Kept) -> bytes:
    return seal(keys.identity, json.dumps(asdict(kept)))


def _of(
    office_id: int, complaint_id: UUID | None, joiner_id: UUID | None, staff_id: UUID | None
) -> sa.ColumnElement[bool]:
    """One receipt's, of the first reporter or of who joined, or one account's."""
    if (complaint_id is None) == (staff_id is None):
        raise ValueError("a report or an account")
    return sa.and_(
        PushSubscription.office_id == office_id,
        PushSubscription.complaint_id == complaint_id,
        PushSubscription.joiner_id == joiner_id,
        PushSubscription.staff_id == staff_id,
    )


@transaction
def choose(session: Session, *, office_id: int, staff_id: UUID, by_mail: bool) -> None:
    """Keep whether the account wants e-mail."""
    row = insert_for(session, NoticeChoice).values(office_id=office_id, staff_id=staff_id, by_mail=by_mail)
    session.execute(row.on_conflict_do_update(index_elements=["office_id", "staff_id"], set_={"by_mail": by_mail}))
