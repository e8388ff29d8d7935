"""Writes of the follow-up plan (rencana tindak lanjut). Each leaves an entry in the audit trail."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import wib_day
from core.db import transaction
from core.errors import Conflict, Refused
from core.ids import uuid7
from core.periods import Period
from offices import attachments, audit
from offices.attachments import Kept
from survey.elements import ElementKey
from survey.review import queries
from survey.review.models import FollowUp
from survey.review.terms import Status


class PlanValues(TypedDict):
    """What a line of the plan says; `due` is a quarter ("2026-TW4"), `service_code` None for the whole office."""

    element: ElementKey
    service_code: str | None
    action: str
    due: str
    owner: str


@transaction
def add(
    session: Session, /, *, office_id: int, period: str, by: str, now: datetime, **values: Unpack[PlanValues]
) -> UUID:
    """A new line of the plan that follows from the figures of `period`; its id. Raises Refused."""
    _check(period, values)
    row = FollowUp(
        office_id=office_id,
        id=uuid7(now),
        period=period,
        status=Status.PLANNED,
        added_at=now,
        added_by=by,
        changed_at=now,
        changed_by=by,
        **values,
    )
    session.add(row)
    session.flush()
    audit.record(session, office_id, by, "follow_up.add", _subject(row), dict(values), now=now)
    return row.id


@transaction
def change(
    session: Session,
    /,
    *,
    office_id: int,
    follow_up_id: UUID,
    seen: datetime,
    by: str,
    now: datetime,
    **values: Unpack[PlanValues],
) -> None:
    """Say it otherwise; `seen` is when it had last changed as its reader saw it. Raises Missing, Conflict, Refused."""
    row = _claimed(session, office_id, follow_up_id, seen, by, now)
    _check(row.period, values)
    _write(session, row, values, "follow_up.edit", by, now)


@transaction
def mark(
    session: Session,
    /,
    *,
    office_id: int,
    follow_up_id: UUID,
    seen: datetime,
    status: Status,
    result: str,
    done_on: date | None,
    evidence: Kept | None = None,
    by: str,
    now: datetime,
) -> None:
    """How far it is, and what came of it in words, which an end needs. `done_on` counts when it is done; None: today.

    New `evidence` stands beside the old, and is the one shown. Raises Missing, Conflict, Refused.
    """
    row = _claimed(session, office_id, follow_up_id, seen, by, now)
    today = wib_day(now)
    if status in {Status.DONE, Status.DROPPED} and not result:
        raise Refused("Tulis hasilnya, atau mengapa tidak jadi.", "result")
    if status == Status.DONE and done_on and done_on > today:
        raise Refused("Tanggal selesai tidak boleh sesudah hari ini.", "done_on")
    finished = (done_on or today) if status == Status.DONE else None
    values: dict[str, Any] = {"status": status, "result": result, "done_on": finished}
    if evidence:
        values["evidence_id"] = attachments.record(session, office_id, evidence, about(row.id), by, now)
    _write(session, row, values, "follow_up.mark", by, now)


@transaction
def publish(
    session: Session,
    /,
    *,
    office_id: int,
    follow_up_id: UUID,
    seen: datetime,
    is_public: bool,
    public_words: str,
    by: str,
    now: datetime,
) -> None:
    """Tell residents of it in words of its own, or tell them no longer. Raises Missing, Conflict, Refused."""
    row = _claimed(session, office_id, follow_up_id, seen, by, now)
    if is_public and not public_words:
        raise Refused("Tulis dulu kalimat untuk warga.", "public_words")
    if is_public and row.status not in queries.TOLD:
        raise Refused("Hanya yang sedang dikerjakan atau selesai diperlihatkan kepada warga.", "is_public")
    _write(session, row, {"is_public": is_public, "public_words": public_words}, "follow_up.publish", by, now)


def about(follow_up_id: UUID) -> str:
    """What evidence of this line is filed under."""
    return f"follow_up:{follow_up_id}"


def _check(period: str, values: PlanValues) -> None:
    due = Period.parse(values["due"])
    if due.length != 3 or due.last < Period.parse(period).first:
        raise Refused("Pilih triwulan yang tidak sebelum periode rencana ini.", "due")


def _claimed(session: Session, office_id: int, follow_up_id: UUID, seen: datetime, by: str, now: datetime) -> FollowUp:
    """The row, ours to write: nobody has changed it since it was seen. Raises Missing, Conflict."""
    untouched = sa.update(FollowUp).where(
        FollowUp.office_id == office_id, FollowUp.id == follow_up_id, FollowUp.changed_at == seen
    )
    taken = session.execute(untouched.values(changed_at=now, changed_by=by).returning(FollowUp.id)).first()
    row = queries.follow_up(session, office_id, follow_up_id)
    if taken is None:
        raise Conflict("Orang lain baru saja mengubah rencana ini. Periksa isinya yang sekarang, lalu simpan lagi.")
    return row


def _write(session: Session, row: FollowUp, values: Mapping[str, Any], action: str, by: str, now: datetime) -> None:
    changes = {key: [_plain(getattr(row, key)), _plain(value)] for key, value in values.items()}
    for key, value in values.items():
        setattr(row, key, value)
    changed = {key: pair for key, pair in changes.items() if pair[0] != pair[1]}
    if changed:
        audit.record(session, row.office_id, by, action, _subject(row), changed, now=now)


def _plain(value: object) -> object:
    """As JSON can hold it."""
    return str(value) if isinstance(value, date | UUID) else value


def _subject(row: FollowUp) -> str:
    return f"{row.period} {row.element}"
