"""Marks suggestions: what they speak of, whether they were handled, or hidden with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import Month
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from core.upsert import insert_for
from offices import audit
from survey.review import queries, suggestion_queries
from survey.review.models import SuggestionMark, SuggestionTurn
from survey.review.terms import THEMES, UNSORTED, State

MOST = 100  # at one stroke


@dataclass(frozen=True)
class Marking:
    """What to write; None leaves what is there. `reason` belongs to hiding; `unlink` takes a follow-up away."""

    theme: str | None = None
    state: State | None = None
    reason: str = ""
    follow_up_id: UUID | None = None
    unlink: bool = False

    def values(self) -> dict[str, Any]:
        """The columns that change."""
        found: dict[str, Any] = {}
        if self.theme is not None:
            found["theme"] = self.theme
        if self.state is not None:
            found |= {"state": self.state, "reason": self.reason if self.state == State.HIDDEN else ""}
        if self.follow_up_id or self.unlink:
            found["follow_up_id"] = None if self.unlink else self.follow_up_id
        return found


@transaction
def mark(
    session: Session, *, office_id: int, rating_ids: Sequence[UUID], marking: Marking, by: str, now: datetime
) -> int:
    """Mark the suggestions of these ratings; how many. Raises Refused, Missing."""
    _check(rating_ids, marking)
    if marking.follow_up_id:
        queries.follow_up(session, office_id, marking.follow_up_id)
    days = suggestion_queries.days_of(session, office_id, rating_ids)
    if days:
        _write(session, office_id, list(days), {**marking.values(), "changed_at": now, "changed_by": by})
        if marking.state is not None:
            _turn(session, office_id, list(days), is_open=marking.state is State.OPEN, now=now)
        _record(session, office_id, marking, list(days.values()), by, now)
    return len(days)


def _write(session: Session, office_id: int, rating_ids: Sequence[UUID], changed: Mapping[str, Any]) -> None:
    """Onto the marks that are there; the others begin with what a suggestion is that nobody has marked."""
    fresh = {"theme": UNSORTED, "state": State.OPEN, "reason": "", "follow_up_id": None}
    rows = [{"office_id": office_id, "id": rating_id, **fresh, **changed} for rating_id in rating_ids]
    insert = insert_for(session, SuggestionMark).values(rows)
    session.execute(insert.on_conflict_do_update(index_elements=["office_id", "id"], set_=changed))


def _turn(session: Session, office_id: int, rating_ids: Sequence[UUID], *, is_open: bool, now: datetime) -> None:
    turned = {"office_id": office_id, "is_open": is_open, "turned_at": now}
    rows = [{**turned, "id": uuid7(now), "rating_id": rating_id} for rating_id in rating_ids]
    session.execute(sa.insert(SuggestionTurn), rows)


def _check(rating_ids: Sequence[UUID], marking: Marking) -> None:
    if not rating_ids:
        raise Refused("Centang dulu sarannya.")
    if len(rating_ids) > MOST:
        raise Refused(f"Paling banyak {MOST} saran sekaligus. Kurangi centangnya.")
    if not marking.values():
        raise Refused("Pilih dulu apa yang diubah: tema, keadaan, atau tindak lanjut.")
    if marking.theme is not None and marking.theme not in {*THEMES, UNSORTED}:
        raise Refused("Pilih tema dari daftar.", "theme")
    if marking.state == State.HIDDEN and not marking.reason:
        raise Refused("Tulis mengapa saran ini disembunyikan.", "reason")


def _record(session: Session, office_id: int, marking: Marking, days: Sequence[date], by: str, now: datetime) -> None:
    """Without the words: the trail outlives them."""
    values = marking.values()
    follow_up = {"follow_up": str(values["follow_up_id"] or "")} if "follow_up_id" in values else {}
    told = {key: value for key, value in values.items() if key != "follow_up_id"} | follow_up
    months = ", ".join(sorted({str(Month.of_day(day)) for day in days}))
    audit.record(session, office_id, by, "suggestion.mark", months, {"suggestions": len(days), **told}, now=now)
