"""Named reads of paper forms."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.errors import Missing
from offices.audit_models import AuditEntry
from offices.models import Import
from survey.entry.models import PaperBatch, PaperForm
from survey.entry.paper_terms import MOST_FORMS, Given, Sheet, Turn

PAGE = 50  # piles
NOT_THERE = "Tumpukan ini tidak ada."
DISCARDED = "paper.discard"  # the audit trail's word for it


def piles(session: Session, office_id: int, after: UUID | None = None) -> tuple[Sequence[PaperBatch], bool]:
    """A page of piles, the one begun last on top, `after` the last one of the page before (None: the first page); and
    whether there are more.
    """
    chosen = sa.select(PaperBatch).filter_by(office_id=office_id)
    if after is not None:
        chosen = chosen.where(PaperBatch.id < after)  # ids rise with the moment
    found = session.scalars(chosen.order_by(PaperBatch.id.desc()).limit(PAGE + 1)).all()
    return found[:PAGE], len(found) > PAGE


def pile(session: Session, office_id: int, batch_id: UUID) -> PaperBatch:
    """One pile of this office; raises Missing."""
    found = session.get(PaperBatch, (office_id, batch_id))
    if found is None:
        raise Missing(NOT_THERE)
    return found


def entered(session: Session, office_id: int, batch_ids: Sequence[UUID]) -> Mapping[tuple[UUID, Turn], int]:
    """How many forms each entry of these piles has."""
    keys = (PaperForm.batch_id, PaperForm.entry)
    rows = sa.select(*keys, sa.func.count()).where(
        PaperForm.office_id == office_id, PaperForm.batch_id.in_(batch_ids), PaperForm.entry != Turn.DECIDED
    )
    return {(batch_id, Turn(turn)): count for batch_id, turn, count in session.execute(rows.group_by(*keys))}


def imports(session: Session, office_id: int, import_ids: Sequence[UUID]) -> Mapping[UUID, Import]:
    """These imports by their ids."""
    chosen = sa.select(Import).where(Import.office_id == office_id, Import.id.in_(import_ids))
    return {row.id: row for row in session.scalars(chosen)}


def why_discarded(session: Session, office_id: int, batch_id: UUID) -> AuditEntry | None:
    """The trail's entry of a pile that was thrown away; None when it was not."""
    chosen = sa.select(AuditEntry).filter_by(office_id=office_id, action=DISCARDED, subject=str(batch_id))
    return session.scalars(chosen.limit(1)).one_or_none()


def form(session: Session, office_id: int, batch_id: UUID, turn: Turn, number: int) -> PaperForm | None:
    """One reading of one form."""
    chosen = sa.select(PaperForm).filter_by(office_id=office_id, batch_id=batch_id, entry=turn, number=number)
    return session.scalars(chosen).one_or_none()


def numbers(session: Session, office_id: int, batch_id: UUID, turn: Turn) -> Sequence[int]:
    """The numbers that an entry has, rising."""
    chosen = sa.select(PaperForm.number).filter_by(office_id=office_id, batch_id=batch_id, entry=turn)
    return session.scalars(chosen.order_by(PaperForm.number)).all()


def sheets(session: Session, office_id: int, batch_id: UUID) -> Sequence[Sheet]:
    """Every form of a pile with its readings, by number."""
    columns = sa.select(PaperForm.number, PaperForm.entry, PaperForm.given)
    rows = session.execute(columns.filter_by(office_id=office_id, batch_id=batch_id).order_by(PaperForm.number))
    found: dict[int, dict[Turn, Given]] = {}
    for number, turn, given in rows:
        found.setdefault(number, {})[Turn(turn)] = Given.of(given)
    return [
        Sheet(number, read.get(Turn.FIRST), read.get(Turn.SECOND), read.get(Turn.DECIDED))
        for number, read in found.items()
        if read.keys() != {Turn.DECIDED}
    ]


def next_number(session: Session, office_id: int, batch_id: UUID, turn: Turn) -> int | None:
    """The number that this entry has not got yet: in the second one of those that the first one has. None when it has
    them all, and when the pile is full.
    """
    first = numbers(session, office_id, batch_id, Turn.FIRST)
    if turn is Turn.FIRST:
        following = max(first, default=0) + 1
        return following if following <= MOST_FORMS else None
    second = set(numbers(session, office_id, batch_id, Turn.SECOND))
    return next((number for number in first if number not in second), None)
