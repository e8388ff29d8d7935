"""Named reads of single entries of the registers: all their versions, who wrote them, and their files."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.errors import Missing
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
    Version,
)
from indicators.registers.queries import replaced
from indicators.registers.terms import Register
from offices.models import Attachment

MODELS: Mapping[Register, type[Version]] = {
    Register.DOCUMENTS: OrganisationDocument,
    Register.ACTIVITIES: EmpowermentActivity,
    Register.REVIEWS: SakipReview,
    Register.PROGRAMME: ProgrammeIndicator,
    Register.REALISATIONS: ProgrammeRealisation,
    Register.OUTSIDE: OutsideIndex,
}
# The columns of every version.
SHARED = frozenset({"office_id", "id", "entry_id", "file_id", "is_removed", "reason", "recorded_at", "recorded_by"})
NOT_THERE = "Isian ini tidak ada."


def told_columns(register: Register) -> list[str]:
    """The columns that a register has beside those of every version."""
    return [column.key for column in sa.inspect(MODELS[register]).columns if column.key not in SHARED]


def versions(session: Session, register: Register, office_id: int, entry_id: UUID) -> Sequence[Version]:
    """All versions of an entry, oldest first; none where there is no such entry."""
    model = MODELS[register]
    chosen = sa.select(model).where(model.office_id == office_id, model.entry_id == entry_id)
    return session.scalars(chosen.order_by(model.recorded_at, model.id)).all()


def newest(session: Session, register: Register, office_id: int, entry_id: UUID) -> Version:
    """The newest version of an entry, even one that takes it out; raises Missing."""
    found = versions(session, register, office_id, entry_id)
    if not found:
        raise Missing(NOT_THERE)
    return found[-1]


def removed(session: Session, register: Register, office_id: int, year: int) -> Sequence[Version]:
    """The entries of a year that were taken out, by when."""
    model = MODELS[register]
    taken_out = (model.is_removed, ~replaced(model), _in_year(model, year))
    chosen = sa.select(model).where(model.office_id == office_id, *taken_out)
    return session.scalars(chosen.order_by(model.recorded_at)).all()


def files(session: Session, office_id: int, ids: Collection[UUID | None]) -> Mapping[UUID, Attachment]:
    """These attachments by id."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    chosen = sa.select(Attachment).where(Attachment.office_id == office_id, Attachment.id.in_(wanted))
    return {row.id: row for row in session.scalars(chosen)}


def _in_year(model: type[Version], year: int) -> sa.ColumnElement[bool]:
    if model is EmpowermentActivity:
        return EmpowermentActivity.planned_on.between(date(year, 1, 1), date(year, 12, 31))
    found: sa.ColumnElement[bool] = sa.inspect(model).columns["year"] == year
    return found
