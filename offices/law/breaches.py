"""Breaches of personal data: put down, worked through step by step, and the notices kept as versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import Missing, Refused
from core.ids import uuid7
from offices import audit
from offices.law.models import Breach, BreachNotice, BreachStep
from offices.law.terms import LATE, REQUIRED, THREE_DAYS, Clock, Step, clock


@dataclass(frozen=True)
class Case:
    """A breach, its steps that were taken, its notices (the newest first), and how its three days stand."""

    breach: Breach
    taken: Mapping[Step, BreachStep]
    notices: Sequence[BreachNotice]
    clock: Clock

    @property
    def due_at(self) -> datetime:
        """When the written notices must have gone."""
        return self.breach.found_at + THREE_DAYS

    @property
    def is_overdue(self) -> bool:
        """Whether somebody has not been told, and should have been by now."""
        return self.clock.state == LATE and not self.taken.keys() >= set(REQUIRED)

    @property
    def is_closed(self) -> bool:
        """Whether every step was taken."""
        return self.taken.keys() == set(Step)


def cases(session: Session, office_id: int, now: datetime) -> list[Case]:
    """All of an office, the newest first."""
    found = session.scalars(sa.select(Breach).filter_by(office_id=office_id).order_by(Breach.id.desc())).all()
    return [_case(session, each, now) for each in found]


def case(session: Session, office_id: int, breach_id: UUID, now: datetime) -> Case:
    """One of the office's; raises Missing."""
    return _case(session, _breach(session, office_id, breach_id), now)


@transaction
def add(session: Session, *, office_id: int, title: str, found_at: datetime, by: str, now: datetime) -> UUID:
    """Put a breach down; the clock runs from when it was found. Raises Refused for a time that has not come."""
    if found_at > now:
        raise Refused(_("Waktu ditemukan belum sampai. Periksa tanggal dan jamnya."), "found_at")
    row = Breach(office_id=office_id, id=uuid7(now), title=title, found_at=found_at, added_at=now, added_by=by)
    session.add(row)
    audit.record(session, office_id, by, "breach.add", title, {}, now=now)
    return row.id


@transaction
def take(session: Session, *, office_id: int, breach_id: UUID, step: Step, note: str, by: str, now: datetime) -> None:
    """Tick a step off, once; raises Missing, and Refused where somebody did before."""
    breach = _breach(session, office_id, breach_id)
    if step in _case(session, breach, now).taken:
        raise Refused(_("Langkah ini sudah dicentang. Muat ulang halaman untuk melihat oleh siapa."))
    row = {"office_id": office_id, "id": uuid7(now), "breach_id": breach_id, "step": step.value}
    session.execute(sa.insert(BreachStep), row | {"done_at": now, "done_by": by, "note": note})
    audit.record(session, office_id, by, "breach.step", breach.title, {"step": step.value}, now=now)


@transaction
def write_notice(
    session: Session, *, office_id: int, breach_id: UUID, disclosed: str, how: str, remedy: str, by: str, now: datetime
) -> int:
    """Keep the words of the notice as a new version: its number. Raises Missing."""
    breach = _breach(session, office_id, breach_id)
    version = len(_case(session, breach, now).notices) + 1
    row = {"office_id": office_id, "id": uuid7(now), "breach_id": breach_id, "version": version}
    texts = {"disclosed": disclosed, "how": how, "remedy": remedy}
    session.execute(sa.insert(BreachNotice), row | texts | {"made_at": now, "made_by": by})
    audit.record(session, office_id, by, "breach.notice", breach.title, {"version": version}, now=now)
    return version


def _breach(session: Session, office_id: int, breach_id: UUID) -> Breach:
    found = session.get(Breach, (office_id, breach_id))
    if found is None:
        raise Missing(_("Catatan kebocoran ini tidak ada."))
    return found


def _case(session: Session, breach: Breach, now: datetime) -> Case:
    mine = {"office_id": breach.office_id, "breach_id": breach.id}
    steps = {Step(row.step): row for row in session.scalars(sa.select(BreachStep).filter_by(**mine))}
    notices = session.scalars(sa.select(BreachNotice).filter_by(**mine).order_by(BreachNotice.version.desc())).all()
    told = [steps[step].done_at for step in REQUIRED if step in steps]
    done = max(told) if len(told) == len(REQUIRED) else None
    return Case(breach, steps, notices, clock(breach.found_at + THREE_DAYS, done, now))
