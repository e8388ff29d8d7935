"""What residents agreed to: being told by phone or by e-mail. Recorded with its words, taken back at once.

All else rests on the office's public task (UU 27/2022 pasal 20 ayat 2 huruf e) and needs no consent; see ADR 0040.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from complaints.desk_models import PushSubscription
from complaints.law_models import Consent
from complaints.models import Complaint
from complaints.queries import Opened
from core.db import transaction
from core.ids import uuid7
from offices import audit

# The version of the words below that the forms show; older ones stay here, for those who agreed to them.
VERSION, BY_STAFF, BEFORE = "2026-11", "petugas", "lama"
RESIDENT = "pelapor"  # who the trail says it was: a receipt has no name


class Purpose(StrEnum):
    """What was agreed to; stored by value."""

    PUSH = "push"
    EMAIL = "email"


NAMES: Mapping[Purpose, object] = {
    Purpose.PUSH: _l("Pemberitahuan di HP atau komputer"),
    Purpose.EMAIL: _l("Kabar lewat email"),
}
WORDS: Mapping[tuple[Purpose, str], object] = {
    (Purpose.PUSH, VERSION): _l(
        "Dengan menekan tombol ini Anda setuju kami menyimpan alamat peramban ini untuk mengabari Anda. "
        "Anda dapat menariknya kapan saja."
    ),
    (Purpose.EMAIL, VERSION): _l("Tautan ke laporan ini dan kabar berikutnya kami kirim ke sini, tanpa isi laporan."),
    (Purpose.EMAIL, BY_STAFF): _l("Disampaikan kepada petugas yang mencatat laporan."),
    (Purpose.EMAIL, BEFORE): _l("Diisi sebelum persetujuan dicatat terpisah."),
}


def give(session: Session, opened: Opened, purpose: Purpose, *, words: str = VERSION, now: datetime) -> None:
    """Record that it was agreed to, in the caller's transaction; what stands already stays."""
    if session.scalar(sa.select(Consent.id).where(_standing(opened, purpose)).limit(1)) is None:
        session.execute(sa.insert(Consent), _row(opened, purpose, words, now))


def end(session: Session, opened: Opened, purpose: Purpose, *, now: datetime) -> None:
    """It was taken back, or there is nothing left of it, in the caller's transaction."""
    ended = sa.update(Consent).where(_standing(opened, purpose)).values(withdrawn_at=now)
    session.execute(ended.execution_options(synchronize_session=False))


@transaction
def withdraw(session: Session, *, opened: Opened, purpose: Purpose, now: datetime) -> None:
    """Take it back: nobody is told this way from now on. What was agreed to before it was recorded is written down."""
    if purpose is Purpose.PUSH:
        mine = {"complaint_id": opened.complaint_id, "joiner_id": opened.joiner_id}
        session.execute(sa.delete(PushSubscription).filter_by(office_id=opened.office_id, **mine))
    if not any(each.purpose == purpose for each in of(session, opened)):
        report = session.get_one(Complaint, (opened.office_id, opened.complaint_id))
        session.execute(sa.insert(Consent), _row(opened, purpose, BEFORE, report.recorded_at))
    end(session, opened, purpose, now=now)
    _note(session, opened, "consent.withdrawn", purpose, now)


@transaction
def renew(session: Session, *, opened: Opened, purpose: Purpose, now: datetime) -> None:
    """Agree again, after taking it back."""
    give(session, opened, purpose, now=now)
    _note(session, opened, "consent.given", purpose, now)


def of(session: Session, opened: Opened) -> Sequence[Consent]:
    """All that the holder of this receipt agreed to, the oldest first."""
    return session.scalars(sa.select(Consent).where(_mine(opened)).order_by(Consent.id)).all()


def without_mail(session: Session, office_id: int, complaint_id: UUID) -> set[UUID | None]:
    """Who of a report wants no e-mail any more; None is the first reporter."""
    chosen = sa.select(Consent.joiner_id, sa.func.count(Consent.withdrawn_at), sa.func.count())
    found = chosen.where(
        Consent.office_id == office_id, Consent.complaint_id == complaint_id, Consent.purpose == Purpose.EMAIL.value
    )
    rows = session.execute(found.group_by(Consent.joiner_id))
    return {joiner for joiner, withdrawn, given in rows if withdrawn == given}


def forget(session: Session, opened: Opened) -> None:
    """Erased with the identity, in the caller's transaction."""
    session.execute(sa.delete(Consent).where(_mine(opened)))


def _note(session: Session, opened: Opened, action: str, purpose: Purpose, now: datetime) -> None:
    """In the trail, which outlasts the identity; whose it was is not said."""
    number = session.get_one(Complaint, (opened.office_id, opened.complaint_id)).number
    audit.note(session, opened.office_id, RESIDENT, action, number, {"kind": purpose.value}, now=now)


def _row(opened: Opened, purpose: Purpose, words: str, now: datetime) -> dict[str, object]:
    mine = {"office_id": opened.office_id, "complaint_id": opened.complaint_id, "joiner_id": opened.joiner_id}
    return mine | {"id": uuid7(now), "purpose": purpose.value, "words": words, "given_at": now}


def _mine(opened: Opened) -> sa.ColumnElement[bool]:
    return sa.and_(
        Consent.office_id == opened.office_id,
        Consent.complaint_id == opened.complaint_id,
        Consent.joiner_id == opened.joiner_id,
    )


def _standing(opened: Opened, purpose: Purpose) -> sa.ColumnElement[bool]:
    return sa.and_(_mine(opened), Consent.purpose == purpose.value, Consent.withdrawn_at.is_(None))
