"""Filters that somebody keeps under a name, for themselves."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk.inbox import Filters
from complaints.desk_models import SavedView
from core.db import transaction
from core.errors import Missing, Refused
from core.ids import uuid7

MOST = 30
FULL = f"Sudah ada {MOST} tampilan. Hapus dulu yang tidak dipakai lagi."
NOT_HERE = "Tampilan ini tidak ada."


def views_of(session: Session, office_id: int, staff_id: UUID) -> Sequence[SavedView]:
    """What this account keeps, by name."""
    chosen = sa.select(SavedView).where(SavedView.office_id == office_id, SavedView.staff_id == staff_id)
    return session.scalars(chosen.order_by(SavedView.name, SavedView.id)).all()


@transaction
def save(session: Session, *, office_id: int, staff_id: UUID, name: str, filters: Filters, now: datetime) -> None:
    """Keep the filters; under a name that is there already, in its place. Raises Refused when there are too many."""
    kept = views_of(session, office_id, staff_id)
    query = urlencode(filters.query())
    same = next((view for view in kept if view.name == name), None)
    if same is not None:
        same.query = query
        return
    if len(kept) >= MOST:
        raise Refused(FULL, "name")
    session.add(SavedView(office_id=office_id, id=uuid7(now), staff_id=staff_id, name=name, query=query, added_at=now))


@transaction
def forget(session: Session, *, office_id: int, staff_id: UUID, view_id: UUID) -> str:
    """Delete one of this account's own: its name. Raises Missing for any other."""
    view = session.get(SavedView, (office_id, view_id))
    if view is None or view.staff_id != staff_id:
        raise Missing(NOT_HERE)
    session.delete(view)
    return view.name
