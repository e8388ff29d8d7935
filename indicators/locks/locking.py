"""Locks a month as a version, and lets the Camat approve it; rows are only added."""

from datetime import datetime

from sqlalchemy.orm import Session

from complaints.oversight.anchors import anchor_at
from core.calendar import A_MOMENT, Month
from core.db import transaction
from core.errors import Conflict, Missing, Refused
from core.ids import uuid7
from core.upsert import insert_for
from indicators.locks import checklist, definitions, queries
from indicators.locks.inputs import hash_of_inputs
from indicators.locks.models import MonthApproval, MonthLock
from indicators.locks.readiness import Ready, ready
from indicators.months import storing
from indicators.months.open_row import open_row
from indicators.months.whole import Whole
from indicators.sheet import Indicator
from offices import audit
from offices import queries as offices
from offices.models import Office

ONE_VERSION = ("office_id", "month", "version")


@transaction
def lock(
    session: Session,
    *,
    office_id: int,
    month: Month,
    version: int,
    seen: str,
    reason: str,
    letter_number: str,
    despite_open: bool,
    by: str,
    now: datetime,
) -> int:
    """Lock the figures that were `seen` (Ready.seen) as `version`, the next one; which it is. Raises Refused where an
    item of the checklist blocks, where soft ones are open and not `despite_open`, without a reason for a further
    version, and where the figures or the version are others by now.
    """
    offices.take_turn(session, office_id)
    office = offices.office(session, office_id)
    found = ready(session, office, month, now)
    whole = _checked(found, version, seen, reason, despite_open=despite_open)
    open_items = " ".join(item.check for item in checklist.left_open(found.items))
    said = {"reason": reason, "letter_number": letter_number, "left_open": open_items}
    row = {
        "office_id": office_id,
        "id": uuid7(now),
        "month": str(month),
        "version": version,
        "locked_at": now,
        "locked_by": by,
        **said,
        **_stored(session, office, whole),
    }
    new = insert_for(session, MonthLock).values(row).on_conflict_do_nothing(index_elements=ONE_VERSION)
    if session.scalar(new.returning(MonthLock.version)) is None:
        raise Conflict(_too_late(month))
    audit.record(session, office_id, by, "month.lock", str(month), {"version": version, **said}, now=now)
    return version


@transaction
def approve(session: Session, *, office_id: int, month: Month, version: int, by: str, now: datetime) -> None:
    """The Camat approves the newest version, once. Raises Refused, and Missing where the month is not locked."""
    offices.take_turn(session, office_id)
    last = queries.newest(session, office_id, month)
    if last is None:
        raise Missing("Bulan ini belum dikunci.")
    if last.version != version:
        raise Refused(f"Ada versi yang lebih baru: versi {last.version}. Periksa dahulu, lalu setujui versi itu.")
    row = {"office_id": office_id, "id": uuid7(now), "month": str(month), "version": version}
    new = insert_for(session, MonthApproval).values(**row, approved_at=now, approved_by=by)
    new = new.on_conflict_do_nothing(index_elements=ONE_VERSION)
    if session.scalar(new.returning(MonthApproval.version)) is None:
        raise Conflict("Versi ini sudah disetujui.")
    audit.record(session, office_id, by, "month.approve", str(month), {"version": version}, now=now)


def _checked(found: Ready, version: int, seen: str, reason: str, *, despite_open: bool) -> Whole:
    """The figures, when they may be locked."""
    blocking, left = checklist.blocking(found.items), checklist.left_open(found.items)
    if blocking or found.whole is None:
        raise Refused(f"{blocking[0].title}: {blocking[0].words}" if blocking else "Belum dihitung.")
    if found.version != version:
        raise Conflict(_too_late(found.month))
    if found.seen != seen:
        raise Conflict("Angka bulan ini berubah sesudah Anda membukanya. Periksa angka yang baru, lalu kunci.")
    if left and not despite_open:
        names = ", ".join(item.title.lower() for item in left)
        raise Refused(f"belum dicentang. Masih terbuka: {names}. Bereskan dahulu, atau centang.", "despite_open")
    if version > 1 and not reason.strip():
        raise Refused("Tulis mengapa bulan ini dikunci sekali lagi.", "reason")
    return found.whole


def _too_late(month: Month) -> str:
    return f"{month.long} baru saja dikunci orang lain. Lihat versinya dahulu; versi berikut perlu alasan."


def _stored(session: Session, office: Office, whole: Whole) -> dict[str, object]:
    """What is kept: the figures, what they rest on, and what proves them. A counted month has its moment."""
    as_of = whole.summary.as_of
    if as_of is None:
        raise ValueError("nothing was counted")
    period = whole.summary.period
    content, anchor = storing.text_of(whole), anchor_at(session, office.id, as_of + A_MOMENT)
    return {
        "as_of": as_of,
        "content": content,
        "content_hash": storing.hash_of(content),
        "definitions": storing.text_of(definitions.gather(session, office, period, as_of)),
        "inputs_hash": hash_of_inputs(session, office, period, as_of),
        "anchor_events": anchor.events,
        "anchor_hash": anchor.hash,
        "figures": storing.text_of(figures(whole)),
        "published": storing.text_of(open_row(whole.summary)),
    }


def figures(whole: Whole) -> dict[str, str | None]:
    """The six values by indicator, as texts."""
    values = {key: whole.summary.line(key).result.value for key in Indicator}
    return {key.value: None if value is None else str(value) for key, value in values.items()}
